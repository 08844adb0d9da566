import { quarantineRoute } from "../../film-route";

export const GET = quarantineRoute("every-value");
