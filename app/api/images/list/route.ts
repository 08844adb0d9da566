import { personRoute } from "@/app/_session/route";
import { listImages } from "@/server/images/browse/queries";
import { sortOrders } from "@/server/images/browse/schema";
import { filtersOfSearch } from "@/server/images/browse/search";

/** One page of images: the images page's own query string, with `after` and `upTo` as keys. */
export const GET = personRoute(async ({ person, request }) => {
  const params = Object.fromEntries(new URL(request.url).searchParams);
  return listImages(person, {
    filters: filtersOfSearch(params),
    sort: sortOrders.find((sort) => sort === params.sort),
    after: params.after ?? null,
    upTo: params.upTo ?? null,
  });
});
