import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { createPerson } from "@/server/auth/people";
import { database } from "@/server/db/client";
import { characterOf, type LabelState, stateAt } from "@/server/labels/states";
import { type Finding, vocabulary } from "@/server/labels/vocabulary";
import { type Random, seededRandom } from "@/server/ml/random";
import { importReads } from "@/server/reading/read-import";

/** Two who have read and left; nobody signs in as them. */
const readers = [
  { email: "resident@demo.overread", name: "Ravi Resident", seconds: 34, doubts: 0.5 },
  { email: "attending@demo.overread", name: "Mona Attending", seconds: 19, doubts: 0.2 },
] as const;
type Reader = (typeof readers)[number];

/** How often a reader says what is there; the rest is doubt, or the contrary. */
const accuracy = 0.85;

/**
 * Reads the first studies of a worklist as two people would, who mostly agree: adjudication and agreement have
 * something to show. What is on a film is taken to be what its source says.
 */
export async function readTwice(
  actor: Actor,
  { worklist, studies, seed }: { readonly worklist: number; readonly studies: number; readonly seed: number },
): Promise<void> {
  for (const { email, name } of readers) {
    const password = randomBytes(24).toString("base64url");
    valueOrThrow(await createPerson(actor, { email, name, role: "reader", password }));
  }
  const chosen = await database().execute<{ id: string; source: string }>(sql`
    select s.id, s.source_labels as source from worklist_items i join studies s on s.id = i.study_id
    where i.worklist_id = ${worklist} order by i.position limit ${studies}`);
  const findings = (await vocabulary()).toSorted((a, b) => a.position - b.position);
  const random = seededRandom(seed);
  const lines = chosen.flatMap(({ id, source }) =>
    readers.map((reader) => {
      const seconds = (reader.seconds * (0.5 + random.uniform())).toFixed(1);
      return [id, reader.email, seconds, ...read(source, findings, reader, random)].join(",");
    }),
  );
  const header = ["study", "reader", "seconds", ...findings.map(({ name }) => name)].join(",");
  valueOrThrow(await importReads(actor, { worklist, csv: [header, ...lines].join("\n") }));
}

/** One state a finding, by position; No Finding follows from the others. */
function read(source: string, findings: readonly Finding[], reader: Reader, random: Random): string[] {
  const said = findings.map((finding) => sees(stateAt(source, finding.position), finding, reader, random));
  const something = findings.some(
    ({ name }, at) =>
      name !== "Support Devices" &&
      name !== "No Finding" &&
      (said[at] === "positive" || said[at] === "uncertain"),
  );
  const states = findings.map(({ name }, at): LabelState => {
    if (name === "No Finding") return something ? "unmentioned" : "positive";
    return said[at] ?? "unmentioned";
  });
  return states.map(characterOf);
}

function sees(source: LabelState, finding: Finding, { doubts }: Reader, random: Random): LabelState {
  const [chance, doubt] = [random.uniform(), random.uniform() < doubts];
  if (source === "positive" || source === "uncertain") {
    if (chance < accuracy) return source === "positive" || chance < accuracy / 2 ? "positive" : "unmentioned";
    return doubt ? "uncertain" : "unmentioned";
  }
  // What nobody spoke of is rarely seen; a parent is not denied, for a kind of it may be there.
  if (chance > 0.98) return doubt ? "uncertain" : "positive";
  const parent = finding.name === "Lung Opacity" || finding.name === "Enlarged Cardiomediastinum";
  return source === "negative" && !parent && chance < 0.8 ? "negative" : "unmentioned";
}
