"use client";

import { ChevronRight } from "lucide-react";
import type { LaunchInput, RunConfiguration } from "@/server/training/schema";
import { CourseOptions } from "./course-options";
import { DataOptions } from "./data-options";
import { FineTuningOptions } from "./fine-tuning-options";
import { HeadOptions } from "./head-options";

export type OptionsProps = {
  configuration: RunConfiguration;
  change(changes: Partial<Record<keyof LaunchInput, string | number | undefined>>): void;
};

/** Everything that has a good default. Shows the values in force, wherever they come from. */
export function MoreOptions(props: OptionsProps) {
  return (
    <details className="group">
      <summary className="flex cursor-pointer list-none items-center gap-1 text-dim hover:text-text">
        <ChevronRight aria-hidden size={14} className="transition-transform group-open:rotate-90" />
        More options
      </summary>
      <div className="mt-3 grid grid-cols-2 gap-3">
        <CourseOptions {...props} />
        <DataOptions {...props} />
        <HeadOptions {...props} />
        <FineTuningOptions {...props} />
      </div>
    </details>
  );
}
