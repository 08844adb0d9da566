"use client";

import { useId } from "react";

type Props = {
  label: string;
  value: number;
  step: number;
  /** From 0 to 1. */
  onChange(value: number): void;
  /** Once the hand is off: for what is not to be done at every step. */
  onSettled?(value: number): void;
  /** The label is for screen readers only. */
  quiet?: boolean;
};

/** A slider from 0 to 1 with its value. */
export function Range({ label, value, step, onChange, onSettled, quiet = false }: Props) {
  const id = useId();
  const settle = onSettled ? () => onSettled(value) : undefined;
  return (
    <div className={quiet ? "flex items-center" : "flex flex-col gap-1"}>
      <div className={quiet ? "sr-only" : "flex justify-between"}>
        <label htmlFor={id} className="text-dim">
          {label}
        </label>
        <output htmlFor={id} className="font-semibold tabular-nums">
          {value.toFixed(2)}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step={step}
        value={value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        onPointerUp={settle}
        onKeyUp={settle}
        className="h-5 w-full cursor-pointer accent-(--accent)"
      />
    </div>
  );
}
