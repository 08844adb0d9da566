import { personRoute } from "@/app/_session/route";
import { runningJobs } from "@/server/admin/running";

/** Asked by every open page every few seconds. */
export const GET = personRoute(({ person }) => runningJobs(person, {}), { passive: true });
