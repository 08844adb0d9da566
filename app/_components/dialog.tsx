"use client";

import { Modal } from "@heroui/react";
import type { ReactNode } from "react";

type Props = {
  title: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** `wide` is as wide as a page. */
  size?: "sm" | "md" | "lg" | "wide";
  /** Buttons; the one that does it last. */
  footer?: ReactNode;
  children: ReactNode;
};

/** A modal dialog: Escape and a press outside close it, focus stays in it and goes back afterwards. */
export function Dialog({ title, open, onOpenChange, size = "md", footer, children }: Props) {
  return (
    <Modal.Backdrop isOpen={open} onOpenChange={onOpenChange}>
      <Modal.Container size={size === "wide" ? "lg" : size} placement="center">
        <Modal.Dialog className={size === "wide" ? "max-w-[1120px]" : ""}>
          <Modal.CloseTrigger />
          <Modal.Header>
            <Modal.Heading className="font-semibold text-[15px]">{title}</Modal.Heading>
          </Modal.Header>
          <Modal.Body className="text-[13px]">{children}</Modal.Body>
          {footer ? <Modal.Footer>{footer}</Modal.Footer> : null}
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}
