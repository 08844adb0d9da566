"use client";

import { useMemo, useRef, useState } from "react";
import type { FilmTool } from "@/app/_viewer/film-viewport";
import { stateAt, withState } from "@/server/labels/states";
import { keyMap, lettered } from "@/server/reading/keys";
import { nextState } from "@/server/reading/rules";
import type { Room } from "@/server/reading/schema";
import { Films } from "./films";
import { FindingsPanel } from "./findings-panel";
import { Foot } from "./foot";
import { firstFilms } from "./hanging";
import { RoomKeys } from "./key-of";
import { NoStudy } from "./no-study";
import { Reveal } from "./reveal";
import { type LastRead, remarkOn } from "./room-state";
import { SkipDialog } from "./skip-dialog";
import { useFilm } from "./use-film";
import { useOverlay } from "./use-overlay";
import { useRegions } from "./use-regions";
import { useRoom } from "./use-room";
import { useRoomKeys } from "./use-room-keys";

/** Prior, current film and findings; wholly by keyboard, and nothing outshines the film. */
export function ReadingRoom({ room: given, reader }: { room: Room; reader: number }) {
  const { worklist } = given;
  const keys = useMemo(() => keyMap(given.findings, given.choices), [given]);
  const findings = useMemo(() => lettered(given.findings, keys), [given, keys]);
  const desk = useRoom(worklist, reader);
  const { room, change } = desk;
  const { phase, study, reading, last } = room;
  const film = useFilm(study);
  const overlay = useOverlay(study, film.current?.id);
  const regions = useRegions(study?.item ?? 0, reading, findings, change);
  const [skipping, setSkipping] = useState(false);
  const [hint, setHint] = useState<{ item: number; words: string } | null>(null);
  const [looking, setLooking] = useState<LastRead["study"] | null>(null);
  // Looked at until the next study ends, which is then another.
  const side = last && (looking === last.study || phase === "ended") ? last : null;
  const comment = useRef<HTMLTextAreaElement>(null);
  const remark = remarkOn(room, findings);
  const problem = desk.stuck ?? room.problem;
  const { queue, upcoming } = room;
  const ahead = useMemo(() => [...queue.flatMap(firstFilms), ...upcoming], [queue, upcoming]);

  const cycle = (position: number, back: boolean) => {
    regions.touch(position);
    setHint(null);
    setLooking(null);
    change((now) => {
      const state = nextState(stateAt(now.labels, position), back);
      return { ...now, labels: withState(now.labels, position, state) };
    });
  };
  const take = (tool: FilmTool) => {
    const marks = tool === "rectangle" || tool === "ellipse";
    const untied = marks && !regions.tied && study;
    setHint(untied ? { item: study.item, words: "A region belongs to a finding: set one first." } : null);
    if (!untied) film.take(tool);
  };
  const erase = () => {
    const image = film.current?.id;
    if (image === undefined) return;
    if (film.tool === "rectangle" || film.tool === "ellipse") regions.drop(image);
    else film.unmeasure(image);
  };
  const flag = () => change((now) => ({ ...now, flagged: !now.flagged }));
  const enter = () => {
    if (phase !== "reading") return desk.look();
    // Contradictions are asked about once; a second Enter means them.
    const contradicts = remark?.kind === "contradiction";
    if (contradicts && !remark.asked) desk.ask();
    else desk.submit(contradicts);
  };
  const skip = () => phase === "reading" && setSkipping(true);

  useRoomKeys({
    keys,
    findings,
    film,
    overlay,
    enter,
    skip,
    flag,
    cycle,
    take,
    erase,
    undo: desk.undo,
    last: () => setLooking(side ? null : (last?.study ?? null)),
    comment: () => comment.current?.focus(),
    accept: remark?.kind === "suggestion" ? () => change(remark.take) : undefined,
  });

  return (
    <RoomKeys value={keys}>
      <div
        data-theme="dark"
        className="fixed inset-0 z-20 grid grid-rows-[minmax(0,1fr)_48px] bg-black text-[13px] text-text"
      >
        <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_336px]">
          {study ? (
            <Films
              study={study}
              film={film}
              overlay={overlay}
              regions={regions}
              ahead={ahead}
              onTool={take}
              onSeen={desk.seen}
            />
          ) : (
            <NoStudy
              ended={phase === "ended"}
              name={worklist.name}
              status={room.status}
              problem={problem}
              onAgain={enter}
            />
          )}
          <aside
            aria-label={side ? "Side by side" : "Findings"}
            className="flex min-h-0 flex-col gap-2 overflow-y-auto bg-panel p-3.5"
          >
            {side ? (
              <Reveal findings={findings} last={side} />
            ) : (
              <FindingsPanel
                findings={findings}
                phase={phase}
                reading={reading}
                known={study?.known ?? null}
                remark={remark}
                regionsOf={regions.countOf}
                problem={problem ?? (hint?.item === study?.item ? (hint?.words ?? null) : null)}
                last={last}
                comment={comment}
                onCycle={cycle}
                onComment={(text) => change((now) => ({ ...now, comment: text }))}
                onFlag={flag}
                onSkip={skip}
                onEnter={enter}
              />
            )}
          </aside>
        </div>
        <Foot
          reader={reader}
          worklist={worklist}
          saved={room.saved}
          unsent={desk.unsent}
          stuck={desk.stuck !== null}
        />
        <SkipDialog
          open={skipping}
          onOpenChange={setSkipping}
          onSkip={(reason) => {
            setSkipping(false);
            desk.skip(reason);
          }}
        />
      </div>
    </RoomKeys>
  );
}
