import { StateDot } from "@/app/_components/state-dot";
import type { PatientStudy } from "@/server/images/browse/schema";
import { stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import { studyWords } from "../../images/_film/facts";

/** Current labels, findings × studies: how a patient's picture changes over time. */
export function LabelGrid({
  studies,
  findings,
}: {
  studies: readonly PatientStudy[];
  findings: readonly Finding[];
}) {
  return (
    <div className="overflow-x-auto">
      <table aria-label="Labels per study" className="border-separate border-spacing-0">
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky left-0 z-10 h-8 bg-panel pr-4 text-left font-medium text-[12px] text-dim"
            >
              Finding
            </th>
            {studies.map((study) => (
              <th
                key={study.id}
                scope="col"
                className="h-8 min-w-16 whitespace-nowrap px-2 text-center font-medium text-[12px] text-dim"
              >
                {studyWords(study)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {findings.map(({ name, position }) => (
            <tr key={name} className="hover:bg-raise/60">
              <th
                scope="row"
                className="sticky left-0 z-10 h-7 whitespace-nowrap border-line border-t bg-panel pr-4 text-left font-normal"
              >
                {name}
              </th>
              {studies.map((study) => (
                <td key={study.id} className="h-7 border-line border-t px-2 text-center">
                  {study.labels === null ? null : <StateDot state={stateAt(study.labels, position)} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
