import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll } from "vitest";
import { valueOrThrow } from "@/server/auth/command";
import { driver } from "@/server/db/client";
import { vocabulary } from "@/server/labels/vocabulary";
import type { ImportInput, ImportResult } from "../schema";
import { importNow } from "./import-now";

export const shell = { kind: "shell", osUser: "test" } as const;

/** An absolute path below a folder that the calling test file has to itself. */
export function testFolder(): (...steps: string[]) => string {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "overread-import-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return (...steps) => path.join(folder, ...steps);
}

export async function writeAt(file: string, content: string | Uint8Array): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

/** A small grey film; another seed is another film. */
export function film(seed: number, side = 48): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side, 120);
  // The seed in binary, as stripes: no compression makes two seeds one film.
  for (let at = 0; at < pixels.length; at++)
    pixels[at] = (seed >> Math.floor((at % side) / 4)) & 1 ? 200 : 40;
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

const columns = [
  "Path",
  "Sex",
  "Age",
  "Frontal/Lateral",
  "AP/PA",
  "No Finding",
  "Enlarged Cardiomediastinum",
  "Cardiomegaly",
  "Lung Opacity",
  "Lung Lesion",
  "Edema",
  "Consolidation",
  "Pneumonia",
  "Atelectasis",
  "Pneumothorax",
  "Pleural Effusion",
  "Pleural Other",
  "Fracture",
  "Support Devices",
];
const ordinary = { Sex: "Female", Age: "61", "Frontal/Lateral": "Frontal", "AP/PA": "AP" };

export type Cells = Readonly<Record<string, string>>;

/** The path of a film as CheXpert writes it. */
export function pathOf(patient: string | number, study = 1, view = 1): string {
  const folder = typeof patient === "number" ? `patient${String(patient).padStart(5, "0")}` : patient;
  return `CheXpert-v1.0-small/train/${folder}/study${study}/view${view}_frontal.jpg`;
}

/** A table in CheXpert's layout: of each row the path, and what differs from a woman of 61, AP, no labels. */
export function chexpertTable(rows: readonly Cells[], more: readonly string[] = []): string {
  const header = [...columns, ...more];
  const lines = rows.map((row) => header.map((name) => quoted({ ...ordinary, ...row }[name] ?? "")));
  return `${[header, ...lines].map((cells) => cells.join(",")).join("\n")}\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A CheXpert folder: the table, and a film of its own for each row; `firstFilm` is the first one's seed. */
export async function chexpertFolder(
  folder: string,
  rows: readonly Cells[],
  { firstFilm = 1 } = {},
): Promise<string> {
  await writeAt(path.join(folder, "train.csv"), chexpertTable(rows));
  for (const [index, row] of rows.entries())
    await writeFilm(folder, row.Path ?? "", await film(firstFilm + index));
  return folder;
}

/** Puts a film where the folder's table names it. */
export function writeFilm(folder: string, named: string, bytes: string | Uint8Array): Promise<string> {
  return writeAt(path.join(folder, named.split("/").slice(1).join("/")), bytes);
}

const covidColumns = ["patientid", "offset", "sex", "age", "finding", "view", "date", "folder", "filename"];

/** A covid-chestxray folder: metadata.csv with the columns that matter, and a film for each row. */
export async function covidFolder(folder: string, rows: readonly Cells[]): Promise<string> {
  const lines = rows.map((row) => covidColumns.map((name) => quoted(row[name] ?? "")));
  const table = [covidColumns, ...lines].map((cells) => cells.join(",")).join("\n");
  await writeAt(path.join(folder, "metadata.csv"), `${table}\n`);
  for (const [index, row] of rows.entries())
    await writeAt(path.join(folder, "images", row.filename ?? ""), await film(index + 100));
  return folder;
}

/** Imports and expects it to succeed. */
export async function imported(
  source: string,
  name: string,
  more: Partial<ImportInput> = {},
): Promise<ImportResult> {
  return valueOrThrow(await importNow(shell, { format: "chexpert", source, name, ...more }));
}

export type StoredImage = {
  readonly id: number;
  readonly path: string;
  readonly patient: string;
  readonly placeholder: boolean;
  readonly study: string;
  readonly studyId: number;
  readonly view: string;
  readonly sex: string;
  readonly age: number | null;
  readonly sourceLabels: string;
  readonly labels: string;
  readonly readState: string;
  readonly film: string | null;
  readonly extra: Record<string, string> | null;
  readonly rowVersion: string;
};

/** A dataset's images as they stand, in the order of their paths. */
export async function imagesOf(dataset: string): Promise<StoredImage[]> {
  return driver()<StoredImage[]>`
    select i.id, i.path, p.external_id as patient, p.placeholder, s.external_id as study, s.id as "studyId", i.view,
           i.sex, i.age, i.source_labels as "sourceLabels", i.labels, i.read_state as "readState",
           i.object_sha256 as film, i.extra, i.xmin::text as "rowVersion"
    from images i join datasets d on d.id = i.dataset_id join patients p on p.id = i.patient_id
    join studies s on s.id = i.study_id and s.patient_id = p.id
    where d.name = ${dataset} order by i.path collate "C"`;
}

export async function versionOf(dataset: string): Promise<number | undefined> {
  const [row] = await driver()<{ version: number }[]>`select version from datasets where name = ${dataset}`;
  return row?.version;
}

/** What a dataset holds, counted in its tables. */
export async function countsOf(
  dataset: string,
): Promise<{ patients: number; studies: number; images: number } | undefined> {
  const [row] = await driver()<{ patients: number; studies: number; images: number }[]>`
    select (select count(*)::int from patients where dataset_id = d.id) as patients,
           (select count(*)::int from studies where dataset_id = d.id) as studies,
           (select count(*)::int from images where dataset_id = d.id) as images
    from datasets d where d.name = ${dataset}`;
  return row && { ...row };
}

/** The states that packed labels hold, by finding, without what is not mentioned. */
export async function said(packed: string): Promise<Record<string, string>> {
  const findings = await vocabulary();
  return Object.fromEntries(
    findings.flatMap(({ name, position }) => {
      const state = packed.charAt(position);
      return state === "" || state === "." ? [] : [[name, state]];
    }),
  );
}
