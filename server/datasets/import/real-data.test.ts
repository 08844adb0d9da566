import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { driver } from "@/server/db/client";
import { env } from "@/server/lib/env";
import { testDatabase } from "@/server/testing/database";
import { countsOf, imported, versionOf } from "./import.fixture";

testDatabase();

const shared = path.resolve(env().OVERREAD_SHARED, "data");
const covid = path.join(shared, "covid-chestxray-dataset");
const chexpert = path.join(shared, "chexpert/CheXpert-v1.0-small");

/** The real data are research data and no part of the repository. */
function here(folder: string, table: string) {
  return { skip: !existsSync(path.join(folder, table)) };
}

test(`the covid-chestxray-dataset (skipped where ${covid} is not)`, here(covid, "metadata.csv"), async () => {
  const result = await imported(covid, "covid", { format: "covid-chestxray" });
  expect(result).toMatchObject({
    rows: 673,
    images: { present: 228, missing: 441 },
    rejected: { count: 445 },
  });
  const reasons = await driver()<{ reason: string; rows: number }[]>`
    select split_part(reason, ' (', 1) as reason, count(*)::int as rows from import_rejections group by 1 order by 1`;
  // Five rows repeat a file name; the film of one of them is missing as well.
  expect([...reasons]).toEqual([
    { reason: "file name twice", rows: 4 },
    { reason: "image missing", rows: 441 },
  ]);
  expect(await countsOf("covid")).toMatchObject({ images: 228 });
  const again = await imported(covid, "covid", { format: "covid-chestxray" });
  expect(again).toMatchObject({ added: 0, updated: 0, unchanged: 228 });
  expect(await versionOf("covid")).toBe(1);
});

test(`CheXpert's folder (skipped where ${chexpert} is not)`, here(chexpert, "train.csv"), async () => {
  const result = await imported(chexpert, "chexpert");
  expect(result).toMatchObject({
    rows: 1360,
    patients: 1093,
    images: { present: 1360, missing: 0 },
    rejected: { count: 0 },
  });
  const [labels] = await driver()<{ none: number; pneumonia: number }[]>`
    select count(*) filter (where substr(i.source_labels, f.none + 1, 1) = '+')::int as none,
           count(*) filter (where substr(i.source_labels, f.pneumonia + 1, 1) = '+')::int as pneumonia
    from images i join datasets d on d.id = i.dataset_id and d.name = 'chexpert',
      (select max(position) filter (where name = 'No Finding') as none,
              max(position) filter (where name = 'Pneumonia') as pneumonia from findings) f`;
  expect(labels).toEqual({ none: 680, pneumonia: 680 });
});
