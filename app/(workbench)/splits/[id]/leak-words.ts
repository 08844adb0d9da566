import { percent } from "@/app/_components/share";
import type { LeakReason } from "@/server/splits/rules";
import type { SplitAudit } from "@/server/splits/schema";

export type Headline = {
  readonly leaking: boolean;
  /** Set apart in the headline; null where nothing leaks. */
  readonly count: string | null;
  readonly text: string;
  readonly sub: string;
};

/**
 * What the audit found, in one sentence and its context. The sentence is about the test images of the first
 * class that leaks, because the first class is the one that a model is judged by.
 */
export function headlineOf(audit: SplitAudit, classes: readonly string[], patients: number): Headline {
  const part = audit.parts.test.leaked > 0 ? "test" : "validation";
  const { byClass, leaked } = audit.parts[part];
  const first = classes.find((name) => (byClass[name]?.leaked ?? 0) > 0);
  if (leaked === 0 || first === undefined) {
    return {
      leaking: false,
      count: null,
      text: "No held-out image shares a patient or a film with training",
      sub: `${audit.leaks.groups === 0 ? `${number(patients)} patients, each on one side.` : sidesWords(audit)} ${expectedWords(audit, classes)}`,
    };
  }
  const own = byClass[first] ?? { leaked: 0, images: 0 };
  const others = classes.filter((name) => name !== first).map((name) => othersWords(name, byClass[name]));
  const share = `${percent(own.leaked, own.images)}, and ${others.join(", ")}`;
  return {
    leaking: true,
    count: `${number(own.leaked)} of ${number(own.images)}`,
    text: `${first} ${part} images ${shareWords(audit, part, first)} training`,
    sub: `${share}. ${sidesWords(audit)} ${expectedWords(audit, classes)}`,
  };
}

/** Why two images belong together, as a filter names it. */
export const reasonWords: Record<LeakReason, string> = {
  film: "same film",
  patient: "same patient",
  group: "linked by another film",
};

function shareWords(audit: SplitAudit, part: string, name: string): string {
  const reasons = audit.reasons.filter((one) => one.part === part && one.class === name);
  const byFilm = reasons.some((one) => one.reason !== "patient");
  const byPatient = reasons.some((one) => one.reason === "patient");
  if (byFilm && byPatient) return "share a patient or a film with";
  return byFilm ? "share a film with" : "share a patient with";
}

function othersWords(name: string, found: { leaked: number; images: number } | undefined): string {
  const { leaked, images } = found ?? { leaked: 0, images: 0 };
  if (images === 0) return `no ${name}`;
  return `${number(leaked)} of ${number(images)} ${name} (${percent(leaked, images)})`;
}

function sidesWords({ leaks }: SplitAudit): string {
  const patients = `${number(leaks.patients)} ${leaks.patients === 1 ? "patient" : "patients"}`;
  if (leaks.films === 0) return `${patients} on more than one side.`;
  return `${patients} and ${number(leaks.films)} ${leaks.films === 1 ? "film" : "films"} on more than one side.`;
}

function expectedWords({ expected }: SplitAudit, classes: readonly string[]): string {
  const shares = classes.flatMap((name) => {
    const share = expected.byClass[name] ?? null;
    return share === null ? [] : [`${percent(share, 1)} of ${name}`];
  });
  return `Expected of any random per-image split of this cohort: ${shares.join(", ")}.`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
