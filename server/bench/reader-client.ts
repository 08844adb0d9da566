import { setTimeout as pause } from "node:timers/promises";
import type { Person } from "@/server/auth/actor";
import { baseUrl } from "@/server/processes/web-process";
import { cookieOf } from "./cookie-of";

export type Answered = { readonly status: number; readonly said: unknown };

/** One reader's line to the web process, as her browser has it. */
export type ReaderClient = {
  readonly person: Person;
  /** One try; null when the server cannot be reached or fails. */
  send(step: string, input: unknown): Promise<Answered | null>;
  /** Tries the very same until there is an answer; `retried` counts how often it had to. */
  insist(step: string, input: unknown): Promise<Answered & { readonly retried: number }>;
};

export async function readerClient(person: Person): Promise<ReaderClient> {
  const headers = {
    cookie: await cookieOf(person),
    origin: baseUrl(),
    "content-type": "application/json",
    "x-reader": String(person.userId),
  };
  const send = async (step: string, input: unknown): Promise<Answered | null> => {
    const response = await fetch(`${baseUrl()}/api/reading/${step}`, {
      method: "POST",
      headers,
      body: JSON.stringify(input),
    }).catch(() => null);
    if (response === null || response.status >= 500) return null;
    // The line may be cut between head and body.
    const said = await response.json().catch(() => null);
    return said === null ? null : { status: response.status, said };
  };
  const insist = async (step: string, input: unknown) => {
    for (let retried = 0; ; retried += 1) {
      const answer = await send(step, input);
      if (answer) return { ...answer, retried };
      await pause(100);
    }
  };
  return { person, send, insist };
}
