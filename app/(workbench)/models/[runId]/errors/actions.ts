"use server";

import { runAction } from "@/app/_session/action";
import { sendToReading } from "@/server/models/commands";
import type { SendToReadingInput } from "@/server/models/schema";

/** Puts the chosen images' studies on a worklist. */
export async function send(input: SendToReadingInput) {
  return runAction(sendToReading, input);
}
