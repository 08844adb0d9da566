import { ensureEmbedded } from "@/server/db/embedded/ensure";

// A process that opens an embedded database and leaves it when its standard input ends.
const database = await ensureEmbedded(process.argv[2] ?? "");
process.stdout.write(JSON.stringify({ url: database.url, adopted: database.adopted }));
process.stdin.resume();
process.stdin.once("end", () => void database.release().then(() => process.exit(0)));
