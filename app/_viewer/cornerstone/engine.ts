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

/**
 * Without WebGL, and where WebGL itself is software (a machine without a graphics card, a remote desktop): there it
 * takes four times as long as drawing directly. `?rendering=cpu` and `?rendering=webgl` are for machines that are
 * wrong about it, and for the tests.
 */
function drawsOnProcessor(): boolean {
  const chosen = new URLSearchParams(window.location.search).get("rendering");
  const context = document.createElement("canvas").getContext("webgl2");
  if (!context || chosen === "cpu") return true;
  const names = context.getExtension("WEBGL_debug_renderer_info");
  const renderer: unknown = context.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : context.RENDERER);
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return chosen !== "webgl" && software.test(String(renderer));
}

/** Chromium's, Mesa's and Windows' renderers on the processor. */
const software = /swiftshader|llvmpipe|softpipe|software|basic render/i;
