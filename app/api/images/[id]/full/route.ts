import { filmRoute } from "../../film-route";

export const GET = filmRoute("full", { body: true });
