import { Check } from "lucide-react";
import { tones } from "@/app/_viewer/marks-layer";
import type { Finding } from "@/server/labels/vocabulary";
import type { CaseRead } from "@/server/reading/adjudication-schema";
import type { Region } from "@/server/reading/schema";
import { KeyOf } from "../key-of";
import { isAmong } from "./case-regions";
import { readerNames } from "./reader-names";
import { toneOf } from "./reader-tones";
import type { CaseRegions } from "./use-case-regions";

type Props = {
  findings: readonly Finding[];
  reads: readonly CaseRead[];
  decided: readonly Region[];
  labels: string;
  regions: CaseRegions;
  disabled: boolean;
  onToggle(region: Region): void;
};

/** What the readers drew, and what of it stays with the decision. Nothing where nobody drew. */
export function CaseRegionsList({ findings, reads, decided, labels, regions, disabled, onToggle }: Props) {
  const names = readerNames(reads);
  const ofReaders = reads.flatMap((read, place) => read.regions.map((region) => ({ region, place })));
  const own = decided
    .filter(
      (region) =>
        !isAmong(
          ofReaders.map((one) => one.region),
          region,
        ),
    )
    .map((region) => ({ region, place: null }));
  const all = [...ofReaders, ...own];
  if (all.length === 0) return null;
  const findingOf = (region: Region) => findings.find(({ position }) => position === region.finding);
  return (
    <section aria-label="Regions" className="flex flex-col gap-0.5">
      <div className="flex items-center gap-1.5 px-2 text-[12px] text-dim">
        <h2 className="font-medium">Regions</h2>
        <span
          className="mr-auto flex items-center gap-1"
          title="Keep the next reader's of the finding decided last"
        >
          <KeyOf action="last" /> keep
        </span>
        <KeyOf action="overlay" />
        {regions.drew.map((place) => (
          <button
            key={place}
            type="button"
            aria-label={`Show what ${names[place]} drew`}
            aria-pressed={!regions.hidden.includes(place)}
            {...unfocused}
            onClick={() => regions.toggle(place)}
            className={`flex h-6 cursor-pointer items-center gap-1.5 rounded border px-1.5 ${regions.hidden.includes(place) ? "border-transparent text-faint line-through" : "border-line text-text"}`}
          >
            <Swatch place={place} />
            {names[place]}
          </button>
        ))}
      </div>
      <ul>
        {all.map(({ region, place }) => {
          const finding = findingOf(region);
          const kept = isAmong(decided, region);
          const counts = ["+", "?"].includes(labels[region.finding] ?? "");
          const pressed = place !== null && kept && counts;
          const by = place === null ? "you" : (names[place] ?? "");
          return (
            <li key={`${place} ${JSON.stringify(region)}`} className="flex h-8 items-center gap-2 px-2">
              <Swatch place={place} />
              <span className="truncate">
                {finding?.shortName}{" "}
                <span className="text-dim">
                  {region.shape === "ellipse" ? "ellipse" : "box"}, {by}
                </span>
              </span>
              <button
                type="button"
                aria-label={`${place === null ? "Remove" : "Keep"} the ${region.shape} by ${by}: ${finding?.name}`}
                aria-pressed={place === null ? undefined : pressed}
                title={counts ? undefined : "Decide that the finding is, or may be, there first"}
                disabled={disabled || !counts}
                {...unfocused}
                onClick={() => onToggle(region)}
                className={`ml-auto flex h-6 items-center gap-1 cursor-pointer rounded border px-2 text-[12px] disabled:cursor-default disabled:text-faint ${pressed ? "border-accent text-text" : "border-line text-dim enabled:hover:text-text"}`}
              >
                {pressed ? <Check aria-hidden size={12} /> : null}
                {place === null ? "Remove" : "Keep"}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The keys stay with the room: a press takes no focus, and Enter on one that has it settles nothing. */
const unfocused = {
  onMouseDown: (event: React.MouseEvent) => event.preventDefault(),
  onKeyDown: (event: React.KeyboardEvent) => event.key === "Enter" && event.stopPropagation(),
};

function Swatch({ place }: { place: number | null }) {
  const { colour, dashes } = place === null ? { colour: "#ffd479", dashes: undefined } : tones[toneOf(place)];
  return (
    <svg aria-hidden="true" width={18} height={12} className="shrink-0">
      <rect
        x={1}
        y={1}
        width={16}
        height={10}
        fill="none"
        stroke={colour}
        strokeWidth={1.5}
        strokeDasharray={dashes}
      />
    </svg>
  );
}
