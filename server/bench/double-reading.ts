import { adoptSettings } from "@/server/lib/env";
import { adoptSecrets } from "@/server/processes/secrets";
import { ensureBuild } from "@/server/processes/web-build";
import { startWeb, webAnswers } from "@/server/processes/web-process";
import { personWith } from "@/server/testing/actors";
import type { Benchmark } from "./benchmark";
import { contendedSaves } from "./contended-saves";
import { readTwiceThroughDeath } from "./double-reading-death";
import { readerClient } from "./reader-client";

/** Reading by many at once through the web process, which is killed in the middle. */
export const doubleReadingBenchmark: Benchmark = {
  name: "double-reading",
  needs: [],
  async run() {
    await ensureBuild();
    await adoptSecrets();
    adoptSettings({ PORT: "3198", NEXTAUTH_URL: "http://localhost:3198" });
    let web = startWeb(false);
    try {
      await webAnswers(web);
      const people = [];
      for (let at = 0; at < 50; at += 1) people.push(await personWith("reader"));
      const readers = await Promise.all(people.map(readerClient));
      const dieAndReturn = async () => {
        if (web.pid === undefined) throw new Error("the web process has no pid");
        // The whole group, whatever it has started.
        process.kill(-web.pid, "SIGKILL");
        const end = await web.ended;
        if (end !== "SIGKILL") throw new Error(`the web process ended by ${end}`);
        web = startWeb(false);
        await webAnswers(web);
      };
      return [
        ...(await readTwiceThroughDeath(readers, dieAndReturn)),
        ...(await contendedSaves(readers.slice(0, 20))),
      ];
    } finally {
      await web.stop();
    }
  },
};
