import Link from "next/link";
import type { ReactNode } from "react";

type Props = {
  children: ReactNode;
  /** Colour of the dot or text where it means something. */
  tone?: "plain" | "accent" | "leak" | "pos" | "neg" | "unc" | "danger";
  /** With a link it is a filter that can be chosen. */
  href?: string;
  selected?: boolean;
};

const tones = {
  plain: "text-dim",
  accent: "text-accent",
  leak: "text-leak",
  pos: "text-pos",
  neg: "text-neg",
  unc: "text-unc",
  danger: "text-danger",
} as const;

/** A small fact or, with `href`, a filter. */
export function Chip({ children, tone = "plain", href, selected = false }: Props) {
  const look = `inline-flex h-[22px] items-center gap-1.5 whitespace-nowrap rounded-full border px-2 text-[12px] ${
    selected ? "border-accent text-text" : `border-line ${tones[tone]}`
  }`;
  if (href === undefined) return <span className={look}>{children}</span>;
  return (
    <Link
      href={href}
      className={`${look} hover:bg-raise`}
      aria-current={selected ? "true" : undefined}
      scroll={false}
    >
      {children}
    </Link>
  );
}
