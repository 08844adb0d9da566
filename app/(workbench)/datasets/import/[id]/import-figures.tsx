import type { ImportResult } from "@/server/datasets/schema";

type Props = {
  result: ImportResult;
  /** DICOM: files tell about themselves what a table tells elsewhere. */
  isFiles: boolean;
};

type Figure = readonly [name: string, value: number, hint?: string];

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
    lungMasks,
    seconds,
  } = result;
  const figures: readonly Figure[] = [
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
    ...lungMaskFigures(lungMasks),
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

/** Only of a dataset that brings any; the hint names the first that could not be used. */
function lungMaskFigures(masks: ImportResult["lungMasks"]): readonly Figure[] {
  const { taken = 0, refused = [] } = masks ?? {};
  const [first] = refused;
  return [
    ...(taken > 0 ? [["Lung masks", taken] as const] : []),
    ...(first
      ? [["Lung masks not used", refused.length, `Line ${first.line}: ${first.reason}`] as const]
      : []),
  ];
}
