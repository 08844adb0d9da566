"use client";

import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import type { Room, SkipReason } from "@/server/reading/schema";
import { keptDraftsOf } from "./kept-draft";
import { send } from "./line";
import { outboxOf, type Parcel } from "./outbox";
import { roomAfter } from "./room-after";
import { emptyRoom, type Reading, regionsThatCount } from "./room-state";
import { useActiveTime } from "./use-active-time";
import { useLease } from "./use-lease";
import { usePost } from "./use-post";

/** A film that comes up under a finger that has not left Enter yet is not read. */
const unseenMs = 1_000;

/**
 * The reading room's dealings with the server: the next study is in hand before this one ends, the end of this
 * one is sent behind the reader's back, and no read is ever lost on the way.
 */
export function useRoom(worklist: Room["worklist"], reader: number) {
  const [room, tell] = useReducer(roomAfter, emptyRoom);
  const time = useActiveTime();
  const latest = useRef(room);
  latest.current = room;
  const kept = useMemo(() => {
    if (typeof window === "undefined") return null;
    const { id } = worklist;
    return { outbox: outboxOf(localStorage, id, reader), drafts: keptDraftsOf(localStorage, id, reader) };
  }, [worklist, reader]);
  const post = usePost({
    reader,
    worklist: worklist.id,
    outbox: kept?.outbox ?? null,
    have: useCallback(() => latest.current.queue.map(({ item }) => item), []),
    activeMs: time.read,
    drafts: kept?.drafts ?? null,
    tell,
  });
  useLease(room, time, reader, kept?.drafts ?? null);

  // The clock begins anew with each film that is up.
  const { study } = room;
  const hungAt = useRef(0);
  /** The item whose film was seen last: a film in hand is drawn before this study's effects run. */
  const seenItem = useRef<number | null>(null);
  useEffect(() => {
    time.restart(study?.draft?.activeMs ?? 0);
    hungAt.current = performance.now();
  }, [study, time]);

  const said = () => ({ ...room.reading, item: study?.item ?? 0, activeMs: time.read() });
  const end = (parcel: Parcel) => {
    // In this order: until it is in the outbox, what was typed stands in the draft.
    post.post(parcel);
    kept?.drafts.drop();
    tell({ type: "ended", step: parcel.step });
  };

  return {
    room,
    unsent: post.unsent,
    stuck: post.stuck,
    /** The film that is read is on the screen. */
    seen: useCallback(() => {
      seenItem.current = latest.current.study?.item ?? null;
    }, []),
    change: useCallback((change: (reading: Reading) => Reading) => tell({ type: "changed", change }), []),
    ask: () => tell({ type: "asked" }),
    submit(confirmed: boolean) {
      const unseen = seenItem.current !== room.study?.item;
      const blinking = unseen && performance.now() - hungAt.current < unseenMs;
      if (room.phase !== "reading" || blinking) return;
      const key = crypto.randomUUID();
      const regions = [...regionsThatCount(room.reading)];
      end({ step: "submit", key, input: { ...said(), regions, key, confirmed } });
    },
    skip(reason: SkipReason) {
      if (room.phase !== "reading") return;
      const regions = [...room.reading.regions];
      end({ step: "skip", key: crypto.randomUUID(), input: { ...said(), regions, reason } });
    },
    undo() {
      if (room.typed) void send(reader, "draft", said());
      post.undo();
    },
    look: post.take,
  };
}
