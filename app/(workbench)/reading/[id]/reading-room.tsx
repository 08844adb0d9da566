"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { useRef, useState } from "react";
import { Kbd } from "@/app/_components/kbd";
import { type PageKey, usePageKeys } from "@/app/_components/page-keys";
import { asStored, type FilmSettings, windowPresets } from "@/app/_viewer/film-settings";
import { stateAt, withState } from "@/server/labels/states";
import { accepted, contradictions, nextState, suggestions } from "@/server/reading/rules";
import type { Room } from "@/server/reading/schema";
import { Films } from "./films";
import { FindingsPanel } from "./findings-panel";
import { Foot } from "./foot";
import { Reveal } from "./reveal";
import { SkipDialog } from "./skip-dialog";
import { useRoom } from "./use-room";

/** Prior, current film and findings; wholly by keyboard. */
export function ReadingRoom({ room, reader }: { room: Room; reader: number }) {
  const { worklist, findings } = room;
  const desk = useRoom(room, reader);
  const { phase, study, reading } = desk;
  const [asked, setAsked] = useState<string | null>(null);
  const [skipping, setSkipping] = useState(false);
  const [inverted, setInverted] = useState(false);
  const [film, setFilm] = useState({ item: 0, at: 0 });
  const [seen, setSeen] = useState({ film: 0, settings: asStored });
  const comment = useRef<HTMLTextAreaElement>(null);
  const images = study?.images ?? [];
  const at = film.item === study?.item ? Math.min(film.at, images.length - 1) : 0;
  const shown = images[at]?.id ?? 0;
  // Every film begins as stored.
  const settings = seen.film === shown ? seen.settings : asStored;
  const look = (next: (settings: FilmSettings) => FilmSettings) =>
    setSeen({ film: shown, settings: next(settings) });
  const open = phase === "reading";
  const clashes = open ? contradictions(reading.labels, findings) : [];
  const [suggestion] = open ? suggestions(reading.labels, findings) : [];

  const cycle = (position: number, back: boolean) => {
    setAsked(null);
    desk.change((now) => {
      const state = nextState(stateAt(now.labels, position), back);
      return { ...now, labels: withState(now.labels, position, state) };
    });
  };
  const enter = () => {
    if (phase === "revealed") return void desk.next();
    if (!open) return;
    // Contradictions are asked about once; a second Enter means them.
    if (clashes.length > 0 && asked !== reading.labels) return setAsked(reading.labels);
    void desk.submit(clashes.length > 0);
  };
  const turn = (by: number) =>
    study && setFilm({ item: study.item, at: Math.max(0, Math.min(at + by, images.length - 1)) });

  const whenOpen = (run: () => void) => () => {
    if (open) run();
  };
  const keys: PageKey[] = [
    { keys: "Enter", does: phase === "revealed" ? "next study" : "submit, then next study", run: enter },
    { keys: "U", does: "undo the last read or skip", run: () => void desk.undo() },
    { keys: "S", does: "skip, with a reason", run: whenOpen(() => setSkipping(true)) },
    {
      keys: "F",
      does: "flag",
      run: whenOpen(() => desk.change((now) => ({ ...now, flagged: !now.flagged }))),
    },
    { keys: "M", does: "comment; Escape leaves it", run: whenOpen(() => comment.current?.focus()) },
    { keys: "I", does: "invert the film", run: () => setInverted((now) => !now) },
    ...windowPresets.map(({ name, window, level }, place) => ({
      keys: String(place + 1),
      does: `window: ${name.toLowerCase()}`,
      run: () => look((now) => ({ ...now, window, level })),
    })),
    { keys: "ArrowRight", does: "next film of the study", run: () => turn(1) },
    { keys: "ArrowLeft", does: "film before", run: () => turn(-1) },
    {
      keys: "Tab",
      does: "take up the suggestion",
      run: suggestion
        ? whenOpen(() => desk.change((now) => ({ ...now, labels: accepted(now.labels, suggestion) })))
        : undefined,
    },
  ];
  usePageKeys("Reading", keys);
  usePageKeys(
    "Findings: blank, positive, negative, uncertain; with Shift back",
    findings.flatMap(({ key, name, position }) => [
      { keys: key, does: name, run: whenOpen(() => cycle(position, false)) },
      { keys: `Shift ${key}`, does: `${name}, back`, run: whenOpen(() => cycle(position, true)) },
    ]),
  );

  return (
    <div
      data-theme="dark"
      className="fixed inset-0 z-20 grid grid-rows-[1fr_48px] bg-black text-[13px] text-text"
    >
      <div className="grid min-h-0 grid-cols-[1fr_336px]">
        {study ? (
          <Films
            study={study}
            at={at}
            onTurn={turn}
            inverted={inverted}
            settings={settings}
            onSettings={look}
            upcoming={desk.upcoming}
          />
        ) : (
          <div className="grid place-items-center bg-black text-dim" aria-live="polite">
            {phase === "ended" ? (
              <Ended name={worklist.name} />
            ) : (
              (desk.problem ?? "Hanging the next study …")
            )}
          </div>
        )}
        <aside className="flex min-h-0 flex-col gap-2 overflow-y-auto bg-panel px-3.5 pt-3.5 pb-3.5">
          {study && phase === "revealed" && desk.submitted ? (
            <Reveal
              findings={findings}
              mine={desk.submitted.labels}
              known={desk.submitted.known}
              onNext={enter}
            />
          ) : (
            <FindingsPanel
              findings={findings}
              reading={reading}
              known={study?.known ?? null}
              open={open}
              sending={phase === "sending"}
              note={
                asked === reading.labels && clashes[0]
                  ? `${clashes[0].text}. Enter again if you mean it.`
                  : clashes[0]?.text
              }
              suggestion={suggestion?.text}
              problem={desk.problem}
              comment={comment}
              onCycle={cycle}
              onComment={(text) => desk.change((now) => ({ ...now, comment: text }))}
              onFlag={() => desk.change((now) => ({ ...now, flagged: !now.flagged }))}
              onSkip={() => setSkipping(true)}
              onSubmit={enter}
            />
          )}
        </aside>
      </div>
      <Foot worklist={worklist} turn={`${study?.item ?? 0}-${phase}`} unsent={desk.unsent} />
      <Link
        href={`/reading/${worklist.id}/progress`}
        aria-label="Leave the reading room"
        className="absolute right-[348px] bottom-[58px] grid size-7 place-items-center rounded-md text-faint hover:text-text"
      >
        <X aria-hidden size={16} />
      </Link>
      <SkipDialog
        open={skipping}
        onOpenChange={setSkipping}
        onSkip={(reason) => {
          setSkipping(false);
          void desk.skip(reason);
        }}
      />
    </div>
  );
}

function Ended({ name }: { name: string }) {
  return (
    <div className="flex flex-col items-center gap-2">
      <p className="text-[16px] text-text">Nothing is left for you in “{name}”.</p>
      <p>
        <Kbd>U</Kbd> takes back your last read.
      </p>
      <Link href="/reading" className="text-accent hover:underline">
        All worklists
      </Link>
    </div>
  );
}
