import type { PatientStudy } from "@/server/images/browse/schema";
import { studyWords } from "../../images/_film/facts";
import { FilmLink } from "./film-link";

/** Studies from left to right with their films; the line breaks where the window ends. */
export function TimeLine({ studies }: { studies: readonly PatientStudy[] }) {
  return (
    <ol className="flex gap-5 overflow-x-auto pb-2">
      {studies.map((study, index) => (
        <li key={study.id} className="shrink-0">
          <div aria-hidden className="mb-2 flex items-center">
            <span className="size-2.5 rounded-full bg-accent" />
            <span className={`-mr-5 h-px flex-1 ${index === studies.length - 1 ? "" : "bg-line"}`} />
          </div>
          <div className="flex items-baseline gap-2">
            <span className="font-medium">{studyWords(study)}</span>
            <span className="text-[12px] text-dim">{sinceBefore(study, studies[index - 1])}</span>
          </div>
          <div className="mb-2 text-[12px] text-dim">{readsWords(study)}</div>
          <ul className="flex gap-2">
            {study.images.map((image) => (
              <li key={image.id}>
                <FilmLink image={image} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

/** Days since the study before, where both days are known. */
function sinceBefore(study: PatientStudy, before: PatientStudy | undefined): string {
  if (!before || study.dayOffset === null || before.dayOffset === null) return "";
  const days = study.dayOffset - before.dayOffset;
  return `+${days} ${days === 1 ? "day" : "days"}`;
}

function readsWords({ readCount, labelOrigin }: PatientStudy): string {
  if (readCount === 0) return "not read";
  const reads = readCount === 1 ? "1 read" : `${readCount} reads`;
  return labelOrigin === "adjudicated" ? `${reads}, adjudicated` : reads;
}
