import type { RenderingEngine } from "@cornerstonejs/core";

export type Cornerstone = typeof import("@cornerstonejs/core");
export type Engine = { readonly core: Cornerstone; readonly rendering: RenderingEngine };

let started: Promise<Engine> | undefined;

/**
 * Cornerstone with our films' loader, started when the first film asks: over a megabyte of program that only
 * reading needs. Without WebGL it draws on the processor.
 */
export function startEngine(): Promise<Engine> {
  started ??= start().catch((error: unknown) => {
    // A connection that was gone for a moment must not leave the room without films for good.
    started = undefined;
    throw error;
  });
  return started;
}

async function start(): Promise<Engine> {
  const [core, { registerFilms }] = await Promise.all([
    import("@cornerstonejs/core"),
    import("./film-loader"),
  ]);
  core.init({ debug: {}, rendering: { useCPURendering: drawsOnProcessor() } });
  registerFilms(core);
  return { core, rendering: new core.RenderingEngine("overread") };
}

/** `?rendering=cpu` is for machines whose WebGL is there but broken, and for the tests. */
function drawsOnProcessor(): boolean {
  if (new URLSearchParams(window.location.search).get("rendering") === "cpu") return true;
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context === null;
}
