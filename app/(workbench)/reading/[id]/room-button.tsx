"use client";

import { buttonVariants } from "@heroui/react";
import type { ReactNode } from "react";

type Props = {
  variant?: "primary" | "secondary";
  /** For what is on or off. */
  pressed?: boolean;
  disabled?: boolean;
  className?: string;
  onPress(): void;
  children: ReactNode;
};

/**
 * A button that leaves the keyboard where it is when it is clicked: after a click on Flag, Enter submits. Reached
 * by Tab it is pressed by Enter like any other.
 */
export function RoomButton({
  variant = "secondary",
  pressed,
  disabled,
  className,
  onPress,
  children,
}: Props) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      disabled={disabled}
      onMouseDown={(event) => event.preventDefault()}
      onKeyDown={(event) => event.key === "Enter" && event.stopPropagation()}
      onClick={onPress}
      className={`${buttonVariants({ variant, size: "md" })} disabled:opacity-50 ${className ?? ""}`}
    >
      {children}
    </button>
  );
}
