import { CircleCheck } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import type { Overview } from "@/server/admin/schema";

type Props = {
  steps: Overview["steps"];
  may: { readonly import: boolean; readonly read: boolean; readonly train: boolean };
};

/** The way of a new installation: import, read, train; the next step has the button. */
export function FirstSteps({ steps, may }: Props) {
  const all = [
    {
      key: "import",
      title: "Import",
      text: "Bring in CheXpert, covid-chestxray-dataset or DICOM, from a folder on the server or an archive.",
      href: "/datasets/import",
      button: "Import a dataset",
      done: steps.datasets,
      allowed: may.import,
    },
    {
      key: "read",
      title: "Read",
      text: "Make a worklist, the doubtful studies first, and read it by keyboard.",
      href: "/reading",
      button: "Open the worklists",
      done: steps.reads,
      allowed: may.read,
    },
    {
      key: "train",
      title: "Train",
      text: "Draw a split, see what leaks, mend it, and train on what was read.",
      href: "/training",
      button: "Train a model",
      done: steps.runs,
      allowed: may.train,
    },
  ] as const;
  const next = all.find((step) => !step.done);
  return (
    <ol className="grid grid-cols-1 gap-4 lg:grid-cols-3">
      {all.map((step, index) => (
        <li key={step.key} className="flex">
          <Card className="flex w-full flex-col gap-2">
            <h2 className="flex items-center gap-2 font-semibold">
              {step.done ? (
                <CircleCheck aria-label="done" size={16} className="text-neg" />
              ) : (
                <span className="grid size-4 place-items-center rounded-full bg-raise text-[11px]">
                  {index + 1}
                </span>
              )}
              {step.title}
            </h2>
            <p className="text-dim">{step.text}</p>
            <div className="mt-auto pt-1">
              {step.allowed ? (
                <LinkButton href={step.href} variant={step === next ? "primary" : "secondary"}>
                  {step.button}
                </LinkButton>
              ) : (
                <span className="text-faint">Somebody with another role does this.</span>
              )}
            </div>
          </Card>
        </li>
      ))}
    </ol>
  );
}
