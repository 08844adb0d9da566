import { filmRoute } from "../film-route";

export const GET = filmRoute("film", { body: true });
export const HEAD = filmRoute("film", { body: false });
