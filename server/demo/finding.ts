import { findingColumns } from "@/server/datasets/formats/chexpert-columns";

/** CheXpert's columns that can be drawn, in its order: all but "No Finding". */
export const [, ...chexpertFindings] = findingColumns;
export type ChexpertFinding = (typeof chexpertFindings)[number];

/** What the phantom can show. */
export const drawnFindings = [...chexpertFindings, "COVID-19"] as const;
export type DrawnFinding = (typeof drawnFindings)[number];

/** How strongly a finding stands on the film: 0 (or left out) not at all, 1 for every reader. */
export type Severities = Readonly<Partial<Record<DrawnFinding, number>>>;

export type View = "PA" | "AP" | "AP Supine" | "Lateral";
