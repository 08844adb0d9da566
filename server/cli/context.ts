import { userInfo } from "node:os";
import type { Command } from "commander";
import { eq, sql } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import { database } from "@/server/db/client";
import { type OpenDatabase, openDatabase } from "@/server/db/open";
import { users } from "@/server/db/schema";
import { closeQueue } from "@/server/jobs/queue";
import { ExpectedFailure, messageOf, type Result } from "@/server/lib/errors";
import { log } from "@/server/lib/log";

/** The flag that says in whose name a verb acts. */
export const actorOption = "--as <email>";

/** What a verb gets beside its arguments. */
export type CliContext = {
  readonly actor: Actor;
  readonly json: boolean;
  /** Progress and remarks: standard error, and nothing where only the document is wanted. */
  say(line: string): void;
};

/**
 * Wraps a verb: opens the database (starting or adopting the embedded one), finds the actor, prints the
 * result, and turns failures into `{ error }` with exit code 1.
 * @param run does the work and returns the document
 * @param print shows the document to a person; without it, JSON is printed either way
 */
export function verb<Arguments extends unknown[], Document>(
  run: (context: CliContext, ...parameters: Arguments) => Promise<Result<Document>>,
  print?: (document: Document) => string,
): (...parameters: [...Arguments, Command]) => Promise<void> {
  return async (...all) => {
    const command = all.at(-1) as Command;
    // commander passes arguments, then options, then the command; options of every level belong together.
    const parameters = all.slice(0, -1) as unknown as Arguments;
    const json = command.optsWithGlobals<{ json?: boolean }>().json === true;
    let open: OpenDatabase | undefined;
    try {
      open = await openDatabase();
      const actor = await actorOf(actorFlag(command));
      const result = await run({ actor, json, say: sayOnStderr }, ...parameters);
      if (!result.ok) throw new ExpectedFailure(result.code, result.message, result.detail);
      writeDocument(result.value, json, print);
    } catch (error) {
      report(error, json);
    } finally {
      await closeQueue();
      await open?.close();
    }
  };
}

/**
 * Wraps a verb that concerns this machine alone: as {@link verb}, but no database is opened and nobody acts.
 */
export function machineVerb<Arguments extends unknown[], Document>(
  run: (context: Omit<CliContext, "actor">, ...parameters: Arguments) => Promise<Result<Document>>,
  print?: (document: Document) => string,
): (...parameters: [...Arguments, Command]) => Promise<void> {
  return async (...all) => {
    const command = all.at(-1) as Command;
    const parameters = all.slice(0, -1) as unknown as Arguments;
    const json = command.optsWithGlobals<{ json?: boolean }>().json === true;
    try {
      const result = await run({ json, say: sayOnStderr }, ...parameters);
      if (!result.ok) throw new ExpectedFailure(result.code, result.message, result.detail);
      writeDocument(result.value, json, print);
    } catch (error) {
      report(error, json);
    }
  };
}

function sayOnStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}

function writeDocument<Document>(
  document: Document,
  json: boolean,
  print: ((document: Document) => string) | undefined,
): void {
  write(json || !print ? JSON.stringify(document, null, json ? undefined : 2) : print(document));
}

/** Prints a failure the way the contract says and sets the exit code. */
export function report(error: unknown, json: boolean): void {
  const expected = error instanceof ExpectedFailure;
  const code = expected ? error.failure.code : "unexpected";
  const message = expected ? error.failure.message : `Something went wrong: ${messageOf(error)}`;
  if (!expected) log("cli").debug({ err: error }, "unexpected failure");
  const detail = expected && error.failure.detail !== undefined ? { detail: error.failure.detail } : {};
  if (json) write(JSON.stringify({ error: { code, message, ...detail } }));
  else process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

function write(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** Its value at whichever level it was given; an `--as` that means something else does not count. */
function actorFlag(command: Command | null): string | undefined {
  if (!command) return undefined;
  const means = command.options.some((option) => option.flags === actorOption);
  return (means ? command.opts<{ as?: string }>().as : undefined) ?? actorFlag(command.parent);
}

async function actorOf(email: string | undefined): Promise<Actor> {
  if (email === undefined) return { kind: "shell", osUser: userInfo().username };
  const [row] = await database()
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()));
  if (!row || row.disabledAt) throw new ExpectedFailure("not-found", `There is no active user ${email}.`);
  return { kind: "person", userId: row.id, email: row.email, name: row.name, role: row.role };
}
