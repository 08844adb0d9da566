import { StateDot } from "@/app/_components/state-dot";
import { stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import { type Side, sidesDiffer } from "./sides";

type Props = {
  /** The rows. */
  findings: readonly Finding[];
  sides: readonly Side[];
  name: string;
  /** For the card below the findings. */
  dense?: boolean;
};

/** Findings by who said what; where they differ the row stands out. */
export function SidesTable({ findings, sides, name, dense = false }: Props) {
  return (
    <table className="w-full border-separate border-spacing-0" aria-label={name}>
      <thead>
        <tr className="text-[12px] text-dim">
          <td />
          {sides.map(({ title, name }) => (
            <th
              key={name}
              scope="col"
              title={name}
              className={`font-medium ${dense ? "h-5 w-11" : "h-6 w-12"}`}
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {findings.map((finding) => {
          const differs = !dense && sidesDiffer(sides, finding);
          return (
            <tr key={finding.position} className={differs ? "text-text [&>*]:bg-raise" : "text-dim"}>
              <th
                scope="row"
                className={`rounded-l-md text-left font-normal ${dense ? "h-[21px] truncate" : "h-[29px] pl-2"}`}
              >
                {finding.shortName}
              </th>
              {sides.map(({ name, labels }) => (
                <td key={name} className="text-center leading-none last:rounded-r-md">
                  <StateDot state={stateAt(labels, finding.position)} size={dense ? 10 : 12} />
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
