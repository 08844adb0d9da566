// Preloaded into a measured process: when it ends it writes its peak memory (MB) and processor time (s) to
// descriptor 3.
import { readFileSync, writeSync } from "node:fs";
import process from "node:process";

process.once("exit", () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(3, JSON.stringify({ peak: peakOf(), cpu: (userCPUTime + systemCPUTime) / 1e6 }));
});

/** Of this program alone: `maxRSS` also remembers the size of the process that it was forked from. */
function peakOf() {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return Number(kilobytes) / 1000;
}
