"use client";

import { useMemo, useRef, useState } from "react";
import type { FilmTool } from "@/app/_viewer/film-viewport";
import { sidesOf } from "@/server/reading/adjudication-rules";
import { keyMap, lettered } from "@/server/reading/keys";
import { contradictions } from "@/server/reading/rules";
import type { Room } from "@/server/reading/schema";
import { Films } from "../films";
import { RoomKeys } from "../key-of";
import { useFilm } from "../use-film";
import { useOverlay } from "../use-overlay";
import type { Regions } from "../use-regions";
import { CaseFoot } from "./case-foot";
import { CasePanel } from "./case-panel";
import { toggled } from "./case-regions";
import { unsettled } from "./case-state";
import { layOver } from "./lay-over";
import { NoCase } from "./no-case";
import { useCaseKeys } from "./use-case-keys";
import { useCaseRegions } from "./use-case-regions";
import { useCases } from "./use-cases";

/** The film, and beside it what its readers differ on; wholly by keyboard. */
export function AdjudicationRoom({ room: given, adjudicator }: Props) {
  const { worklist } = given;
  const keys = useMemo(() => keyMap(given.findings, given.choices), [given]);
  const findings = useMemo(() => lettered(given.findings, keys), [given, keys]);
  const desk = useCases(worklist.id, findings, adjudicator);
  const { room } = desk;
  const { phase, held, rows, decision, at } = room;
  const regions = useCaseRegions(room, findings, desk.tell);
  const film = useFilm(held?.study ?? null);
  const overlay = useOverlay(held?.study ?? null, film.current?.id);
  const [unfolded, setUnfolded] = useState(false);
  const [hint, setHint] = useState<string | null>(null);
  const comment = useRef<HTMLTextAreaElement>(null);
  const agreed = findings.filter((finding) => !rows.includes(finding));
  const clash = phase === "deciding" ? contradictions(decision.labels, findings)[0] : undefined;

  const side = (which: 0 | 1, position = at) => {
    const state = position === null ? undefined : sidesOf(held?.reads ?? [], position)?.[which];
    if (position === null || !state) return;
    setHint(null);
    desk.take(position, state);
  };
  const letter = (position: number) => {
    setHint(null);
    if (agreed.some((finding) => finding.position === position)) setUnfolded(true);
    desk.letter(position);
  };
  const take = (tool: FilmTool) => {
    const draws = tool === "rectangle" || tool === "ellipse";
    const untied = draws && !regions.onFilm.tied;
    setHint(untied ? "A region belongs to a finding that is, or may be, there: decide one first." : null);
    if (!untied) film.take(tool);
  };
  const erase = () => {
    if (!film.current) return;
    const { lengths, heart } = film.measuresOf(film.current.id);
    if (heart || lengths.length > 0) film.unmeasure(film.current.id);
    else regions.onFilm.drop(film.current.id);
  };
  // One region at a time: the arrows take sides again after it.
  const draw: Regions["draw"] = (image, tool, line) => {
    regions.onFilm.draw(image, tool, line);
    film.take("window");
  };
  const enter = () => {
    if (phase === "lost" || phase === "ended") void desk.next();
    if (phase !== "deciding") return;
    if (unsettled(room).length > 0) desk.incomplete();
    // Contradictions are asked about once; a second Enter means them.
    else if (clash && !room.asked) desk.ask();
    else void desk.submit(clash !== undefined);
  };
  const fold = () => setUnfolded((now) => !now);
  const later = () => void desk.later();

  useCaseKeys({
    keys,
    rows,
    agreed,
    film,
    overlay,
    side,
    letter,
    enter,
    later,
    fold,
    take,
    move: desk.move,
    undo: () => void desk.undo(),
    comment: () => comment.current?.focus(),
    erase,
    keepNext: () => desk.tell({ type: "kept-next" }),
    layOver: () => layOver(overlay, regions),
  });

  return (
    <RoomKeys value={keys}>
      <div
        data-theme="dark"
        className="fixed inset-0 z-20 grid grid-rows-[minmax(0,1fr)_48px] bg-black text-[13px] text-text"
      >
        <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_384px]">
          {held ? (
            <Films
              study={held.study}
              film={film}
              overlay={overlay}
              regions={{ ...regions.onFilm, draw }}
              ahead={room.upcoming}
              onTool={take}
            />
          ) : (
            <NoCase room={room} name={worklist.name} onAgain={enter} />
          )}
          <aside
            aria-label="Disagreements"
            className="flex min-h-0 flex-col gap-2 overflow-y-auto bg-panel p-3.5"
          >
            {held ? (
              <CasePanel
                room={room}
                held={held}
                agreed={agreed}
                findings={findings}
                regions={regions}
                unfolded={unfolded}
                clash={clash?.text ?? null}
                hint={hint}
                comment={comment}
                onRegion={(region) => desk.tell({ type: "drawn", change: (now) => toggled(now, region) })}
                onSide={side}
                onLetter={letter}
                onFold={fold}
                onComment={desk.comment}
                onLater={later}
                onEnter={enter}
              />
            ) : null}
          </aside>
        </div>
        <CaseFoot name={worklist.name} room={room} />
      </div>
    </RoomKeys>
  );
}

type Props = { room: Room; adjudicator: number };
