"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Room, RoomStudy, Submitted, Taken } from "@/server/reading/schema";
import { type Answer, send, sendLeaving } from "./line";
import { readOutbox, type Unsent, writeOutbox } from "./outbox";
import { useActiveTime } from "./use-active-time";

export type Reading = { readonly labels: string; readonly comment: string; readonly flagged: boolean };
export type Phase = "loading" | "reading" | "sending" | "revealed" | "ended";

const blank: Reading = { labels: "", comment: "", flagged: false };
const retryMs = 3_000;
const heartbeatMs = 60_000;
const draftMs = 600;

/** The reading room's dealings with the server: one study held at a time, drafts, submissions that are kept. */
export function useRoom({ worklist }: Room, reader: number) {
  const [phase, setPhase] = useState<Phase>("loading");
  const [study, setStudy] = useState<RoomStudy | null>(null);
  const [upcoming, setUpcoming] = useState<readonly number[]>([]);
  const [reading, setReading] = useState<Reading>(blank);
  const [submitted, setSubmitted] = useState<Submitted | null>(null);
  const [unsent, setUnsent] = useState<readonly Unsent[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const time = useActiveTime();
  const busy = useRef(false);

  const hang = useCallback(
    (taken: Answer<Taken>) => {
      if (taken === null || !taken.ok) {
        setProblem(taken === null ? "The server cannot be reached. Trying again …" : taken.message);
        return taken === null;
      }
      const { study: next, upcoming: ahead } = taken.value;
      setProblem(null);
      setSubmitted(null);
      setStudy(next);
      setUpcoming(ahead);
      setReading(next?.draft ?? blank);
      time.restart(next?.draft?.activeMs ?? 0);
      setPhase(next ? "reading" : "ended");
      return false;
    },
    [time],
  );

  const step = useCallback(
    async (name: "take" | "undo") => {
      if (busy.current) return;
      busy.current = true;
      try {
        while (hang(await send<Taken>(name, { worklist: worklist.id }))) {
          await new Promise((resolve) => setTimeout(resolve, retryMs));
        }
      } finally {
        busy.current = false;
      }
    },
    [hang, worklist.id],
  );

  const deliver = useCallback(
    async (queue: readonly Unsent[]) => {
      let left = queue;
      for (const one of queue) {
        const answer = await send<Submitted>("submit", one);
        if (answer === null) return false;
        left = left.filter((other) => other.key !== one.key);
        writeOutbox(worklist.id, reader, left);
        setUnsent(left);
        if (answer.ok) {
          setSubmitted(answer.value);
          setPhase("revealed");
        } else {
          setProblem(answer.message);
          setPhase("reading");
        }
      }
      return true;
    },
    [reader, worklist.id],
  );

  useEffect(() => {
    const kept = readOutbox(worklist.id, reader);
    setUnsent(kept);
    void (async () => {
      while (!(await deliver(readOutbox(worklist.id, reader)))) {
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
      await step("take");
    })();
  }, [deliver, reader, step, worklist.id]);

  const item = phase === "reading" ? (study?.item ?? null) : null;
  useEffect(() => {
    if (item === null) return;
    const leave = () => sendLeaving(item);
    const beat = setInterval(() => void send("heartbeat", { item }), heartbeatMs);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(beat);
      window.removeEventListener("pagehide", leave);
    };
  }, [item]);

  const typed = useRef(false);
  useEffect(() => {
    if (item === null || !typed.current) return;
    const timer = setTimeout(() => {
      typed.current = false;
      void send("draft", { item, ...reading, activeMs: time.read() });
    }, draftMs);
    return () => clearTimeout(timer);
  }, [item, reading, time]);

  const change = useCallback((next: (reading: Reading) => Reading) => {
    typed.current = true;
    setReading(next);
  }, []);

  const submit = useCallback(
    async (confirmed: boolean) => {
      if (!study || phase !== "reading") return;
      setPhase("sending");
      setProblem(null);
      const one: Unsent = {
        item: study.item,
        key: crypto.randomUUID(),
        ...reading,
        activeMs: time.read(),
        confirmed,
      };
      const queue = [...readOutbox(worklist.id, reader), one];
      writeOutbox(worklist.id, reader, queue);
      setUnsent(queue);
      while (!(await deliver(readOutbox(worklist.id, reader)))) {
        setProblem("The server cannot be reached. Your read is kept here and sent as soon as it can be.");
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    },
    [deliver, phase, reader, reading, study, time, worklist.id],
  );

  const skip = useCallback(
    async (reason: string) => {
      if (!study) return;
      const answer = await send("skip", { item: study.item, reason, ...reading, activeMs: time.read() });
      if (answer?.ok) await step("take");
      else setProblem(answer?.message ?? "The server cannot be reached. Nothing was skipped.");
    },
    [reading, step, study, time],
  );

  const next = useCallback(() => step("take"), [step]);
  const undo = useCallback(() => step("undo"), [step]);
  return {
    phase,
    study,
    upcoming,
    reading,
    submitted,
    unsent: unsent.length,
    problem,
    change,
    submit,
    skip,
    next,
    undo,
  };
}
