import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { smallSplit } from "@/server/testing/small-split";
import { launchRun } from "./commands";
import { conductRun } from "./conduct";
import { showRun } from "./queries";

testDatabase();

const never = new AbortController().signal;

describe("a run", () => {
  it("trains, predicts every part and keeps one model", async () => {
    const scientist = await personWith("scientist");
    const { name } = await smallSplit();
    const { run } = valueIn(await launchRun(scientist, { split: name, network: "compact", epochs: 2 }));
    expect(await conductRun(run, { signal: never })).toBe("over");
    const detail = valueIn(await showRun(scientist, { run }));
    expect(detail.status).toBe("done");
  });
});
