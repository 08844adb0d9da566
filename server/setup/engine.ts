import { downloadBars } from "@/server/cli/download-bars";
import { ensureEngine } from "@/server/engine/ensure";

// Started by run.mjs where no addon is linked yet. Whatever happens here, the command that is set up goes on.
const say = (line: string) => void process.stderr.write(`${line}\n`);
await ensureEngine(say, { limitMs: 8 * 60_000, onStep: say, onProgress: downloadBars(say) });
