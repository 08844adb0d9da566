import type { ImportResult } from "@/server/datasets/schema";

/** What an import came to, as figures in words. */
export function ImportFigures({ result }: { result: ImportResult }) {
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
    ["Rows in the table", rows],
    ["Films stored", images.present],
    ["Films missing", images.missing],
    ["Studies", studies],
    ["Patients", patients],
    ["Added", added],
    ["Updated", updated],
    ["Unchanged", unchanged],
    ["No longer in the table", absent, "They stay."],
    [
      "In quarantine",
      quarantined ?? 0,
      "They may carry burned-in text: in no dataset until somebody clears them.",
    ],
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
