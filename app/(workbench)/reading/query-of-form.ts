import { labelErrorRanks, type WorklistQueryInput } from "@/server/reading/worklist-input";

/** What the form's fields ask for; the command checks it. */
export function queryOfForm(form: FormData): WorklistQueryInput {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  /** An empty field is left to the command's default. */
  const number = (name: string) => (text(name) === "" ? undefined : Number(text(name)));
  switch (text("kind")) {
    case "blank-but-model-positive":
      return {
        kind: "blank-but-model-positive",
        run: Number(text("run")),
        className: text("className"),
        finding: text("finding"),
        threshold: number("threshold"),
      };
    case "cohort":
      return { kind: "cohort", cohort: Number(text("cohort")) };
    case "misclassified":
      return { kind: "misclassified", run: Number(text("run")) };
    case "label-errors": {
      const [of, id] = text("from").split(":");
      return {
        kind: "label-errors",
        from: of === "check" ? { of, check: Number(id) } : { of: "run", run: Number(id) },
        rank: labelErrorRanks.find((one) => one === text("rank")),
      };
    }
    case "disagreements":
      return { kind: "disagreements" };
    case "random":
      return { kind: "random", seed: number("seed") };
    default:
      return { kind: "uncertain-first", minUncertain: number("minUncertain") };
  }
}
