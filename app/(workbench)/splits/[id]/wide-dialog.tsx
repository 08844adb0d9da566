"use client";

import { Modal } from "@heroui/react";
import type { ReactNode } from "react";

type Props = {
  title: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  footer?: ReactNode;
  children: ReactNode;
};

/** A dialog with room for two films or a table side by side, which the shared one does not have. */
export function WideDialog({ title, open, onOpenChange, footer, children }: Props) {
  return (
    <Modal.Backdrop isOpen={open} onOpenChange={onOpenChange}>
      <Modal.Container size="lg" placement="center">
        <Modal.Dialog className="max-w-[1120px]">
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
