import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { ExpectedFailure } from "@/server/lib/errors";
import { addonFile } from "./cache";
import { enginePackage } from "./link";

const run = promisify(execFile);

export type Compiler = { readonly program: string; readonly version: string };

/**
 * The C++ compiler of this machine and how it names itself.
 * @throws ExpectedFailure "unavailable" when there is none
 */
export async function findCompiler(): Promise<Compiler> {
  for (const program of ["g++", "clang++", "c++"]) {
    const said = await run(program, ["--version"]).catch(() => null);
    const [version] = said?.stdout.split("\n") ?? [];
    if (version) return { program, version };
  }
  throw new ExpectedFailure(
    "unavailable",
    "The native engine needs a C++ compiler and there is none (Debian: apt-get install g++; macOS: xcode-select --install).",
  );
}

/**
 * Compiles tfjs-node's two sources against the libraries that lie in `folder/tensorflow`, into the folder. The
 * addon finds them beside itself, so the folder may be moved, and by N-API it serves every Node.
 * @throws ExpectedFailure "unavailable" with the compiler's first error
 */
export async function compileAddon(
  folder: string,
  libraries: readonly string[],
  program: string,
  signal: AbortSignal,
): Promise<void> {
  const binding = path.join(enginePackage(), "binding");
  const headers = path.dirname(createRequire(import.meta.url).resolve("node-api-headers/package.json"));
  const mac = process.platform === "darwin";
  const parameters = [
    "-O2",
    "-shared",
    "-fPIC",
    "-std=c++17",
    "-DNAPI_VERSION=8",
    `-I${path.join(folder, "tensorflow", "include")}`,
    `-I${path.join(headers, "include")}`,
    ...["tfjs_backend.cc", "tfjs_binding.cc"].map((source) => path.join(binding, source)),
    ...libraries.map((library) => path.join(folder, "tensorflow", library)),
    // Node's own symbols, and CUDA's under the libraries, are there only when it runs.
    ...(mac ? ["-undefined", "dynamic_lookup"] : ["-Wl,--allow-shlib-undefined"]),
    `-Wl,-rpath,${mac ? "@loader_path" : "$ORIGIN"}/tensorflow`,
    "-o",
    path.join(folder, addonFile),
  ];
  try {
    await run(program, parameters, { signal });
  } catch (cause) {
    if (signal.aborted) throw cause;
    const { stderr = "" } = cause as { stderr?: string };
    const line = stderr.split("\n").find((text) => /error/i.test(text)) ?? `${program} failed`;
    throw new ExpectedFailure("unavailable", `The native engine did not compile: ${line.trim()}`, undefined, {
      cause,
    });
  }
}
