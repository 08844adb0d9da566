import { existsSync } from "node:fs";
import path from "node:path";
import { demoAccounts } from "@/server/demo/accounts";
import { seedAccounts, seedDemo } from "@/server/demo/seed";
import { adoptSettings, env } from "@/server/lib/env";
import { messageOf } from "@/server/lib/errors";
import { openInstallation } from "./installation";
import { ensureBuild } from "./web-build";
import { baseUrl, webAnswers } from "./web-process";

// `npm run demo`: a data folder of its own beside a real installation's, filled while the web is being built.
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  if (env().OVERREAD_DATA === ".overread") adoptSettings({ OVERREAD_DATA: ".overread-demo" });
  if (!existsSync(path.resolve(".next", "BUILD_ID")))
    say("Building the web application (once, about a minute) …");
  const building = ensureBuild();
  const installation = await openInstallation();
  await seedAccounts();
  installation.startWorker();
  const seeding = seedDemo(say);
  // Both fail in the open: an early failure of one must not wait unheard for the other.
  await Promise.race([building, seeding.then(() => building)]);
  await webAnswers(installation.startWeb(false));
  say(`\nOverread's demo is up: ${baseUrl()}\n`);
  for (const { role, email, password } of demoAccounts)
    say(`  ${role.padEnd(14)} ${email.padEnd(28)} ${password}`);
  say("\nThe films are drawn, not real. Ctrl-C stops it; the next start keeps what you did.\n");
  seeding.then(
    () => say("The demo data is complete."),
    (error: unknown) => say(`The demo data is incomplete: ${messageOf(error)}`),
  );
  process.exitCode = await installation.untilStopped();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
