import type { LabelErrorsResult } from "@/server/integrity/label-error-schema";

const cell = "h-8 whitespace-nowrap border-line border-b px-2";

/** Films by what they are labelled and what they are taken for. */
export function DoubtTable({ result: { classes, counts } }: { result: LabelErrorsResult }) {
  return (
    <div className="overflow-x-auto">
      <table className="border-separate border-spacing-0 tabular-nums">
        <caption className="mb-1 text-left text-[12px] text-dim">
          Films that are surely of a class, by their label; the others are in doubt altogether
        </caption>
        <thead>
          <tr className="text-[12px] text-dim">
            <th scope="col" className={`${cell} text-left font-medium`}>
              Labelled
            </th>
            {classes.map((name) => (
              <th key={name} scope="col" className={`${cell} text-right font-medium`}>
                taken for {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((name, given) => (
            <tr key={name}>
              <th scope="row" className={`${cell} text-left font-normal`}>
                {name}
              </th>
              {classes.map((other, own) => (
                <td key={other} className={`${cell} text-right ${own === given ? "text-dim" : ""}`}>
                  {(counts[given]?.[own] ?? 0).toLocaleString("en-US")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
