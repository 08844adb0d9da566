import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "csv-parse/sync";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoDatasets, writeDemoDatasets } from "./write-demo-datasets";

const images = 96;
// The published headers: CheXpert's train.csv (v1.0-small), covid-chestxray-dataset's metadata.csv (June 2020).
const trainHeader =
  "Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity,Lung Lesion,Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural Effusion,Pleural Other,Fracture,Support Devices";
const metadataHeader =
  "patientid,offset,sex,age,finding,survival,intubated,intubation_present,went_icu,in_icu,needed_supplemental_O2,extubated,temperature,pO2_saturation,leukocyte_count,neutrophil_count,lymphocyte_count,view,modality,date,location,folder,filename,doi,url,license,clinical_notes,other_notes,";

type Row = Readonly<Record<string, string>>;
let root: string;
let demo: DemoDatasets;
let train: Row[];
let metadata: Row[];
let cohort: Row[];
const progress: [number, number][] = [];

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "overread-demo-"));
  const onProgress = (done: number, total: number) => progress.push([done, total]);
  demo = await writeDemoDatasets(path.join(root, "a"), { images, seed: 5, onProgress });
  train = await table(path.join(demo.chexpert, "train.csv"));
  metadata = await table(path.join(demo.covid, "metadata.csv"));
  cohort = await table(demo.cohortCsv);
}, 120_000);

afterAll(() => rm(root, { recursive: true, force: true }));

describe("the demo's datasets", () => {
  it("have the published headers and as many films as rows, a quarter of them from the covid source", async () => {
    expect(await firstLine(path.join(demo.chexpert, "train.csv"))).toBe(trainHeader);
    expect(await firstLine(path.join(demo.covid, "metadata.csv"))).toBe(metadataHeader);
    expect([train.length, metadata.length]).toEqual([72, 24]);
    expect((await filesBelow(demo.chexpert)).filter((file) => file.endsWith(".jpg"))).toHaveLength(72);
    expect(await readdir(path.join(demo.covid, "images"))).toHaveLength(24);
    expect(progress.at(-1)).toEqual([images, images]);
  });

  it("give CheXpert's cells: laterals without AP/PA, and 1.0, 0.0, -1.0 or blank for each finding", () => {
    for (const row of train) {
      expect(row.Path).toMatch(
        /^CheXpert-v1\.0-small\/train\/patient\d{5}\/study\d\/view\d_(frontal|lateral)\.jpg$/,
      );
      expect(row["AP/PA"]).toMatch(row["Frontal/Lateral"] === "Lateral" ? /^$/ : /^(AP|PA)$/);
    }
    expect(train.some((row) => row["Frontal/Lateral"] === "Lateral")).toBe(true);
    for (const finding of trainHeader.split(",").slice(6)) {
      expect([finding, new Set(train.map((row) => row[finding]))]).toEqual([
        finding,
        new Set(["1.0", "0.0", "-1.0", ""]),
      ]);
    }
  });

  it("say No Finding only where nothing but devices is positive or uncertain", () => {
    const findings = trainHeader.split(",").slice(6, -1);
    for (const row of train) {
      const something = findings.some((finding) => row[finding] === "1.0" || row[finding] === "-1.0");
      expect(row["No Finding"]).toBe(something ? "" : "1.0");
    }
  });

  it("have the covid source's views, day offsets, both file types and notes over several lines", () => {
    expect(new Set(metadata.map((row) => row.view))).toEqual(new Set(["PA", "AP", "AP Supine", "L"]));
    expect(new Set(metadata.map((row) => row.finding)).size).toBeGreaterThan(2);
    expect(metadata.some((row) => Number(row.offset) > 0)).toBe(true);
    expect(metadata.some((row) => /\n.*,/.test(row.clinical_notes ?? ""))).toBe(true);
    expect(new Set(metadata.map((row) => path.extname(row.filename ?? "")))).toEqual(
      new Set([".jpg", ".jpeg", ".png"]),
    );
  });

  it("have a cohort of all frontal films, named as each source's table names them", () => {
    const frontals = [
      ...train.filter((row) => row["Frontal/Lateral"] === "Frontal").map((row) => `chexpert ${row.Path}`),
      ...metadata
        .filter((row) => row.view !== "L")
        .map((row) => `covid-chestxray-dataset images/${row.filename}`),
    ];
    expect(cohort.map((row) => `${row.dataset} ${row.path}`).sort()).toEqual(frontals.sort());
    const covid = metadata.filter((row) => row.view !== "L" && row.finding?.startsWith("COVID-19"));
    expect(cohort.filter((row) => row.class === "covid")).toHaveLength(covid.length);
  });
});

