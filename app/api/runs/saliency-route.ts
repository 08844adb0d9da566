import type { Person } from "@/server/auth/actor";
import { fail, type Result } from "@/server/lib/errors";
import { type SaliencyMethod, saliencyMethods } from "@/server/training/schema";
import { idOf, runRoute } from "./run-route";

type Asked = { readonly run: number; readonly image: number; readonly method?: SaliencyMethod };
type Handle = (person: Person, asked: Asked, request: Request) => Promise<Response | Result<unknown>>;

/** A route about the saliency map that its address names; without `method` it is HiResCAM. */
export function saliencyRoute(handle: Handle) {
  return runRoute<{ image: string }>(async ({ person, run, request, params }) => {
    const image = idOf(params.image);
    const asked = new URL(request.url).searchParams.get("method");
    const method = saliencyMethods.find((known) => known === asked);
    if (image === null || (asked !== null && !method)) return fail("not-found", "There is no such map.");
    return handle(person, { run, image, method }, request);
  });
}
