// Preloaded into web and worker: when the process that started them is killed, they end too. Next's
// development server hands preloads on to a process of its own, whose channel is not ours: hence the check.
import process from "node:process";

if (process.connected && process.env.OVERREAD_STARTER === String(process.ppid)) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  // Only the disconnection matters; the channel alone must not keep the process alive.
  process.channel?.unref();
}
