import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { fileKind } from "../archive/file-kind";
import { guardedGunzip } from "../archive/gunzip";

/** About how many rows a table has: its lines less the header. Line breaks inside fields count as rows too. */
export async function countLines(table: string): Promise<number> {
  let lines = 0;
  const bytes = createReadStream(table, { highWaterMark: 1 << 18 });
  const count = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
    }
  };
  try {
    if ((await fileKind(table)) === "csv.gz") await pipeline(bytes, ...guardedGunzip(), count);
    else await pipeline(bytes, count);
  } catch {
    // What is broken in it is for the reader to tell, in words and with the line.
  }
  return Math.max(lines - 1, 0);
}
