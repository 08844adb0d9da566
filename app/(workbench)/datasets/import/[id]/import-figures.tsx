import type { ImportResult } from "@/server/datasets/schema";

type Props = {
  result: ImportResult;
  /** DICOM: files tell about themselves what a table tells elsewhere. */
  isFiles: boolean;
};

/** What an import came to, as figures in words. */
export function ImportFigures({ result, isFiles }: Props) {
  const {
    rows,
    images,
    studies,
    patients,
    added,
    updated,
    unchanged,
    absent,
    rejected,
    quarantined,
    seconds,
  } = result;
  const figures: readonly (readonly [string, number, string?])[] = [
    [isFiles ? "Files" : "Rows in the table", rows],
    ["Films stored", images.present],
    ...(isFiles ? [] : [["Films missing", images.missing] as const]),
    ["Studies", studies],
    ["Patients", patients],
    ["Added", added],
    ["Updated", updated],
    ["Unchanged", unchanged],
    ...(isFiles ? [] : [["No longer in the table", absent, "They stay."] as const]),
    ...(isFiles
      ? [
          [
            "In quarantine",
            quarantined ?? 0,
            "They may carry burned-in text: in no dataset until somebody clears them.",
          ] as const,
        ]
      : []),
    ["Not taken", rejected.count],
    ["Seconds", seconds],
  ];
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-x-6 gap-y-3">
      {figures.map(([name, value, hint]) => (
        <div key={name}>
          <dt className="text-[12px] text-dim">{name}</dt>
          <dd className="font-semibold text-[16px] tabular-nums" title={hint}>
            {value.toLocaleString("en-US")}
          </dd>
        </div>
      ))}
    </dl>
  );
}
