import { messageOf } from "@/server/lib/errors";
import { openInstallation } from "./installation";
import { ensureBuild } from "./web-build";
import { baseUrl, webAnswers } from "./web-process";

// The web process alone: any number of them may stand behind a balancer on one DATABASE_URL.
try {
  await ensureBuild();
  const installation = await openInstallation();
  await webAnswers(installation.startWeb(false));
  process.stdout.write(`Overread's web process is up: ${baseUrl()}\n`);
  process.exitCode = await installation.untilStopped();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
