"use client";

import { useCallback, useEffect, useReducer, useRef } from "react";
import type { LabelState } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import type { Adjudicated, AdjudicateInput, CaseTaken } from "@/server/reading/adjudication-schema";
import { type Answer, hindrance, mayComeRight, send } from "../line";
import { regionsThatCount } from "../room-state";
import { useActiveTime } from "../use-active-time";
import { caseAfter, noCase } from "./case-state";
import { useCaseLease } from "./use-case-lease";

const retryMs = 3_000;
const pause = () => new Promise((resolve) => setTimeout(resolve, retryMs));

/** The adjudication page's dealings with the server: one case in hand, each decision sent until it is acknowledged. */
export function useCases(worklist: number, findings: readonly Finding[], adjudicator: number) {
  const [room, tell] = useReducer(caseAfter, noCase);
  const time = useActiveTime();
  const busy = useRef(false);
  const here = useRef(false);
  useCaseLease(room, time, adjudicator);

  const insist = useCallback(
    async <Value>(step: string, input: unknown, kept: string) => {
      while (true) {
        const answer = await send<Value>(adjudicator, step, input);
        if (!mayComeRight(answer) || !here.current) return answer;
        tell({ type: "hindered", problem: hindrance(answer, kept) });
        await pause();
      }
    },
    [adjudicator],
  );

  const hang = useCallback(
    (answer: Answer<CaseTaken>, problem?: string) => {
      if (answer?.ok) {
        time.restart(0);
        tell({ type: "hung", taken: answer.value, findings, problem });
      } else tell({ type: "hindered", problem: hindrance(answer, "") });
    },
    [findings, time],
  );

  const take = useCallback(
    async (more: { after?: number } = {}) => hang(await insist("take-case", { worklist, ...more }, "")),
    [hang, insist, worklist],
  );

  /** One step at a time: a double press does it once. */
  const alone = useCallback(async (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    await work().finally(() => {
      busy.current = false;
    });
  }, []);

  useEffect(() => {
    here.current = true;
    void alone(take);
    return () => {
      here.current = false;
    };
  }, [alone, take]);

  const { held, decision } = room;
  return {
    room,
    tell,
    take: (position: number, state: LabelState) => tell({ type: "sided", position, state }),
    letter: (position: number) => tell({ type: "lettered", position }),
    comment: (comment: string) => tell({ type: "commented", comment }),
    move: (by: number) => tell({ type: "moved", by }),
    incomplete: () => tell({ type: "incomplete" }),
    ask: () => tell({ type: "asked" }),
    next: () => alone(take),
    later: () => alone(async () => (held ? take({ after: held.position }) : take())),
    submit: (confirmed: boolean) =>
      alone(async () => {
        if (!held) return;
        const { labels, comment } = decision;
        const regions = regionsThatCount({ ...decision, flagged: false });
        const input: AdjudicateInput = {
          item: held.study.item,
          key: crypto.randomUUID(),
          labels,
          comment,
          regions: [...regions],
          reads: held.reads.map(({ id }) => id),
          activeMs: time.read(),
          confirmed,
        };
        tell({ type: "sent" });
        const answer = await insist<Adjudicated>("adjudicate", input, "Your decision is kept here.");
        if (answer?.ok) await take();
        else if (answer) {
          tell({ type: "refused", problem: answer.message, lost: answer.code !== "invalid" });
        }
      }),
    undo: () =>
      alone(async () => {
        const answer = await send<CaseTaken>(adjudicator, "undo-adjudication", { worklist });
        if (answer?.ok) hang(answer);
        else tell({ type: "hindered", problem: hindrance(answer, "Nothing was undone.") });
      }),
  };
}
