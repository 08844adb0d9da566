import { PartTag } from "@/app/_components/part-tag";
import { percent } from "@/app/_components/share";
import { parts } from "@/server/splits/rules";
import type { SplitAudit, SplitDetail } from "@/server/splits/schema";
import { LeakBar } from "./leak-bar";

const cell = "h-8 whitespace-nowrap border-line border-b px-2";

/** Images per part and class, and how much of each leaks into training. */
export function PartsTable({ split, audit }: { split: SplitDetail; audit: SplitAudit }) {
  const { classes } = split.cohort;
  return (
    <div className="overflow-x-auto">
      <table aria-label="Parts and classes" className="w-full border-separate border-spacing-0 tabular-nums">
        <thead>
          <tr className="text-left text-[12px] text-dim">
            <th scope="col" className={`${cell} font-medium`}>
              Part
            </th>
            <th scope="col" className={`${cell} text-right font-medium`}>
              Images
            </th>
            <th scope="col" className={`${cell} text-right font-medium`}>
              Patients
            </th>
            {classes.map((name) => (
              <th key={name} scope="col" className={`${cell} font-medium`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => {
            const { images, patients } = split.summary.parts[part];
            return (
              <tr key={part}>
                <th scope="row" className={`${cell} text-left font-normal`}>
                  <PartTag part={part} />
                </th>
                <td className={`${cell} text-right`}>{images.toLocaleString("en-US")}</td>
                <td className={`${cell} text-right`}>{patients.toLocaleString("en-US")}</td>
                {classes.map((name) => (
                  <td key={name} className={cell}>
                    <ClassCell
                      held={part !== "train"}
                      leak={audit.parts[part].byClass[name] ?? { images: 0, leaked: 0 }}
                      expected={audit.expected.byClass[name] ?? null}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

type CellProps = {
  held: boolean;
  leak: { images: number; leaked: number };
  expected: number | null;
};

function ClassCell({ held, leak, expected }: CellProps) {
  const { images, leaked } = leak;
  return (
    <div className="flex items-center gap-2">
      <span className="min-w-8 text-right">{images.toLocaleString("en-US")}</span>
      {held && images > 0 ? (
        <>
          <LeakBar share={leaked / images} expected={expected} />
          <span className={leaked > 0 ? "text-leak" : "text-dim"}>
            {leaked === 0 ? "no leak" : `${leaked.toLocaleString("en-US")} (${percent(leaked, images)})`}
          </span>
        </>
      ) : null}
    </div>
  );
}
