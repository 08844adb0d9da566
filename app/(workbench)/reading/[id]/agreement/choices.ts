import { type AgreementPolicyName, agreementPolicyNames } from "@/server/reading/agreement-policy";
import { type ReferenceName, referenceNames } from "@/server/reading/reference-standard";

export type Search = Readonly<Record<string, string | string[] | undefined>>;

/** What the page's address says. */
export type Choices = {
  readonly policy: AgreementPolicyName;
  readonly reference: ReferenceName;
  /** Null: the one that most is said of. */
  readonly finding: string | null;
  readonly model: { readonly run: number; readonly className: string } | null;
  readonly threshold: number;
};

/** Reads the address; what makes no sense there counts as not said. */
export function choicesOf(search: Search): Choices {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const [run, className] = [Number(text("run") ?? 0), text("class")];
  const threshold = Number(text("threshold") ?? 0.5);
  return {
    policy: agreementPolicyNames.find((name) => name === text("policy")) ?? "positive-against-rest",
    reference: referenceNames.find((name) => name === text("reference")) ?? "consensus",
    finding: text("finding"),
    model: Number.isSafeInteger(run) && run > 0 && className ? { run, className } : null,
    threshold: threshold >= 0 && threshold <= 1 ? threshold : 0.5,
  };
}

/** The page's address with these choices; what is the default is left out. */
export function hrefWith(worklist: number, choices: Choices): string {
  const { policy, reference, finding, model, threshold } = choices;
  const search = new URLSearchParams();
  if (policy !== "positive-against-rest") search.set("policy", policy);
  if (reference !== "consensus") search.set("reference", reference);
  if (finding !== null) search.set("finding", finding);
  if (model) {
    search.set("run", String(model.run));
    search.set("class", model.className);
    if (threshold !== 0.5) search.set("threshold", threshold.toFixed(2));
  }
  const query = search.toString();
  return `/reading/${worklist}/agreement${query === "" ? "" : `?${query}`}`;
}
