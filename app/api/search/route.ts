import { personRoute } from "@/app/_session/route";
import { search } from "@/server/admin/search";

export const GET = personRoute(({ person, request }) =>
  search(person, { text: new URL(request.url).searchParams.get("text") ?? "" }),
);
