"use client";

import { useRouter } from "next/navigation";
import { SelectField } from "@/app/_components/field";
import type { LabelPolicy } from "@/server/labels/policy";
import { searchOfPolicy } from "./search";

type Props = { policy: LabelPolicy; set: string | undefined; sets: readonly string[] };

const current = "";

/** Whose labels are counted: the current ones, or a label set's. */
export function SetField({ policy, set, sets }: Props) {
  const router = useRouter();
  return (
    <SelectField
      label="Labels"
      className="max-w-72"
      value={set ?? current}
      options={[
        { value: current, label: "Current labels" },
        ...sets.map((name) => ({ value: name, label: name, hint: "frozen" })),
      ]}
      onChange={(name) => router.push(searchOfPolicy(policy, name || undefined), { scroll: false })}
    />
  );
}
