import { differenceInWords } from "@/server/integrity/difference-words";
import type { LeakCost } from "@/server/integrity/schema";
import type { SiblingsResult } from "@/server/integrity/sibling-schema";
import { siblingVerdict } from "@/server/integrity/sibling-words";
import type { StudyFacts } from "./study-facts";
import { figure, table } from "./words";

/** What leaks in the split by image, and what that costs, three ways. */
export function leakSection({ splits, leak }: StudyFacts): string {
  const { random, patient } = splits;
  const share = (audit: typeof random.audit) =>
    Object.entries(audit.parts.test.byClass)
      .map(([name, { leaked, images }]) => `${leaked} of ${images} ${name}`)
      .join(", ");
  return [
    "## What leaks, and what it costs",
    table(
      ["split", "test images with their patient or film in training", "patients on several sides"],
      [random, patient].map(({ name, audit }) => [name, share(audit), audit.leaks.patients]),
    ),
    "Three ways to ask what that is worth, from the cheapest to the fairest.",
    onTestImages(leak.onTestImages),
    retrained(splits),
    siblingText(leak.siblings),
  ].join("\n\n");
}

function onTestImages(cost: LeakCost | null): string {
  const title = "**1. One model, leaked test images against clean ones.**";
  if (cost === null) return `${title} Not possible: one of the two groups is empty.`;
  const zero = cost.rows.filter(({ beyondNoise }) => beyondNoise !== true).map(({ metric }) => metric);
  return [
    `${title} ${cost.leaked.images} leaked test images of ${cost.leaked.patients} patients, ${cost.clean.images} clean ones. The two groups differ in more than the leak: who was filmed several times was likely in hospital for longer.`,
    table(
      ["", "leaked", "clean", "difference"],
      cost.rows.map((row) => [
        row.metric,
        figure(row.leaked),
        figure(row.clean),
        differenceInWords(row.difference),
      ]),
    ),
    zero.length > 0
      ? `The interval of the difference holds zero for ${zero.join(" and ")}.`
      : "Both differences are beyond noise.",
  ].join("\n\n");
}

function retrained({ random, patient }: StudyFacts["splits"]): string {
  const of = (name: "sensitivity" | "specificity" | "auc") => [
    name === "auc" ? "AUC" : name,
    ...[random, patient].map(({ run }) => {
      const metric = run.metrics?.parts.test.metrics[name];
      return metric ? figure(metric) : "–";
    }),
  ];
  return [
    "**2. The same grid, split anew by patient.** Two different test sets, so the difference holds the luck of both draws.",
    table(
      ["best run, on test", "split by image", "split by patient"],
      [of("sensitivity"), of("specificity"), of("auc")],
    ),
  ].join("\n\n");
}

function siblingText(result: SiblingsResult): string {
  const { splits, leftOut, trained, sets } = result;
  const on = { leaked: "leaked", clean: "clean (control)", all: "all" };
  const rows = sets.flatMap(({ on: set, images, figures }) =>
    figures.map((one) => [
      `${on[set]}: ${images} images`,
      one.metric === "auc" ? "AUC" : one.metric,
      figure(one.withSiblings),
      figure(one.withoutSiblings),
      differenceInWords(one.difference),
    ]),
  );
  return [
    `**3. The same test images, by heads with and without their siblings.** ${splits} splits by image${leftOut > 0 ? ` (${leftOut} more could not be drawn)` : ""}; in each, one head is trained without the ${trained.removed.toFixed(0)} training images (on average) that share a patient or a film with a test image, and one with them but without as many others of the same classes, so that both learn from ${trained.images.toFixed(0)} images. Rates pool all splits; the AUC is their mean. Intervals draw patients; they do not train the heads anew, so they are a little too narrow.`,
    table(["test images", "", "with siblings", "without", "difference"], rows),
    "![With and without siblings](leak.svg)",
    siblingVerdict(result),
  ].join("\n\n");
}
