import type { RoomStudy } from "@/server/reading/schema";
import type { Hung } from "./hanging";
import type { FilmOnScreen } from "./use-film";

type Props = { hung: Hung; study: RoomStudy; film: FilmOnScreen };

/** What stands in the corner of a film: whose it is, when, which view. */
export function FilmWords({ hung, study, film }: Props) {
  return (
    <div className="pointer-events-none absolute top-2.5 left-3 text-[12px] leading-[17px] [text-shadow:0_1px_2px_#000,0_0_6px_#000]">
      {hung.prior ? (
        <PriorWords hung={hung} study={study} />
      ) : (
        <StudyWords hung={hung} study={study} film={film} />
      )}
      {film.inverted ? <p className="text-unc">inverted</p> : null}
    </div>
  );
}

function PriorWords({ hung: { film, prior }, study }: Pick<Props, "hung" | "study">) {
  const when = [prior?.date ?? null, beforeWords(prior?.daysBefore ?? null)];
  return (
    <div className="text-unc">
      <p>{["Prior", ...when.filter((word) => word !== null)].join(" · ")}</p>
      <p>
        study {prior?.number} of {study.of} · {film.view}
      </p>
    </div>
  );
}

function beforeWords(days: number | null): string | null {
  if (days === null) return null;
  if (days === 0) return "the same day";
  return `${days.toLocaleString("en-US")} ${days === 1 ? "day" : "days"} before`;
}

function StudyWords({ hung, study, film }: Props) {
  const { patient, number, of, date, sex, age, images } = study;
  const place = images.indexOf(hung.film);
  const facts = [
    sex === "unknown" ? null : sex,
    age === null ? null : `${age} y`,
    hung.film.view,
    images.length === 1 ? "1 image" : `image ${place + 1} of ${images.length}`,
  ];
  return (
    <>
      <p>
        {patient} · study {number}
        {of > 1 ? ` of ${of}` : ""}
        {date === null ? "" : ` · ${date}`}
        {hung.current && film.hung.length > 1 ? " · current" : ""}
      </p>
      <p className="text-dim">{facts.filter((fact) => fact !== null).join(" · ")}</p>
    </>
  );
}
