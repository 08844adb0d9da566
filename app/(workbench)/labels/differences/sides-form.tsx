"use client";

import { ArrowRightLeft } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/app/_components/button";
import { SelectField } from "@/app/_components/field";
import type { LabelSide } from "@/server/labels/schema";
import { searchOfDifferences, sideOf, wordOf } from "./search";

type Props = {
  from: LabelSide;
  to: LabelSide;
  sets: readonly { readonly id: number; readonly name: string }[];
};

/** Which two states of the labels are compared. */
export function SidesForm({ from, to, sets }: Props) {
  const router = useRouter();
  const [comparing, start] = useTransition();
  const show = (sides: { from: LabelSide; to: LabelSide }) =>
    start(() => router.push(searchOfDifferences(sides), { scroll: false }));
  const options = [
    { value: "source", label: "Imported labels" },
    { value: "current", label: "Current labels" },
    ...sets.map(({ id, name }) => ({ value: String(id), label: name, hint: "frozen" })),
  ];
  return (
    <div className="grid max-w-[760px] grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-end gap-2">
      <SelectField
        label="From"
        value={wordOf(from)}
        options={options}
        onChange={(word) => show({ from: sideOf(word) ?? from, to })}
      />
      <Button
        label="Swap the two sides"
        icon={<ArrowRightLeft aria-hidden size={14} />}
        pending={comparing}
        className="mb-px"
        onPress={() => show({ from: to, to: from })}
      />
      <SelectField
        label="To"
        value={wordOf(to)}
        options={options}
        onChange={(word) => show({ from, to: sideOf(word) ?? to })}
      />
    </div>
  );
}
