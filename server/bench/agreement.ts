import { sql } from "drizzle-orm";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { seededRandom } from "@/server/ml/random";
import { worklistAgreement } from "@/server/reading/agreement";
import { importReads } from "@/server/reading/read-import";
import { createWorklist } from "@/server/reading/worklist-commands";
import type { Benchmark } from "./benchmark";

const [studies, readers, findings] = [500, 8, 14];
const shell = { kind: "shell", osUser: "bench" } as const;

/** Agreement of eight readers over five hundred studies, all intervals by 2,000 draws; and how their reads come in. */
export const agreementBenchmark: Benchmark = {
  name: "agreement",
  needs: [],
  async run() {
    await plant();
    const query = { kind: "random" } as const;
    const { id } = valueIn(await createWorklist(shell, { name: "eight readers", query, readsWanted: 8 }));
    const csv = await table();
    const start = performance.now();
    const brought = valueIn(await importReads(shell, { worklist: id, csv }));
    const between = performance.now();
    const shown = valueIn(await worklistAgreement(shell, { worklist: id }));
    const end = performance.now();
    return [
      {
        what: `${brought.reads} reads of ${brought.readers} readers imported`,
        value: (between - start) / 1000,
        unit: "s",
      },
      {
        what: `agreement, ${shown.studies} studies × ${shown.readers} readers × ${shown.findings.length} findings`,
        value: (end - between) / 1000,
        unit: "s",
        bar: { atMost: 5 },
      },
    ];
  },
};

async function plant(): Promise<void> {
  const db = database();
  await db.execute(
    sql`insert into datasets (name, format, created_by) values ('films', 'chexpert', 'bench')`,
  );
  await db.execute(sql`
    insert into patients (dataset_id, external_id) select 1, 'patient' || n from generate_series(1, 400) n order by n`);
  await db.execute(sql`
    insert into studies (dataset_id, patient_id, external_id)
    select 1, 1 + n % 400, 'study' || n from generate_series(1, ${studies}::int) n order by n`);
  await db.execute(sql`
    insert into users (email, name, role)
    select 'reader-' || n || '@example.org', 'Reader ' || n, 'reader' from generate_series(1, ${readers}::int) n`);
}

/** Eight readers who mostly say what is so; one cell in nine is what another reader might say. */
async function table(): Promise<string> {
  const rows = await database().execute<{ name: string }>(sql`
    select name from findings order by position limit ${findings}`);
  const random = seededRandom(42);
  const states = ["1", "0", "0", "0", "-1", "", "", ""];
  const drawn = () => states[random.int(states.length)] ?? "";
  const lines = Array.from({ length: studies }, (_, study) => {
    const truth = rows.map(drawn);
    return Array.from({ length: readers }, (_, reader) => {
      const said = truth.map((state) => (random.int(9) === 0 ? drawn() : state));
      return [`study${study + 1}`, `reader-${reader + 1}@example.org`, ...said].join(",");
    });
  });
  return [["study", "reader", ...rows.map(({ name }) => name)].join(","), ...lines.flat()].join("\n");
}
