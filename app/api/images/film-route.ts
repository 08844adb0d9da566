import { personRoute } from "@/app/_session/route";
import { filmFile } from "@/server/images/browse/film";
import { filmResponse } from "@/server/images/browse/film-response";
import { fail } from "@/server/lib/errors";
import { idOf } from "../runs/run-route";

/** Sends one variant of an image's film. An id that is no number is as unknown as any other. */
export function filmRoute(variant: "film" | "full" | "thumbnail", { body }: { readonly body: boolean }) {
  return personRoute<{ id: string }>(async ({ person, request, params }) => {
    const id = idOf(params.id);
    if (id === null) return fail("not-found", "There is no such image.");
    const file = await filmFile(person, { id, variant, viewed: body });
    if (!file.ok) return file;
    return filmResponse(file.value, { ifNoneMatch: request.headers.get("if-none-match"), body });
  });
}
