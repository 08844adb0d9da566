/** A finding as the page shows it; `position` is its place in packed labels. */
export type ShownFinding = {
  readonly position: number;
  readonly name: string;
  readonly shortName: string;
};

export type Abilities = {
  readonly labels: boolean;
  readonly cohorts: boolean;
  readonly worklists: boolean;
};

export type SplitChoice = { readonly id: number; readonly name: string };