describe("what is planted in them", () => {
  it("leaks half of the covid films by patient", () => {
    const covid = metadata.filter((row) => row.view !== "L" && row.finding?.startsWith("COVID-19"));
    const ofPatient = Map.groupBy(covid, (row) => row.patientid);
    const shared = covid.filter((row) => (ofPatient.get(row.patientid)?.length ?? 0) > 1);
    expect(demo.facts.cohort.covid.inMultiImagePatients).toBeCloseTo(shared.length / covid.length);
    expect(shared.length / covid.length).toBeGreaterThanOrEqual(0.4);
    expect(shared.length / covid.length).toBeLessThanOrEqual(0.6);
  });

  it("repeats films, pixel by pixel, under other patients: within each source and across them", async () => {
    const kinds = demo.facts.duplicates.map(({ original, copy }) => `${original.source} → ${copy.source}`);
    expect(new Set(kinds)).toEqual(
      new Set([
        "chexpert → chexpert",
        "chexpert → covid-chestxray-dataset",
        "covid-chestxray-dataset → covid-chestxray-dataset",
      ]),
    );
    for (const { original, copy } of demo.facts.duplicates) {
      expect(`${copy.source} ${copy.patient}`).not.toBe(`${original.source} ${original.patient}`);
      expect(await pixelHash(original)).toBe(await pixelHash(copy));
    }
  });

  it("repeats no other film", async () => {
    const hashes = await Promise.all(demo.facts.drawn.map(pixelHash));
    expect(new Set(hashes).size).toBe(images - demo.facts.duplicates.length);
  });

  it("mislabels the films that the facts name, and draws the opposite on them", () => {
    expect(demo.facts.labelErrors.length).toBeGreaterThanOrEqual(4);
    for (const { source, path: film, finding, labelled, drawn } of demo.facts.labelErrors) {
      const shown = demo.facts.drawn.find((each) => each.source === source && each.path === film)?.findings;
      expect((shown?.[finding] ?? 0) > 0.5).toBe(drawn);
      expect(drawn).toBe(labelled === "negative");
      if (source === "chexpert")
        expect(train.find((row) => row.Path === film)?.[finding]).toBe(drawn ? "0.0" : "1.0");
    }
  });
});

describe("a seed", () => {
  it("gives the same bytes again, and another seed gives others", async () => {
    const again = await writeDemoDatasets(path.join(root, "b"), { images, seed: 5 });
    const other = await writeDemoDatasets(path.join(root, "c"), { images: 40, seed: 6 });
    expect(await hashesBelow(path.join(root, "b"))).toEqual(await hashesBelow(path.join(root, "a")));
    expect(again.facts).toEqual(demo.facts);
    expect(await readFile(other.cohortCsv, "utf8")).not.toBe(await readFile(demo.cohortCsv, "utf8"));
  });

  it("is refused with too few films to show everything", async () => {
    await expect(writeDemoDatasets(root, { images: 39, seed: 1 })).rejects.toThrow(
      "40 images or more, not 39",
    );
  });
});

async function table(file: string): Promise<Row[]> {
  return parse(await readFile(file), { columns: true });
}

async function firstLine(file: string): Promise<string | undefined> {
  return (await readFile(file, "utf8")).split("\n")[0];
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

async function hashesBelow(folder: string): Promise<Record<string, string>> {
  const files = (await filesBelow(folder)).sort();
  const hashes = await Promise.all(files.map(async (file) => hash(await readFile(file))));
  return Object.fromEntries(files.map((file, index) => [path.relative(folder, file), hashes[index] ?? ""]));
}

async function pixelHash({ source, path: film }: { source: string; path: string }): Promise<string> {
  const below = source === "chexpert" ? path.dirname(demo.chexpert) : demo.covid;
  const { data, info } = await sharp(path.join(below, film)).raw().toBuffer({ resolveWithObject: true });
  return `${info.width}×${info.height}×${info.channels} ${hash(data)}`;
}

function hash(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
