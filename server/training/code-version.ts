import { execFile } from "node:child_process";
import { promisify } from "node:util";
import packageFile from "@/package.json";

let known: Promise<string> | undefined;

/**
 * The code that this process runs: the package's version, with the git commit where it runs from a checkout,
 * and a plus where that checkout was changed. Asked in the worker: its code is what trains.
 */
export function codeVersion(): Promise<string> {
  known ??= readVersion();
  return known;
}

async function readVersion(): Promise<string> {
  const git = async (...parameters: string[]) => {
    const { stdout } = await promisify(execFile)("git", parameters, { cwd: import.meta.dirname });
    return stdout.trim();
  };
  try {
    // Inside somebody else's checkout (node_modules) this file is not tracked, and the commit is not ours.
    await git("ls-files", "--error-unmatch", "code-version.ts");
    const commit = await git("rev-parse", "--short=12", "HEAD");
    const changed = (await git("status", "--porcelain", "--untracked-files=no", "--", ".", "../ml")) !== "";
    return `${packageFile.version} ${commit}${changed ? "+" : ""}`;
  } catch {
    // Installed from a package, or no git here.
    return packageFile.version;
  }
}
