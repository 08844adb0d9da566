import { z } from "zod";

/** Letters that the reading room keeps for itself by default (server/reading/room-actions.ts, and I inverts). */
export const reservedLetters = "BFIJMQSUZ";

/** Places in a packed label string. */
export const mostFindings = 64;

const position = z
  .int()
  .min(0)
  .max(mostFindings - 1);
const shortName = z
  .string()
  .trim()
  .min(1, "Say how the finding is shown.")
  .max(24, "What is shown has at most 24 characters.");
const key = z
  .string()
  .regex(/^[A-Z]$/, "A key is one letter from A to Z.")
  .refine((letter) => !reservedLetters.includes(letter), {
    error: ({ input }) => `${String(input)} has another meaning in the reading room.`,
  })
  .nullable();

const looks = { shortName, key, parent: position.nullable() };

/** What can change of a finding. Its name stays: tables, rules and exports know it by that. */
const changeable = z.object({ ...looks, retired: z.boolean() });
export type Changeable = z.output<typeof changeable>;

export const addFindingInput = z.object({
  name: z.string().trim().min(1, "Give the finding a name.").max(60, "A name has at most 60 characters."),
  ...looks,
});
export type AddFindingInput = z.input<typeof addFindingInput>;

export const changeFindingInput = z.object({
  position,
  /** The finding as the person saw it: somebody else's change in between is not written over. */
  seen: z.object({
    shortName: z.string(),
    key: z.string().nullable(),
    parent: position.nullable(),
    retired: z.boolean(),
  }),
  change: changeable,
});
export type ChangeFindingInput = z.input<typeof changeFindingInput>;

/** What is asked before anything is written: a new finding, or another look of one that is there. */
export const vocabularyChange = z.union([
  z.object({ add: addFindingInput }),
  z.object({ change: changeFindingInput }),
]);
