import { type Command, Option } from "commander";
import { tensorflowVersion } from "@/server/engine/build";
import { chooseFlavour } from "@/server/engine/cache";
import { type ExaminedEngine, examineEngine, speedText } from "@/server/engine/examine";
import { buildForThisMachine, installEngine } from "@/server/engine/install";
import { unlinkAddon } from "@/server/engine/link";
import { env } from "@/server/lib/env";
import { ExpectedFailure, ok } from "@/server/lib/errors";
import { machineVerb } from "../context";
import { downloadBars } from "../download-bars";

const notKept = "The choice cannot be kept, as the cache is not writable: the next set-up chooses by itself.";

type Flags = { readonly cpu?: boolean; readonly gpu?: boolean; readonly wasm?: boolean };

export function registerEngine(program: Command): void {
  const noun = program.command("engine").description("what computes here");
  noun
    .command("show")
    .description("the engine that runs on this machine use, why, and how fast it is")
    .addHelpText("after", "\nExample:\n  overread engine show --json")
    .action(machineVerb(async () => ok(shown(await examineEngine(env().OVERREAD_ENGINE))), lines));
  noun
    .command("install")
    .description(
      `native TensorFlow ${tensorflowVersion}: libraries from the Python package index, compiled here, kept for all checkouts`,
    )
    .addOption(new Option("--cpu", "the build for the processor").conflicts(["gpu", "wasm"]))
    .addOption(new Option("--gpu", "the CUDA build, with NVIDIA's libraries beside it").conflicts("wasm"))
    .addOption(new Option("--wasm", "WebAssembly, and leave it so"))
    .addHelpText(
      "after",
      "\nWithout a flag the CUDA build where nvidia-smi finds a GPU, else the processor's; where it\ncannot be installed, WebAssembly.\n\nExample:\n  overread engine install --cpu",
    )
    .action(machineVerb(async ({ say }, flags: Flags) => ok(await install(flags, say)), lines));
}

/** A flag is an order and fails where it cannot be followed; without one, WebAssembly is an answer too. */
async function install({ cpu, gpu, wasm }: Flags, say: (line: string) => void) {
  const flavour = gpu ? "cuda" : cpu ? "cpu" : undefined;
  if (wasm) {
    const kept = await chooseFlavour("wasm");
    await unlinkAddon();
    if (!kept) say(notKept);
    return shown(await examineEngine("wasm"));
  }
  try {
    const build = await buildForThisMachine(flavour);
    const { engine, record, folder } = await installEngine(build, {
      signal: new AbortController().signal,
      onStep: say,
      onProgress: downloadBars(say),
    });
    if (!(await chooseFlavour(build.flavour))) say(notKept);
    return { ...shown(engine), wheels: record.wheels, folder };
  } catch (error) {
    if (flavour || !(error instanceof ExpectedFailure)) throw error;
    say(error.message);
    // What was installed before runs on; the answer is what a run would get now.
    const left = await examineEngine("auto");
    const why = left.name === "wasm" ? error.message : `From an installation before. ${error.message}`;
    return { ...shown(left), why };
  }
}

/** The contract's document. */
function shown(examined: ExaminedEngine) {
  const { name, gigaflops, ...engine } = examined;
  return { engine: name, ...engine, speed: { gigaflops, text: speedText(examined) } };
}

function lines({ engine, version, device, library, why, speed }: ReturnType<typeof shown>): string {
  return [`${engine} ${version}, ${library}`, `on ${device}, ${speed.text}`, why].join("\n");
}
