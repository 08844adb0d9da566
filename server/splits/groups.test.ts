import { describe, expect, it } from "vitest";
import { groupsOf } from "./groups";
import { type RosterRow, rosterOf } from "./roster";

type Given = { readonly patient: number | null; readonly film?: string };

describe("groups", () => {
  it.each<{ what: string; images: Given[]; groups: number[] }>([
    { what: "keep a patient together", images: [p(1), p(2), p(1)], groups: [0, 1, 0] },
    { what: "join two patients by one film", images: [p(1, "a"), p(2, "a"), p(2)], groups: [0, 0, 0] },
    {
      what: "reach through several steps",
      images: [p(1), p(1, "a"), p(2, "a"), p(2, "b"), p(3, "b"), p(3), p(4)],
      groups: [0, 0, 0, 0, 0, 0, 1],
    },
    { what: "take nothing from a placeholder id", images: [p(null), p(null), p(null)], groups: [0, 1, 2] },
    {
      what: "still see the same film under a placeholder id",
      images: [p(null, "a"), p(null, "a"), p(null, "b")],
      groups: [0, 0, 1],
    },
    {
      what: "do not join two images because both have no film here",
      images: [p(1), p(2)],
      groups: [0, 1],
    },
  ])("$what", ({ images, groups }) => {
    expect([...groupsOf(rosterOf(images.map(row), ["a"])).of]).toEqual(groups);
  });

  it("join patients whose shared film lies outside the cohort", () => {
    const images = [p(1), p(2), p(3)].map(row);
    // 1 and 3 are both tied to 9, of whom the cohort has no image.
    const roster = rosterOf(
      images,
      ["a"],
      [
        [1, 9],
        [3, 9],
      ],
    );
    expect([...groupsOf(roster).of]).toEqual([0, 1, 0]);
  });

  it("agree with a search through the graph, on random data", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const images = Array.from({ length: 300 }, (_, index) =>
        p(
          hash(seed, index) % 150,
          hash(seed, index + 1000) % 4 === 0 ? `film ${hash(seed, index + 2000) % 40}` : undefined,
        ),
      );
      const of = groupsOf(rosterOf(images.map(row), ["a"])).of;
      expect([...of]).toEqual(bySearch(images));
    }
  });
});

function p(patient: number | null, film?: string): Given {
  return film === undefined ? { patient } : { patient, film };
}

function row(given: Given, index: number): RosterRow {
  return {
    imageId: index + 1,
    classIndex: 0,
    source: "s",
    patientId: given.patient ?? 0,
    placeholder: given.patient === null,
    film: given.film ?? null,
    day: null,
  };
}

/** Breadth-first search over images that share a patient or a film: slow, and another algorithm. */
function bySearch(images: readonly Given[]): number[] {
  const group = new Array<number>(images.length).fill(-1);
  let next = 0;
  images.forEach((_, start) => {
    if (group[start] !== -1) return;
    const queue = [start];
    group[start] = next;
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      images.forEach((other, index) => {
        const here = images[at ?? 0];
        if (group[index] !== -1 || !here) return;
        if (here.patient === other.patient || (here.film !== undefined && here.film === other.film)) {
          group[index] = next;
          queue.push(index);
        }
      });
    }
    next += 1;
  });
  return group;
}

function hash(seed: number, value: number): number {
  return Math.imul((seed * 7919 + value) ^ 0x9e3779b9, 0x85ebca6b) >>> 8;
}
