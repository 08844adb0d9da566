/** An export of a WebAssembly module as a function of numbers. @throws Error where it is none */
export function wasmFunction(value: unknown): (...parameters: number[]) => void {
  if (typeof value === "function") return (...parameters) => void value(...parameters);
  throw new Error("The WebAssembly module has no such function");
}
