"use client";

import { buttonVariants, Button as HeroButton, Spinner } from "@heroui/react";
import Link from "next/link";
import type { ReactNode } from "react";

type Look = {
  /** One primary button a page or dialog; red only for destructive acts. */
  variant?: "primary" | "secondary" | "ghost" | "danger";
  /** 24, 28 or 32 pixels high. */
  size?: "sm" | "md" | "lg";
  /** A lucide icon before the words, or alone together with `label`. */
  icon?: ReactNode;
  /** The accessible name where there are no words. */
  label?: string;
  className?: string;
  children?: ReactNode;
};

type ButtonProps = Look & {
  type?: "button" | "submit" | "reset";
  name?: string;
  value?: string;
  form?: string;
  isDisabled?: boolean;
  /** At work: shows a spinner, keeps its width and takes no press. */
  pending?: boolean;
  onPress?: () => void;
};

export function Button({
  variant = "secondary",
  size = "md",
  icon,
  label,
  pending,
  children,
  ...rest
}: ButtonProps) {
  return (
    <HeroButton
      {...rest}
      type={rest.type ?? "button"}
      variant={variant}
      size={size}
      isPending={pending}
      isIconOnly={children === undefined}
      aria-label={label}
    >
      {pending ? <Spinner size="sm" color="current" /> : icon}
      {children}
    </HeroButton>
  );
}

type LinkButtonProps = Look & { href: string; prefetch?: boolean; download?: boolean | string };

/** A link that looks like a button: it goes somewhere, and opens in a new tab when asked to. */
export function LinkButton(props: LinkButtonProps) {
  const {
    variant = "secondary",
    size = "md",
    icon,
    label,
    className,
    children,
    href,
    prefetch,
    download,
  } = props;
  const look = buttonVariants({ variant, size, isIconOnly: children === undefined });
  const classes = className ? `${look} ${className}` : look;
  if (download !== undefined) {
    return (
      <a href={href} download={download} className={classes} aria-label={label}>
        {icon}
        {children}
      </a>
    );
  }
  return (
    <Link href={href} prefetch={prefetch} className={classes} aria-label={label}>
      {icon}
      {children}
    </Link>
  );
}
