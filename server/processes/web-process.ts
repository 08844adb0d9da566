import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { env } from "@/server/lib/env";
import { type Child, projectRoot, startChild } from "./child";

/** The address under which people reach this installation. */
export function baseUrl(): string {
  const settings = env();
  return settings.NEXTAUTH_URL ?? `http://localhost:${settings.PORT}`;
}

/** Starts Next on the configured host and port. */
export function startWeb(development: boolean): Child {
  const { PORT, HOST } = env();
  const next = path.join(projectRoot, "node_modules", "next", "dist", "bin", "next");
  const mode = development ? "dev" : "start";
  return startChild("web", [next, mode, "-p", String(PORT), "-H", HOST], {
    NODE_ENV: development ? "development" : "production",
    NEXTAUTH_URL: baseUrl(),
    NEXT_TELEMETRY_DISABLED: "1",
  });
}

/** Waits until the web process answers. @throws when it has ended or is silent for `limitMs` */
export async function webAnswers(web: Child, limitMs = 120_000): Promise<void> {
  const { PORT, HOST } = env();
  const address = `http://${HOST === "0.0.0.0" ? "127.0.0.1" : HOST}:${PORT}/livez`;
  const deadline = Date.now() + limitMs;
  const ended = web.ended.then(() => "ended" as const);
  while (Date.now() < deadline) {
    const answer = await Promise.race([ended, reach(address)]);
    if (answer === "ended") throw new Error(`The web process ended; is port ${PORT} in use?`);
    if (answer) return;
    await pause(150);
  }
  throw new Error("The web process does not answer.");
}

async function reach(address: string): Promise<boolean> {
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(20_000) })).ok;
  } catch {
    return false;
  }
}
