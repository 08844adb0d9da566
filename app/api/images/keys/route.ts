import { personRoute } from "@/app/_session/route";
import { imagePageKeys } from "@/server/images/browse/queries";
import { sortOrders } from "@/server/images/browse/schema";
import { filtersOfSearch } from "@/server/images/browse/search";

/** Where the pages of a selection begin: the images page's own query string. */
export const GET = personRoute(async ({ person, request }) => {
  const params = Object.fromEntries(new URL(request.url).searchParams);
  return imagePageKeys(person, {
    filters: filtersOfSearch(params),
    sort: sortOrders.find((sort) => sort === params.sort),
  });
});
