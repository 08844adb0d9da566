"use client";

import { SelectField } from "@/app/_components/field";
import { blankPolicies, type LabelPolicy, uncertainPolicies } from "@/server/labels/policy";

type Props = { policy: LabelPolicy | undefined; onChange(policy: LabelPolicy | undefined): void };

const asIs = "as they are";
const usual: LabelPolicy = { uncertain: "U-Ones", blank: "negative" };
const hints = {
  "U-Ignore": "left out",
  "U-Zeros": "as negative",
  "U-Ones": "as positive",
  "U-MultiClass": "a class of its own",
} as const;

/** What uncertain and blank labels count as; as they are, each state has to be asked for by itself. */
export function PolicyFields({ policy, onChange }: Props) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <SelectField
        label="Uncertain"
        value={policy?.uncertain ?? asIs}
        options={[
          { value: asIs, label: "As they are" },
          ...uncertainPolicies.map((value) => ({ value, label: value, hint: hints[value] })),
        ]}
        onChange={(word) => {
          const uncertain = uncertainPolicies.find((one) => one === word);
          onChange(uncertain && { ...(policy ?? usual), uncertain });
        }}
      />
      <SelectField
        label="Blank"
        value={policy?.blank ?? asIs}
        isDisabled={policy === undefined}
        options={[
          ...(policy ? [] : [{ value: asIs, label: "As they are" }]),
          { value: "negative", label: "As negative" },
          { value: "missing", label: "Left out" },
        ]}
        onChange={(word) => {
          const blank = blankPolicies.find((one) => one === word);
          if (policy && blank) onChange({ ...policy, blank });
        }}
      />
    </div>
  );
}
