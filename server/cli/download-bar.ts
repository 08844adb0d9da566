import { SingleBar } from "cli-progress";

/** Shows on a terminal how much of a download is here; elsewhere says once that it began. */
export function downloadBar(
  say: (line: string) => void,
  what: string,
): (done: number, total: number | null) => void {
  let bar: SingleBar | undefined;
  let begun = false;
  return (done, total) => {
    if (!begun) say(`Downloading ${what}${total === null ? "" : `, ${megabytes(total)}`}`);
    begun = true;
    if (!process.stderr.isTTY) return;
    const figures = { here: megabytes(done), size: megabytes(total ?? 0) };
    if (!bar) {
      // pip, where it is the way to the index, tells only how much has come.
      const format = total === null ? "{here} so far" : "{bar} {percentage}% of {size}";
      bar = new SingleBar({ stream: process.stderr, format, hideCursor: true });
      bar.start(total ?? 0, done, figures);
    }
    bar.update(done, figures);
    if (total !== null && done >= total) bar.stop();
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
