import { bigint, timestamp } from "drizzle-orm/pg-core";

/** Numbered key: people say "run 14", and it pages in order of creation. */
export const numberedKey = () => bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity();
export const reference = () => bigint({ mode: "number" });
export const moment = () => timestamp({ withTimezone: true, mode: "date" });
export const created = () => moment().notNull().defaultNow();
