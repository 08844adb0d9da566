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
    if (total === null || !process.stderr.isTTY) return;
    if (!bar) {
      bar = new SingleBar({
        stream: process.stderr,
        format: "{bar} {percentage}% of {size}",
        hideCursor: true,
      });
      bar.start(total, done, { size: megabytes(total) });
    }
    bar.update(done);
    if (done >= total) bar.stop();
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
