import { filmRoute } from "../../film-route";

export const GET = filmRoute("thumbnail", { body: true });
export const HEAD = filmRoute("thumbnail", { body: false });
