"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { type Option, SelectField, TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import { parts, type Strategy, type Stratify, strategies, stratifications } from "@/server/splits/rules";
import { divide } from "../actions";

const strategyOptions: Option[] = [
  { value: "patient", label: "Whole patients" },
  { value: "random", label: "Each image by itself" },
];
const strategyWords = {
  patient: "Each patient and each film on one side only.",
  random: "One patient's images may lie on several sides: the test figures flatter.",
} as const;
const stratifyOptions: Option[] = [
  { value: "class", label: "Classes" },
  { value: "class-source", label: "Classes within each source" },
  { value: "none", label: "Nothing" },
];

/** Plans a split. Opens it once it is drawn. */
export function SplitForm({ cohort }: { cohort: { id: number; name: string } }) {
  const router = useRouter();
  const [strategy, setStrategy] = useState<Strategy>("patient");
  const [stratify, setStratify] = useState<Stratify>("class");
  const [shares, setShares] = useState({ train: "60", validation: "20", test: "20" });
  const [seed, setSeed] = useState("42");
  const [named, setNamed] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const sum = parts.reduce((total, part) => total + wholeNumber(shares[part]), 0);
  const name = named ?? `${cohort.name}, ${strategy === "patient" ? "by patient" : "by image"}, seed ${seed}`;
  const send = () =>
    start(async () => {
      setProblem(null);
      const answer = await divide({
        name,
        cohort: cohort.id,
        strategy,
        shares: {
          train: wholeNumber(shares.train),
          validation: wholeNumber(shares.validation),
          test: wholeNumber(shares.test),
        },
        seed: wholeNumber(seed),
        stratify,
      });
      if (answer.ok) router.push(`/splits/${answer.value.id}`);
      else setProblem(answer.message);
    });
  // Not the form's action: React empties a form after that, and what was refused would have to be typed again.
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      {problem ? <Notice tone="error" title={problem} /> : null}
      <SelectField
        label="Drawn by"
        options={strategyOptions}
        value={strategy}
        description={strategyWords[strategy]}
        onChange={(value) => setStrategy(strategies.find((one) => one === value) ?? strategy)}
      />
      <fieldset>
        <legend className="mb-1 font-medium text-[12px] text-dim leading-4">Parts, %</legend>
        <div className="grid grid-cols-3 gap-2">
          {parts.map((part) => (
            <TextField
              key={part}
              label={part}
              value={shares[part]}
              onChange={(value) => setShares({ ...shares, [part]: value })}
              maxLength={3}
            />
          ))}
        </div>
        {sum === 100 || Number.isNaN(sum) ? null : (
          <p className="mt-1 text-[12px] text-leak leading-4">These add up to {sum}, not to 100.</p>
        )}
      </fieldset>
      <div className="grid grid-cols-2 gap-2">
        <TextField label="Seed" value={seed} onChange={setSeed} maxLength={10} />
        <SelectField
          label="In proportion"
          options={stratifyOptions}
          value={stratify}
          onChange={(value) => setStratify(stratifications.find((one) => one === value) ?? stratify)}
        />
      </div>
      <TextField label="Name" value={name} onChange={setNamed} maxLength={120} />
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Draw the split
      </Button>
    </form>
  );
}

/** What is typed as a number; anything else is NaN, and the server says what it wants instead. */
function wholeNumber(text: string): number {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
}
