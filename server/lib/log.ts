import { type Logger, pino } from "pino";
import { env } from "./env";

let root: Logger | undefined;

/** JSON log on standard error (standard output belongs to the CLI's one document). */
export function log(component: string): Logger {
  root ??= pino(
    { level: env().LOG_LEVEL, base: null, redact: ["password", "token", "*.password", "*.token"] },
    pino.destination({ dest: 2, sync: true }),
  );
  return root.child({ component });
}
