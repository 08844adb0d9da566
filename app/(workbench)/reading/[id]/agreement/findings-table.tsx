import { DataTable, type TableColumn } from "@/app/_components/data-table";
import { Hint } from "@/app/_components/hint";
import { Metric } from "@/app/_components/metric";
import { percent } from "@/app/_components/share";
import type { FigureName, FindingAgreement } from "@/server/reading/agreement-figures";

const figures: readonly { readonly name: FigureName; readonly title: string; readonly what: string }[] = [
  { name: "cohen", title: "Cohen's κ", what: "Two readers, beyond what chance gives (Cohen 1960)." },
  {
    name: "fleiss",
    title: "Fleiss' κ",
    what: "Any number of readers, as many for each study (Fleiss 1971).",
  },
  {
    name: "alpha",
    title: "Krippendorff's α",
    what: "Any number of readers, and reads may be missing (Krippendorff 2011).",
  },
  {
    name: "pabak",
    title: "PABAK",
    what: "κ as if yes were as frequent as no: high where a finding is rare and readers agree that it is not there.",
  },
  {
    name: "positiveAgreement",
    title: "Pos. agreement",
    what: "Of one reader's yes, the share that another says too.",
  },
  {
    name: "negativeAgreement",
    title: "Neg. agreement",
    what: "Of one reader's no, the share that another says too.",
  },
  {
    name: "alphaFourStates",
    title: "α, four states",
    what: "Krippendorff's α with each state an answer of its own.",
  },
];

/** Every figure beside the others: a rare finding agrees to 97% with a κ of 0.2. */
export function FindingsTable({ findings }: { findings: readonly FindingAgreement[] }) {
  // Cohen's κ is for two readers, Fleiss' for more; both where findings were answered by more and by fewer.
  const two = findings.some(({ readers }) => readers === 2);
  const more = findings.some(({ readers }) => readers !== 2);
  const shown = figures.filter(({ name }) => (name !== "cohen" || two) && (name !== "fleiss" || more));
  const columns: TableColumn[] = [
    { key: "finding", title: "Finding", sortable: true },
    { key: "n", title: <Hint text="Studies that two readers or more answer">n</Hint>, number: true },
    { key: "yes", title: <Hint text="Of all answers, how many say yes">Yes</Hint>, number: true },
    ...shown.map(({ name, title, what }) => ({
      key: name,
      title: <Hint text={what}>{title}</Hint>,
      number: true,
    })),
  ];
  return (
    <DataTable
      label="Agreement per finding"
      columns={columns}
      rows={findings.map(({ finding, position, n, answers, yes, figures: values }) => ({
        key: position,
        cells: {
          finding,
          n: n.toLocaleString("en-US"),
          yes: answers === 0 ? "–" : percent(yes, answers),
          ...Object.fromEntries(
            shown.map(({ name }) => {
              const { value, low, high, reason } = values[name];
              const why = reason ?? undefined;
              return [
                name,
                <Metric key={name} value={value} low={low} high={high} reason={why} digits={2} />,
              ];
            }),
          ),
        },
        sort: { finding },
      }))}
    />
  );
}
