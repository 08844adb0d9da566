import { parseArgs } from "node:util";
import { firstAdministratorLink } from "@/server/auth/first-administrator";
import { messageOf } from "@/server/lib/errors";
import { openInstallation } from "./installation";
import { ensureBuild } from "./web-build";
import { baseUrl, webAnswers } from "./web-process";

const { values } = parseArgs({ options: { dev: { type: "boolean", default: false } } });

try {
  if (!values.dev) await ensureBuild();
  const installation = await openInstallation();
  const web = installation.startWeb(values.dev);
  installation.startWorker();
  await webAnswers(web);
  const link = await firstAdministratorLink(baseUrl());
  process.stdout.write(`\nOverread is up: ${baseUrl()}\n`);
  if (link) process.stdout.write(`Make the first administrator (this link works once): ${link}\n`);
  process.stdout.write("Ctrl-C stops it.\n");
  process.exitCode = await installation.untilStopped();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
