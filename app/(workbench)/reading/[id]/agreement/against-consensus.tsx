import { Card } from "@/app/_components/card";
import { Notice } from "@/app/_components/notice";
import type { ReaderComparison } from "@/server/reading/reader-comparison";
import { referenceNames, referenceWords } from "@/server/reading/reference-standard";
import type { Choices } from "./choices";
import { Controls } from "./controls";
import { RatesTable } from "./rates-table";
import { ReadersRoc } from "./readers-roc";

type Props = {
  worklist: number;
  choices: Choices;
  compared: ReaderComparison;
  /** What of the address could not be shown. */
  problem: string | null;
};

/** Each reader and a model against the consensus of one finding, in one table and one plot. */
export function AgainstConsensus({ worklist, choices, compared, problem }: Props) {
  const { reference, threshold } = choices;
  const { against, models, findings } = compared;
  if (!against) return null;
  const { finding } = against;
  return (
    <Card
      title={`Against the consensus: ${finding}`}
      aside={compared.reference.words}
      className="flex flex-col"
    >
      {problem === null ? null : <Notice tone="warn">{problem}</Notice>}
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_360px]">
        <div className="flex flex-col gap-4">
          <Controls
            // What the address says anew, the fields show anew.
            key={`${finding} ${reference} ${against.model?.run} ${against.model?.className} ${threshold}`}
            worklist={worklist}
            choices={{ ...choices, finding, model: against.model }}
            findings={findings}
            references={referenceNames.map((name) => ({ value: name, label: referenceWords[name].title }))}
            models={models}
          />
          <RatesTable against={against} />
          <p className="text-dim">
            A model is held against the consensus by the test images of its split only: what it never saw. A
            study gets the most that any of its test images gets.
          </p>
        </div>
        <ReadersRoc against={against} />
      </div>
    </Card>
  );
}
