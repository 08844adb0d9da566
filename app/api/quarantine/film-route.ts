import { personRoute } from "@/app/_session/route";
import { quarantinedFilm } from "@/server/datasets/quarantine/queries";
import { filmResponse } from "@/server/images/browse/film-response";
import { fail } from "@/server/lib/errors";

/** Sends one variant of a film in quarantine, to who may decide about it and to nobody else. */
export function quarantineRoute(variant: "film" | "thumbnail" | "every-value") {
  return personRoute<{ id: string }>(async ({ person, request, params }) => {
    if (!/^[1-9]\d{0,14}$/.test(params.id)) return fail("not-found", "There is no such film in quarantine.");
    const film = await quarantinedFilm(person, { id: Number(params.id), variant });
    if (!film.ok) return film;
    const response = await filmResponse(film.value, {
      ifNoneMatch: request.headers.get("if-none-match"),
      body: true,
    });
    // Once it was decided about, no copy of it may come back from the browser.
    response.headers.set("Cache-Control", "private, no-store");
    return response;
  });
}
