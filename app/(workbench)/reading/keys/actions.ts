"use server";

import { runAction } from "@/app/_session/action";
import type { Result } from "@/server/lib/errors";
import type { KeyChoices } from "@/server/reading/keys";
import { chooseKeys } from "@/server/reading/own-keys";

/** Keeps the signed-in reader's keys; none means the defaults. */
export async function saveKeys(choices: KeyChoices): Promise<Result<{ choices: KeyChoices }>> {
  return runAction(chooseKeys, { choices });
}
