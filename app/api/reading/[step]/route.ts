import { personRoute } from "@/app/_session/route";
import type { Person } from "@/server/auth/actor";
import { fail, type Result } from "@/server/lib/errors";
import { adjudicate } from "@/server/reading/adjudicate";
import { keepCase, leaveCase } from "@/server/reading/adjudication-hold";
import { takeCase } from "@/server/reading/adjudication-take";
import { undoAdjudication } from "@/server/reading/adjudication-undo";
import { heartbeat, leaveStudy, saveDraft } from "@/server/reading/hold";
import { myProgress } from "@/server/reading/queries";
import { skipStudy } from "@/server/reading/skip";
import { submitRead } from "@/server/reading/submit";
import { takeNext } from "@/server/reading/take-next";
import { undoRead } from "@/server/reading/undo";

// What the reading room sends is checked by the commands; here it is only what came over the line.
type Step = (person: Person, input: never) => Promise<Result<unknown>>;

const steps: Readonly<Record<string, Step>> = {
  take: takeNext,
  draft: saveDraft,
  heartbeat,
  leave: leaveStudy,
  submit: submitRead,
  skip: skipStudy,
  undo: undoRead,
  progress: myProgress,
  "take-case": takeCase,
  "keep-case": keepCase,
  "leave-case": leaveCase,
  adjudicate,
  "undo-adjudication": undoAdjudication,
};

/**
 * One step of the reading room: `POST /api/reading/submit` with the step's input as JSON. `X-Reader` names whose
 * room it is: when somebody else has signed in since, in the same browser, her session ends nobody's read.
 */
export const POST = personRoute<{ step: string }>(async ({ person, request, params }) => {
  const step = Object.hasOwn(steps, params.step) ? steps[params.step] : undefined;
  if (!step) return fail("not-found", "There is no such step.");
  const reader = request.headers.get("x-reader");
  if (reader !== null && reader !== String(person.userId)) {
    return fail("unauthenticated", "Somebody else is signed in here now.", { session: "somebody else" });
  }
  const input: unknown = await request.json().catch(() => null);
  return step(person, input as never);
});
