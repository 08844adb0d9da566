import path from "node:path";
import { z } from "zod";

const environment = z.object({
  /** Data folder: embedded database, objects, secrets. */
  OVERREAD_DATA: z.string().default(".overread"),
  /** An existing PostgreSQL in place of the embedded one. */
  DATABASE_URL: z.url().optional(),
  /** Where the real research data for tests and benchmarks lies. */
  OVERREAD_SHARED: z.string().default("../shared"),
  OVERREAD_ENGINE: z.enum(["auto", "native", "wasm"]).default("auto"),
  /** Folders on the server from which the import page may read, separated by the path delimiter. */
  OVERREAD_IMPORT_ROOTS: z.string().optional(),
  /** As pip reads them: where packages come from that carry weights and engines. */
  PIP_INDEX_URL: z.url().optional(),
  PIP_CONFIG_FILE: z.string().optional(),
  XDG_CONFIG_HOME: z.string().optional(),
  /** Where native engines are kept for all checkouts of this user. */
  OVERREAD_ENGINE_CACHE: z.string().optional(),
  XDG_CACHE_HOME: z.string().optional(),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  /** Address under which people reach the web process; decides cookies and allowed origins. */
  NEXTAUTH_URL: z.url().optional(),
  NEXTAUTH_SECRET: z.string().min(32).optional(),
  /** What the pseudonyms of DICOM imports come from; the same on every machine. */
  OVERREAD_PSEUDONYM_SECRET: z.string().min(32).optional(),
  S3_BUCKET: z.string().optional(),
  S3_ENDPOINT: z.url().optional(),
  S3_REGION: z.string().default("us-east-1"),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  CI: z.string().optional(),
});
export type Environment = z.infer<typeof environment>;

let parsed: Environment | undefined;

/**
 * The process's settings, checked once. The only place that reads `process.env`.
 * @throws when a setting has a value that cannot be used, naming it.
 */
export function env(): Environment {
  parsed ??= parseEnvironment(process.env);
  return parsed;
}

/** Parses settings from `source`; an empty string counts as not set. */
export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = environment.safeParse(set);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`Unusable settings: ${problems.join("; ")}`);
}

/** Absolute path of the data folder. */
export function dataFolder(): string {
  return path.resolve(env().OVERREAD_DATA);
}

/** The environment for a child process: this process's own, with `extra` on top. */
export function childEnvironment(extra: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, ...extra };
}

/** Puts settings in force that this process learned after it started (secrets of the data folder). */
export function adoptSettings(settings: Record<string, string>): void {
  Object.assign(process.env, settings);
  parsed = undefined;
}

/** Warnings and errors only, unless LOG_LEVEL says otherwise. */
export function quietLog(): void {
  if (!process.env.LOG_LEVEL) adoptSettings({ LOG_LEVEL: "warn" });
}
