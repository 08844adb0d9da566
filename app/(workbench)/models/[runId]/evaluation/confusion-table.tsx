import { percent } from "@/app/_components/share";

type Props = {
  classes: readonly string[];
  /** Rows: truth, columns: prediction. */
  counts: readonly (readonly number[])[];
};

/** Truth against prediction; each row's shares add up to all of that class. */
export function ConfusionTable({ classes, counts }: Props) {
  return (
    <table className="w-full table-fixed border-separate border-spacing-1" aria-label="Confusion matrix">
      <thead>
        <tr className="text-[12px] text-dim">
          <th scope="col" className="text-left font-medium">
            truth ↓ called →
          </th>
          {classes.map((name) => (
            <th key={name} scope="col" className="font-medium">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {classes.map((name, row) => {
          const all = (counts[row] ?? []).reduce((sum, count) => sum + count, 0);
          return (
            <tr key={name}>
              <th scope="row" className="pr-2 text-left font-medium text-[12px] text-dim">
                {name}
              </th>
              {classes.map((other, column) => {
                const count = counts[row]?.[column] ?? 0;
                const right = row === column;
                const weight = all === 0 ? 0 : count / all;
                const colour = right ? "var(--test)" : "var(--leak)";
                return (
                  <td
                    key={other}
                    className="h-14 rounded-md text-center tabular-nums"
                    style={{
                      background: `color-mix(in oklab, ${colour} ${Math.round(6 + 30 * weight)}%, transparent)`,
                    }}
                  >
                    <div className="font-semibold text-[15px]">{count.toLocaleString("en-US")}</div>
                    <div className="text-[12px]">{all === 0 ? "–" : percent(count, all)}</div>
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
