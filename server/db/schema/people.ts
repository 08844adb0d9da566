import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { created, moment, numberedKey, reference } from "./columns";

export const users = pgTable(
  "users",
  {
    id: numberedKey(),
    email: text().notNull(),
    name: text().notNull(),
    role: text({ enum: ["reader", "adjudicator", "scientist", "administrator"] }).notNull(),
    /** argon2id; null until an invitation is taken up. */
    passwordHash: text(),
    disabledAt: moment(),
    createdAt: created(),
    /** Interface choices: theme, keys, columns. */
    preferences: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [uniqueIndex("users_email_unique").on(sql`lower(${table.email})`)],
);

export const sessions = pgTable(
  "sessions",
  {
    /** SHA-256 of the id that the cookie's token holds. */
    idHash: text().primaryKey(),
    userId: reference()
      .notNull()
      .references(() => users.id),
    createdAt: created(),
    lastSeenAt: created(),
    expiresAt: moment().notNull(),
    revokedAt: moment(),
    userAgent: text(),
  },
  (table) => [index("sessions_user").on(table.userId)],
);

export const invitations = pgTable("invitations", {
  id: numberedKey(),
  tokenHash: text().notNull().unique(),
  /** Null for the first administrator, who types the address himself. */
  email: text(),
  role: text({ enum: ["reader", "adjudicator", "scientist", "administrator"] }).notNull(),
  invitedBy: reference().references(() => users.id),
  createdAt: created(),
  expiresAt: moment().notNull(),
  usedAt: moment(),
  usedBy: reference().references(() => users.id),
});

/** Counted atomically, one row per key and window. */
export const attempts = pgTable("attempts", {
  key: text().primaryKey(),
  windowStart: moment().notNull(),
  count: integer().notNull(),
});

/** Append-only and hash-chained by triggers (see the migration `audit_chain`). */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigint({ mode: "number" }).primaryKey(),
    at: moment().notNull(),
    actor: text().notNull(),
    userId: reference(),
    action: text().notNull(),
    objectType: text(),
    objectId: text(),
    detail: jsonb().$type<Record<string, unknown>>().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    index("audit_log_object").on(table.objectType, table.objectId),
    index("audit_log_user").on(table.userId, table.id),
    index("audit_log_action").on(table.action, table.id),
    index("audit_log_actor").on(table.actor, table.id),
  ],
);
