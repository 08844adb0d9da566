import { ExpectedFailure, messageOf } from "@/server/lib/errors";
import { decodeFilm } from "../decode-film";
import { readDicom } from "../dicom/read-dicom";
import { codecsAreSpent } from "../dicom/read-samples";
import { type DecodeAnswer, type DecodeRequest, memoryExitCode, mostMemory } from "./messages";

// A process that decodes what it is sent, one film after the other, knows no secret and touches no file. What
// a hostile film can break is this process.
let queue: Promise<void> = Promise.resolve();

process.on("message", (request: DecodeRequest) => {
  queue = queue.then(async () => {
    const answer = await answerTo(request);
    if (process.connected) process.send?.(answer);
  });
});
process.once("disconnect", () => process.exit(0));

// The decoding itself runs outside this thread, so that this is asked while it does.
setInterval(() => {
  if (process.memoryUsage.rss() > mostMemory) process.exit(memoryExitCode);
}, 50).unref();

async function answerTo({ id, kind, bytes }: DecodeRequest): Promise<DecodeAnswer> {
  try {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (kind === "dicom") return { id, decoded: { kind, dicom: await readDicom(file) } };
    return { id, decoded: { kind, film: await decodeFilm(file) } };
  } catch (error) {
    if (error instanceof ExpectedFailure) return { id, refused: error.message, spent: codecsAreSpent() };
    return { id, broken: messageOf(error) };
  }
}
