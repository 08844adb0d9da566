import type { ReactNode } from "react";
import { Card } from "@/app/_components/card";
import type { CheckState } from "@/server/training/checks/schema";
import { CheckCourse } from "./check-course";

type Props = {
  title: string;
  check: CheckState | null;
  /** What its result rests on. */
  basis?: string;
  /** Said until somebody has it made. */
  about: string;
  /** Its result, where there is one. */
  children: ReactNode;
  /** What can be done next. */
  next: ReactNode;
};

/** A check of a cohort: how far it is, what came of it, and whether films have come in since. */
export function CheckCard({ title, check, basis, about, children, next }: Props) {
  return (
    <Card title={title} aside={basis}>
      <div className="flex flex-col gap-3">
        {check ? <CheckCourse check={check} /> : null}
        {check === null ? <p className="max-w-[80ch] text-dim">{about}</p> : children}
        {check?.outdated ? <p className="text-leak">Films came in since; the check is of before.</p> : null}
        {next}
      </div>
    </Card>
  );
}

/** "1,492 films, 5 folds by patient". */
export function foldWords({ images, folds }: { readonly images: number; readonly folds: number }): string {
  return `${images.toLocaleString("en-US")} films, ${folds} folds by patient`;
}

/** Whether it can be made, or made again. */
export function isOver(check: CheckState | null): boolean {
  return check === null || check.status === "done" || check.status === "failed";
}
