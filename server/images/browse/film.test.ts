import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Person } from "@/server/auth/actor";
import { database } from "@/server/db/client";
import { auditLog } from "@/server/db/schema";
import { objectStore } from "@/server/storage/open";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { filmFile } from "./film";
import { filmResponse } from "./film-response";
import { plantDataset, plantFilm, plantImage, plantPatient, plantStudy } from "./images.fixture";

testDatabase();

let reader: Person;
let withFilm: number;
let withoutFilm: number;
let sha256: string;

beforeAll(async () => {
  const datasetId = await plantDataset("chexpert");
  const patientId = await plantPatient(datasetId, "patient00001");
  const studyId = await plantStudy({ datasetId, patientId }, 1);
  sha256 = await plantFilm("the film's bytes");
  const place = { datasetId, patientId, studyId };
  withFilm = (await plantImage(place, { path: "a.png", objectSha256: sha256 })).id;
  withoutFilm = (await plantImage(place, { path: "b.png" })).id;
  reader = await personWith("reader");
});

async function ask(variant: "film" | "thumbnail", ifNoneMatch: string | null = null, body = true) {
  const file = await filmFile(reader, { id: withFilm, variant, viewed: body });
  if (!file.ok) throw new Error(file.message);
  return filmResponse(file.value, { ifNoneMatch, body });
}

async function viewings(id: number): Promise<number> {
  return database().$count(auditLog, eq(auditLog.objectId, String(id)));
}

describe("a film", () => {
  it("comes as it was imported, named by its hash, kept by this browser alone", async () => {
    const response = await ask("film");
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("the film's bytes");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      etag: `"${sha256}"`,
      "content-type": "image/png",
      "content-length": "16",
      "cache-control": "private, max-age=31536000, immutable",
      vary: "Cookie",
      "x-content-type-options": "nosniff",
    });
  });

  it("comes as a WebP thumbnail under a hash of its own", async () => {
    const response = await ask("thumbnail");
    expect(await response.text()).toBe("thumbnail of the film's bytes");
    expect(response.headers.get("content-type")).toBe("image/webp");
    expect(response.headers.get("etag")).not.toBe(`"${sha256}"`);
  });

  it.each([
    ["the same tag", () => `"${sha256}"`, 304],
    ["a weak tag in a list", () => `"other", W/"${sha256}"`, 304],
    ["any tag", () => "*", 304],
    ["another tag", () => `"${"0".repeat(64)}"`, 200],
  ])("asked for with %s answers as HTTP says", async (_, tag, status) => {
    const response = await ask("film", tag());
    expect(response.status).toBe(status);
    expect(await response.text()).toBe(status === 304 ? "" : "the film's bytes");
  });

  it("asked about by HEAD tells its size and sends nothing", async () => {
    const before = await viewings(withFilm);
    const response = await ask("film", null, false);
    expect(response.headers.get("content-length")).toBe("16");
    expect(await response.text()).toBe("");
    expect(await viewings(withFilm)).toBe(before);
  });

  it("leaves its audit row before the first byte, a thumbnail none", async () => {
    const before = await viewings(withFilm);
    await filmFile(reader, { id: withFilm, variant: "thumbnail" });
    expect(await viewings(withFilm)).toBe(before);
    await filmFile(reader, { id: withFilm, variant: "film" });
    expect(await viewings(withFilm)).toBe(before + 1);
  });

  it("that is unknown and one that is not here are refused alike", async () => {
    const unknown = await filmFile(reader, { id: 4_000_000_000, variant: "film" });
    expect(unknown).toMatchObject({ ok: false, code: "not-found" });
    expect(await filmFile(reader, { id: withoutFilm, variant: "film" })).toEqual(unknown);
    expect(await viewings(withoutFilm)).toBe(0);
  });

  it("that the store has lost is not found, not an error", async () => {
    const lost = await plantFilm("lost");
    await objectStore().remove(lost);
    const file = await filmFile(reader, { id: withFilm, variant: "film" });
    if (!file.ok) throw new Error(file.message);
    const gone = { ...file.value, open: () => objectStore().stream(lost) };
    await expect(filmResponse(gone, { ifNoneMatch: null, body: true })).rejects.toMatchObject({
      failure: { code: "not-found" },
    });
  });
});
