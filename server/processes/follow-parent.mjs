// Preloaded into web and worker: when the process that started them is killed, they end too.
import process from "node:process";

if (process.connected) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  // Only the disconnection matters; the channel alone must not keep the process alive.
  process.channel?.unref();
}
