import { personRoute } from "@/app/_session/route";
import { imageDetail } from "@/server/images/browse/detail";
import { fail } from "@/server/lib/errors";

/** Everything about one image that the person may see, for the film at the side of the images page. */
export const GET = personRoute<{ id: string }>(async ({ person, params }) => {
  if (!/^[1-9]\d{0,14}$/.test(params.id)) return fail("not-found", "There is no such image.");
  return imageDetail(person, { id: Number(params.id) });
});
