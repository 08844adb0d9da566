import type { Command } from "commander";
import { valueOf as unwrap } from "@/server/auth/command";
import { browseImages } from "@/server/images/browse/queries";
import { type ImageRow, longestPage } from "@/server/images/browse/schema";
import { type LabelState, labelStates, stateAt } from "@/server/labels/states";
import { type Finding, vocabulary } from "@/server/labels/vocabulary";
import { ExpectedFailure, ok } from "@/server/lib/errors";
import { verb } from "../context";
import { wholeNumber } from "./numbers";

type Options = {
  readonly dataset: readonly string[];
  readonly where: readonly string[];
  readonly limit: number;
  readonly after?: string;
};

export function registerImage(program: Command): void {
  const image = program.command("image").description("images and their current labels");
  image
    .command("list")
    .description("images that every condition holds for, a page at a time")
    .option("--dataset <name>", "only this dataset (may be given again)", collect, [])
    .option("--where <finding=state>", "only images with this label (may be given again)", collect, [])
    .option("--limit <n>", `images on the page, at most ${longestPage}`, wholeNumber, 100)
    .option("--after <key>", "go on behind this key: `next` of the page before")
    .addHelpText(
      "after",
      [
        "",
        `States: ${labelStates.join(", ")}; several with commas: --where "Pneumonia=uncertain,positive".`,
        "",
        "Example:",
        '  npm run -s overread -- image list --dataset chexpert --where "Pneumonia=uncertain" --limit 20 --json',
      ].join("\n"),
    )
    .action(
      verb(async ({ actor }, options: Options) => {
        const page = await browseImages(actor, {
          filters: { datasets: [...options.dataset], findings: options.where.map(parseCondition) },
          limit: options.limit,
          after: options.after,
        });
        const { total, rows, next } = unwrap(page);
        const findings = await vocabulary();
        return ok({ total, rows: rows.map((row) => documentOf(row, findings)), next });
      }, print),
    );
}

type ListDocument = {
  readonly total: number;
  readonly rows: readonly ReturnType<typeof documentOf>[];
  readonly next: string | null;
};

function documentOf(row: ImageRow, findings: readonly Finding[]) {
  const { id, dataset, path, patient, study, view, sex, age, readState, film, labels } = row;
  const states = (packed: string): Record<string, LabelState> =>
    Object.fromEntries(findings.map(({ name, position }) => [name, stateAt(packed, position)]));
  return {
    id,
    dataset,
    path,
    patient,
    study,
    view,
    sex,
    age,
    readState,
    filmHere: film !== null,
    labels: labels === null ? null : states(labels),
  };
}

/** `Pneumonia=uncertain` or `Pneumonia=uncertain,positive`; the finding's name may hold anything but `=`. */
function parseCondition(text: string) {
  const [finding = "", states, ...more] = text.split("=").map((part) => part.trim());
  if (!finding || !states || more.length > 0) {
    throw new ExpectedFailure("invalid", `“${text}” is not a condition. Write it as "Pneumonia=uncertain".`);
  }
  return { finding, states: states.split(",").map((state) => parseState(state.trim(), text)) };
}

function parseState(word: string, condition: string): LabelState {
  const state = labelStates.find((one) => one === word);
  if (state) return state;
  throw new ExpectedFailure(
    "invalid",
    `“${word}” in “${condition}” is not a state. States: ${labelStates.join(", ")}.`,
  );
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function print({ total, rows, next }: ListDocument): string {
  const lines = rows.map(
    ({ id, dataset, path, view, labels }) => `${id}  ${dataset}  ${path}  ${view}  ${said(labels)}`,
  );
  return [
    `${rows.length.toLocaleString("en-US")} of ${total.toLocaleString("en-US")} images`,
    ...lines,
    ...(next === null ? [] : [`more: --after ${next}`]),
  ].join("\n");
}

/** What the labels mention, in few words. */
function said(labels: Record<string, LabelState> | null): string {
  const mentioned = Object.entries(labels ?? {}).filter(([, state]) => state !== "unmentioned");
  return mentioned.map(([finding, state]) => `${finding} ${state}`).join(", ");
}
