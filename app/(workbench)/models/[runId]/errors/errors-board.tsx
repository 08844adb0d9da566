"use client";

import { type ReactNode, Suspense, useRef } from "react";
import { LinkButton } from "@/app/_components/button";
import { Kbd } from "@/app/_components/kbd";
import type { ErrorCase } from "@/server/models/schema";
import { ErrorSide } from "./error-side";
import { ErrorTile } from "./error-tile";
import { type Measures, RunMeasures } from "./saliency-measures";
import { useBoard } from "./use-board";

type Props = {
  run: number;
  classes: readonly string[];
  cases: readonly ErrorCase[];
  /** Address of the next page. */
  more: string | null;
  /** The image that the address names. */
  open: number | null;
  maySend: boolean;
  measures: Measures;
  head: ReactNode;
  chips: ReactNode;
};

/** The misclassified films, worst first, and the one that is looked at beside them. */
export function ErrorsBoard(props: Props) {
  const { run, classes, cases, more, open, maySend, measures, head, chips } = props;
  const grid = useRef<HTMLUListElement>(null);
  const board = useBoard(cases, open, grid);
  const current = cases[board.current];
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[1fr_404px]">
      <div className="flex min-w-0 flex-col gap-3.5">
        {head}
        <Suspense>
          <RunMeasures measures={measures} />
        </Suspense>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          {chips}
          <div className="flex items-center gap-3 text-dim">
            <button
              type="button"
              aria-pressed={board.overlay}
              onClick={() => board.setOverlay(!board.overlay)}
              className={`inline-flex items-center gap-1.5 hover:text-text ${board.overlay ? "text-text" : ""}`}
            >
              overlay {board.overlay ? "on" : "off"} <Kbd keys="H" />
            </button>
            <span>worst first</span>
          </div>
        </div>
        {cases.length === 0 ? <p className="py-8 text-dim">No error is of this kind.</p> : null}
        <ul
          ref={grid}
          aria-label="Misclassified films, worst first"
          className="grid grid-cols-[repeat(auto-fill,minmax(176px,1fr))] gap-2.5"
        >
          {cases.map((error, at) => (
            <ErrorTile
              key={error.image}
              run={run}
              error={error}
              classes={classes}
              isCurrent={at === board.current}
              isChosen={board.chosen.has(error.image)}
              opacity={board.overlay ? board.opacity : 0}
              onShow={() => board.show(at)}
              onToggle={maySend ? () => board.toggle(error.image) : undefined}
            />
          ))}
        </ul>
        {more ? (
          <div>
            <LinkButton href={more}>More errors</LinkButton>
          </div>
        ) : null}
      </div>
      {current ? (
        <ErrorSide
          run={run}
          error={current}
          classes={classes}
          measures={measures}
          overlay={board.overlay}
          opacity={board.opacity}
          onOpacity={(value) => {
            board.setOpacity(value);
            board.setOverlay(true);
          }}
          chosen={maySend ? [...board.chosen] : null}
          onSent={board.clear}
        />
      ) : null}
    </div>
  );
}
