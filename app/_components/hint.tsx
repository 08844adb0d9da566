"use client";

import { Tooltip } from "@heroui/react";
import type { ReactNode } from "react";
import { Button as Focusable } from "react-aria-components/Button";

/** Words that show on hover and on keyboard focus. */
export function Hint({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <Tooltip delay={300}>
      <Focusable className="cursor-help rounded-sm text-inherit">{children}</Focusable>
      <Tooltip.Content>{text}</Tooltip.Content>
    </Tooltip>
  );
}
