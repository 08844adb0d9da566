import { ensureBuild } from "./web-build";

await ensureBuild();
