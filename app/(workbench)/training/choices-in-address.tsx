"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";

type Choices = Readonly<Record<string, string | number | boolean | undefined>>;

/** Every choice stands in the address of the page: a change goes there, and the server works out what it means. */
export function useChoicesInAddress<Chosen extends object>(page: string, chosen: Chosen) {
  const router = useRouter();
  const [planning, startPlanning] = useTransition();
  const change = (changes: Partial<Record<keyof Chosen, string | number | undefined>>) => {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries({ ...chosen, ...changes })) {
      if (value !== undefined && value !== "") search.set(key, String(value));
    }
    startPlanning(() => router.replace(`${page}?${search}`, { scroll: false }));
  };
  return { planning, change };
}

/** The choices as the form sends them, with the key that lets it be sent twice and count once. */
export function HiddenChoices({ chosen, idempotencyKey }: { chosen: Choices; idempotencyKey: string }) {
  return (
    <>
      {Object.entries(chosen).map(([name, value]) =>
        value === undefined ? null : <input key={name} type="hidden" name={name} value={String(value)} />,
      )}
      <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
    </>
  );
}
