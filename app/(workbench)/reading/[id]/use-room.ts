"use client";

import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import type { Room, SubmitInput, Submitted, Taken } from "@/server/reading/schema";
import { type Answer, mayComeRight, send } from "./line";
import { outboxOf } from "./outbox";
import { emptyRoom, type Reading, regionsThatCount, roomAfter } from "./room-state";
import { useActiveTime } from "./use-active-time";
import { useLease } from "./use-lease";

const retryMs = 3_000;
const pause = () => new Promise((resolve) => setTimeout(resolve, retryMs));

/** The reading room's dealings with the server: one study in hand, and no read ever lost on the way. */
export function useRoom(worklist: Room["worklist"], reader: number) {
  const [room, tell] = useReducer(roomAfter, emptyRoom);
  const [unsent, setUnsent] = useState(0);
  const time = useActiveTime();
  const busy = useRef(false);
  const here = useRef(false);
  useLease(room, time, reader);

  const outbox = useMemo(
    () => (typeof window === "undefined" ? null : outboxOf(localStorage, worklist.id, reader)),
    [worklist.id, reader],
  );

  const hang = useCallback(
    (taken: Taken, problem?: string) => {
      time.restart(taken.study?.draft?.activeMs ?? 0);
      tell({ type: "hung", taken, problem });
    },
    [time],
  );

  /** Sends a step until the server has given an answer that stays, or the reader has left. */
  const insist = useCallback(
    async <Value>(step: string, input: unknown, kept: string) => {
      while (true) {
        const answer = await send<Value>(reader, step, input);
        if (!mayComeRight(answer) || !here.current) return answer;
        tell({ type: "hindered", problem: hindrance(answer, kept) });
        await pause();
      }
    },
    [reader],
  );

  const deliver = useCallback(
    async (one: SubmitInput) => {
      const answer = await insist<Submitted>("submit", one, "Your read is kept here until it can be sent.");
      if (!mayComeRight(answer)) outbox?.remove(one.key);
      setUnsent(outbox?.list().length ?? 0);
      return answer;
    },
    [insist, outbox],
  );

  /** What the server would not have as a read, it keeps as a draft. */
  const keep = useCallback(
    ({ item, labels, comment, flagged, regions, activeMs }: SubmitInput) =>
      void send(reader, "draft", { item, labels, comment, flagged, regions, activeMs }),
    [reader],
  );

  const take = useCallback(
    async (problem?: string) => {
      const answer = await insist<Taken>("take", { worklist: worklist.id }, "");
      if (answer?.ok) hang(answer.value, problem);
      else if (answer) tell({ type: "hindered", problem: answer.message });
    },
    [hang, insist, worklist.id],
  );

  useEffect(() => {
    here.current = true;
    // React mounts twice in development; the study is taken once.
    if (!busy.current) {
      busy.current = true;
      void (async () => {
        const refused = await deliverAll(outbox?.list() ?? [], keep, deliver);
        await take(refused ?? undefined);
        busy.current = false;
      })();
    }
    return () => {
      here.current = false;
    };
  }, [deliver, keep, outbox, take]);

  const alone = useCallback(async (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    await work().finally(() => {
      busy.current = false;
    });
  }, []);

  const { study, reading, waiting } = room;
  const submit = (confirmed: boolean) =>
    alone(async () => {
      if (!study) return;
      const key = crypto.randomUUID();
      const regions = [...regionsThatCount(reading)];
      const one = { item: study.item, key, ...reading, regions, activeMs: time.read(), confirmed };
      outbox?.add(one);
      setUnsent(outbox?.list().length ?? 1);
      tell({ type: "sent" });
      const answer = await deliver(one);
      if (answer?.ok) {
        tell({ type: "revealed", submitted: answer.value });
        void send<Taken>(reader, "take", { worklist: worklist.id }).then((next) => {
          if (next?.ok) tell({ type: "waiting", taken: next.value });
        });
      } else if (answer) {
        const lost = answer.code !== "invalid";
        if (lost) keep(one);
        tell({ type: "refused", problem: answer.message, lost });
      }
    });

  return {
    room,
    unsent,
    change: (change: (reading: Reading) => Reading) => tell({ type: "changed", change }),
    ask: () => tell({ type: "asked" }),
    submit,
    next: () => alone(async () => (waiting ? hang(waiting) : take())),
    skip: (reason: string) =>
      alone(async () => {
        if (!study) return;
        const input = { item: study.item, reason, ...reading, activeMs: time.read() };
        const answer = await send(reader, "skip", input);
        if (answer?.ok) await take();
        else tell({ type: "hindered", problem: hindrance(answer, "Nothing was skipped.") });
      }),
    undo: () =>
      alone(async () => {
        const answer = await send<Taken>(reader, "undo", { worklist: worklist.id });
        if (answer?.ok) hang(answer.value);
        else tell({ type: "hindered", problem: hindrance(answer, "Nothing was undone.") });
      }),
  };
}

/** Sends what an earlier visit left; says so when the server would not have one of them. */
async function deliverAll(
  unsent: readonly SubmitInput[],
  keep: (refused: SubmitInput) => void,
  deliver: (one: SubmitInput) => Promise<Answer<Submitted>>,
): Promise<string | null> {
  let refused: string | null = null;
  for (const one of unsent) {
    const answer = await deliver(one);
    if (answer === null || answer.ok) continue;
    keep(one);
    refused = `A read of your last visit was not taken: ${answer.message} What you typed is kept with that study.`;
  }
  return refused;
}

function hindrance(answer: Answer<unknown>, kept: string): string {
  if (answer === null) return `The server cannot be reached. ${kept}`.trim();
  if (answer.ok) return kept;
  const signedOut = answer.code === "unauthenticated";
  const why = signedOut ? "You are signed out here; sign in again in another tab." : answer.message;
  return `${why} ${kept}`.trim();
}
