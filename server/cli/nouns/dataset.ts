import type { Command } from "commander";
import { valueOf as unwrap } from "@/server/auth/command";
import type { DatasetSummary } from "@/server/datasets/browse/schema";
import { listDatasets, showDataset } from "@/server/datasets/queries";
import { ok } from "@/server/lib/errors";
import { verb } from "../context";

export function registerDataset(program: Command): void {
  const dataset = program.command("dataset").description("datasets and what is in them");
  dataset
    .command("list")
    .description("every dataset with its counts")
    .addHelpText("after", "\nExample:\n  npm run -s overread -- dataset list --json")
    .action(verb(({ actor }) => listDatasets(actor, {}), printList));
  dataset
    .command("show <name>")
    .description("counts of the four states per finding, views, patients, images")
    .addHelpText("after", "\nExample:\n  npm run -s overread -- dataset show chexpert --json")
    .action(
      verb(
        async ({ actor }, name: string) => ok(documentOf(unwrap(await showDataset(actor, { name })))),
        printOne,
      ),
    );
}

type Shown = Extract<Awaited<ReturnType<typeof showDataset>>, { ok: true }>["value"];
type ShowDocument = ReturnType<typeof documentOf>;

/** Lists become objects by name: what a script asks for. */
function documentOf({ findings, views, sexes, ages, ...dataset }: Shown) {
  return {
    ...dataset,
    findings: Object.fromEntries(findings.map(({ finding, ...states }) => [finding, states])),
    views: Object.fromEntries(views.map(({ value, images }) => [value, images])),
    sexes: Object.fromEntries(sexes.map(({ value, images }) => [value, images])),
    ages: ages.map(({ value, images }) => ({ age: value, images })),
  };
}

function printList({ datasets }: { readonly datasets: readonly DatasetSummary[] }): string {
  if (datasets.length === 0) return "No dataset yet. Import one: overread import chexpert <folder>";
  const rows = datasets.map(({ dataset, images, films, patients, studies, version }) => [
    dataset,
    ...[images, films, patients, studies, version].map((count) => count.toLocaleString("en-US")),
  ]);
  return aligned([["dataset", "images", "films here", "patients", "studies", "version"], ...rows]);
}

function printOne(shown: ShowDocument): string {
  const { dataset, images, films, patients, studies } = shown;
  const count = (value: number) => value.toLocaleString("en-US");
  const findings = Object.entries(shown.findings).map(([finding, states]) => [
    finding,
    ...[states.positive, states.negative, states.uncertain, states.unmentioned].map(count),
  ]);
  const views = Object.entries(shown.views).map(([view, number]) => `${view} ${count(number)}`);
  return [
    `${dataset}: ${count(images)} images (${count(films)} films here), ${count(patients)} patients, ${count(studies)} studies`,
    `views: ${views.join(", ") || "none"}`,
    "",
    aligned([["finding", "positive", "negative", "uncertain", "unmentioned"], ...findings]),
  ].join("\n");
}

/** First column at the left, the others at the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}
