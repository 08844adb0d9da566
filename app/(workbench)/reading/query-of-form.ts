import type { WorklistQueryInput } from "@/server/reading/schema";

/** What the form's fields ask for; the command checks it. */
export function queryOfForm(form: FormData): WorklistQueryInput {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  switch (text("kind")) {
    case "blank-but-model-positive":
      return {
        kind: "blank-but-model-positive",
        run: Number(text("run")),
        className: text("className"),
        finding: text("finding"),
      };
    case "cohort":
      return { kind: "cohort", cohort: Number(text("cohort")) };
    case "misclassified":
      return { kind: "misclassified", run: Number(text("run")) };
    case "random":
      return { kind: "random", seed: Number(text("seed") || 42) };
    default:
      return { kind: "uncertain-first" };
  }
}
