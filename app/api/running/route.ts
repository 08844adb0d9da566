import { personRoute } from "@/app/_session/route";
import { runningJobs } from "@/server/admin/running";

export const GET = personRoute(({ person }) => runningJobs(person, {}));
