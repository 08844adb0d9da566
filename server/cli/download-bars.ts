import { downloadBar } from "./download-bar";

/** {@link downloadBar} for several downloads, one after the other. */
export function downloadBars(
  say: (line: string) => void,
): (what: string, done: number, total: number | null) => void {
  const bars = new Map<string, ReturnType<typeof downloadBar>>();
  return (what, done, total) => {
    const bar = bars.get(what) ?? downloadBar(say, what);
    bars.set(what, bar);
    bar(done, total);
  };
}
