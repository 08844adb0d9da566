import { type LabelState, stateAt, withState } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";

/** Minutes that a study is held for a reader who does nothing about it. */
export const leaseMinutes = 10;

/** A letter goes this way round, with Shift the other. */
const cycle: readonly LabelState[] = ["unmentioned", "positive", "negative", "uncertain"];

export function nextState(state: LabelState, back: boolean): LabelState {
  const at = cycle.indexOf(state) + (back ? cycle.length - 1 : 1);
  return cycle[at % cycle.length] ?? "unmentioned";
}

export type Contradiction = {
  /** Positions of the two findings that cannot both be so. */
  readonly between: readonly [number, number];
  readonly text: string;
};

export type Suggestion = {
  /** The positive finding, and the one that it is a kind of. */
  readonly child: number;
  readonly parent: number;
  readonly text: string;
};

const nothing = "No Finding";
const besideNothing = "Support Devices";

/**
 * What cannot be so together: No Finding beside any other finding but Support Devices that is positive or
 * uncertain (Irvin et al. 2019, section 2), and a positive kind of a finding that is negative.
 */
export function contradictions(labels: string, findings: readonly Finding[]): Contradiction[] {
  const none = findings.find(({ name }) => name === nothing);
  const saysNone = none !== undefined && stateAt(labels, none.position) === "positive";
  return findings.flatMap((finding) => {
    const state = stateAt(labels, finding.position);
    const found: Contradiction[] = [];
    if (saysNone && (state === "positive" || state === "uncertain") && !goesWithNothing(finding)) {
      const text = `${none.shortName} is positive, and so is ${finding.shortName}`;
      const doubtful = `${none.shortName} is positive, but ${finding.shortName} is uncertain`;
      found.push({
        between: [none.position, finding.position],
        text: state === "positive" ? text : doubtful,
      });
    }
    const parent = parentOf(finding, findings);
    if (parent && state === "positive" && stateAt(labels, parent.position) === "negative") {
      const text = `${finding.shortName} is positive, but ${parent.shortName} is negative`;
      found.push({ between: [parent.position, finding.position], text });
    }
    return found;
  });
}

/** Parents that positive children suggest: blank or uncertain so far. Nearest first. */
export function suggestions(labels: string, findings: readonly Finding[]): Suggestion[] {
  return findings.flatMap((finding) => {
    const parent = parentOf(finding, findings);
    if (!parent || stateAt(labels, finding.position) !== "positive") return [];
    const state = stateAt(labels, parent.position);
    if (state === "positive" || state === "negative") return [];
    const text = `${finding.shortName} is positive: set ${parent.shortName} too?`;
    return [{ child: finding.position, parent: parent.position, text }];
  });
}

/** The labels with the suggested parent positive. */
export function accepted(labels: string, suggestion: Suggestion): string {
  return withState(labels, suggestion.parent, "positive");
}

/** A read says something of every finding: padded to the vocabulary; null when it is longer. */
export function wholeRead(labels: string, findings: number): string | null {
  return labels.length > findings ? null : labels.padEnd(findings, ".");
}

/**
 * What a reader is told of who the patient is. A blind reader sees the dataset's own id only where it is a bare
 * number (`patient00417`, `137`): other ids may carry a label (`COVID-0042`).
 */
export function patientTitle(externalId: string, internalId: number, blind: boolean): string {
  const number = /^(?:patient|p)?[ _-]?0*(\d+)$/i.exec(externalId)?.[1];
  if (number !== undefined) return `patient ${number}`;
  return blind ? `patient no. ${internalId}` : externalId;
}

function goesWithNothing({ name }: Finding): boolean {
  return name === nothing || name === besideNothing;
}

function parentOf(finding: Finding, findings: readonly Finding[]): Finding | undefined {
  return finding.parent === null ? undefined : findings.find((other) => other.position === finding.parent);
}
