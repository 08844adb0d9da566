export * from "./schema/checks";
export * from "./schema/experiments";
export * from "./schema/features";
export * from "./schema/films";
export * from "./schema/labels";
export * from "./schema/people";
export * from "./schema/quarantine";
export * from "./schema/sweeps";
