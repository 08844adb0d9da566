import type { DecodeRequest } from "./messages";

// A decoder that does what the bytes say: `crash` ends it, `hang` blocks it, `memory` says it took too much,
// `spent` leaves it unfit for more; `who` tells which one it is.
process.on("message", ({ id, bytes }: DecodeRequest) => {
  const word = Buffer.from(bytes).toString();
  if (word === "crash") process.kill(process.pid, "SIGSEGV");
  else if (word === "hang") for (;;) Math.random();
  else if (word === "memory") process.exit(86);
  else if (word === "broken") process.send?.({ id, broken: "no sharp here" });
  else if (word === "spent") process.send?.({ id, refused: "a broken frame", spent: true });
  else if (word === "who") process.send?.({ id, refused: `decoder ${process.pid}` });
  else process.send?.({ id, refused: `read ${word}` });
});
