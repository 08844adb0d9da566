import { z } from "zod";
import { roles } from "./permissions";

const email = z
  .string()
  .trim()
  .max(320)
  .pipe(z.email("This is not an e-mail address."))
  .transform((text) => text.toLowerCase());
const personName = z.string().trim().min(1, "Say how the person is called.").max(120);
const role = z.enum(roles);
const password = z.string().max(1024);
const id = z.number().int().positive();

export const createPersonInput = z.object({ email, name: personName, role, password });
export const inviteInput = z.object({ email, role });
export const acceptInput = z.object({
  token: z.string().max(200),
  /** Asked of the first administrator only; the others were invited under theirs. */
  email: email.optional(),
  name: personName,
  password,
});
export const personInput = z.object({ userId: id });
export const roleInput = z.object({ userId: id, role });
export const changePasswordInput = z.object({
  current: password,
  password,
  /** The session that stays; all others of the person end. */
  sessionId: z.string().max(200),
});

/** A person as the administrators' page and the CLI show her. */
export type PersonRow = {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly role: (typeof roles)[number];
  /** Invited: the account waits for its password. */
  readonly state: "active" | "invited" | "disabled";
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
};
