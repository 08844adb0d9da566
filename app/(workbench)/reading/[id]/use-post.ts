import { type Dispatch, useCallback, useEffect, useRef, useState } from "react";
import { connectionOrTime } from "@/app/_viewer/connection";
import type { Submitted, Taken } from "@/server/reading/schema";
import type { KeptDraft, KeptDrafts } from "./kept-draft";
import { type Answer, hindrance, mayComeRight, send } from "./line";
import type { Outbox, Parcel } from "./outbox";
import type { RoomEvent } from "./room-state";

/** Studies in hand beyond the one that is up. */
const ahead = 3;
/** A read leaves after the next film is up: even beginning to send it takes milliseconds. */
const filmFirstMs = 60;

type Props = {
  readonly reader: number;
  readonly worklist: number;
  readonly outbox: Outbox | null;
  /** Items that the room has: their studies are not sent again. */
  have(): readonly number[];
  activeMs(): number;
  /** What the browser kept of a study: the server has not got it. */
  drafts: KeptDrafts | null;
  tell: Dispatch<RoomEvent>;
};

/**
 * Everything that goes to the server and changes what a reader holds, one after the other: first what is unsent,
 * then the question what is in hand now, or an undo. Nothing that a reader does waits for it.
 */
export function usePost({ reader, worklist, outbox, have, activeMs, drafts, tell }: Props) {
  const [unsent, setUnsent] = useState(0);
  const [stuck, setStuck] = useState<string | null>(null);
  const here = useRef(false);
  const running = useRef(false);
  const wish = useRef<"take" | "undo" | null>(null);
  const count = useCallback(() => setUnsent(outbox?.list().length ?? 0), [outbox]);

  const deliver = useCallback(
    async (one: Parcel): Promise<Answer<unknown>> => {
      const answer = await send<Submitted>(reader, one.step, one.input);
      if (mayComeRight(answer) || answer === null) return answer;
      outbox?.remove(one.key);
      count();
      const { item } = one.input;
      if (answer.ok) {
        const submitted = one.step === "submit" ? answer.value : null;
        tell({ type: "acknowledged", item, submitted });
      } else {
        // What the server would not have as a read it keeps as a draft.
        const { labels, comment, flagged, regions, activeMs } = one.input;
        void send(reader, "draft", { item, labels, comment, flagged, regions, activeMs });
        tell({ type: "refused", item, problem: answer.message, again: answer.code === "invalid" });
      }
      return answer;
    },
    [reader, outbox, count, tell],
  );

  const ask = useCallback(
    async (step: "take" | "undo"): Promise<Answer<unknown>> => {
      // What is wished for while this is on its way is asked after it.
      wish.current = null;
      const answer = await send<Taken>(reader, step, { worklist, ahead, have: [...have()] });
      if (step === "take" && mayComeRight(answer)) wish.current ??= "take";
      if (answer?.ok) {
        const unsent = outbox?.list().map(({ input }) => input.item) ?? [];
        const draft = drafts?.read() ?? null;
        const given = withKept(answer.value, draft);
        if (draft && given !== answer.value) {
          void send(reader, "draft", draft).then((arrived) => arrived?.ok && drafts?.drop(draft));
        }
        if (step === "undo") tell({ type: "undone", taken: given, activeMs: activeMs() });
        else tell({ type: "taken", taken: given, unsent });
      } else if (step === "undo")
        tell({ type: "hindered", problem: hindrance(answer, "Nothing was undone.") });
      else if (!mayComeRight(answer)) tell({ type: "hindered", problem: hindrance(answer, "") });
      return step === "undo" ? { ok: true, value: null } : answer;
    },
    [reader, worklist, outbox, have, activeMs, drafts, tell],
  );

  /** Works until everything is sent and asked, as long as the room is open. */
  const pump = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    while (here.current) {
      const [one] = outbox?.list() ?? [];
      const step = wish.current;
      if (!one && !step) break;
      const answer = one ? await deliver(one) : await ask(step ?? "take");
      const later = mayComeRight(answer);
      setStuck(later ? hindrance(answer, "What you read is kept here until it can be sent.") : null);
      if (later) await connectionOrTime();
    }
    running.current = false;
  }, [outbox, deliver, ask]);

  const take = useCallback(() => {
    wish.current ??= "take";
    void pump();
  }, [pump]);

  useEffect(() => {
    here.current = true;
    count();
    take();
    // Another window may have gone on meanwhile.
    const look = () => document.visibilityState === "visible" && take();
    document.addEventListener("visibilitychange", look);
    return () => {
      here.current = false;
      document.removeEventListener("visibilitychange", look);
    };
  }, [count, take]);

  return {
    unsent,
    stuck,
    take,
    post(one: Parcel) {
      outbox?.add(one);
      count();
      setTimeout(take, filmFirstMs);
    },
    undo() {
      wish.current = "undo";
      void pump();
    },
  };
}

/** With what was typed here last, for the study that it was typed for. */
function withKept(taken: Taken, draft: KeptDraft | null): Taken {
  const { study } = taken;
  return study && draft?.item === study.item ? { ...taken, study: { ...study, draft } } : taken;
}
