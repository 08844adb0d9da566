import { text } from "node:stream/consumers";
import { type Command, Option } from "commander";
import { invitePerson } from "@/server/auth/invitations";
import { createPerson, disablePerson } from "@/server/auth/people";
import { roles } from "@/server/auth/permissions";
import { findPerson, listPeople } from "@/server/auth/queries";
import { type CliContext, verb } from "@/server/cli/context";
import { ok, type Result } from "@/server/lib/errors";

type AddOptions = {
  readonly role: (typeof roles)[number];
  readonly name?: string;
  readonly passwordStdin?: boolean;
};

/** `user add | list | disable`. */
export function registerUser(program: Command): void {
  const user = program.command("user").description("people and their roles");

  user
    .command("add <email>")
    .description("invite a person by a link, or make the account at once with a password from standard input")
    .addOption(new Option("--role <role>", "what the person may do").choices(roles).makeOptionMandatory())
    .option("--name <name>", "how the person is called")
    .option("--password-stdin", "read the password (15 characters or more) from standard input")
    .addHelpText("after", "\nExample: overread user add rea@clinic.example --role reader --json")
    .action(
      verb(addUser, ({ user: made, invitation }) =>
        invitation
          ? `${made.email} is invited as ${made.role}. Send this path, it works once until ${invitation.expiresAt.toISOString().slice(0, 10)}: ${invitation.path}`
          : `${made.email} has an account as ${made.role}.`,
      ),
    );

  user
    .command("list")
    .description("everybody with an account")
    .addHelpText("after", "\nExample: overread user list --json")
    .action(
      verb(
        async ({ actor }) => {
          const found = await listPeople(actor, { limit: 500 });
          if (!found.ok) return found;
          return ok({ users: found.value.people, next: found.value.next });
        },
        ({ users }) => users.map((one) => `${one.email}\t${one.role}\t${one.state}`).join("\n"),
      ),
    );

  user
    .command("disable <email>")
    .description("lock a person out at once; what she did stays")
    .addHelpText("after", "\nExample: overread user disable rea@clinic.example")
    .action(
      verb(
        async ({ actor }, email: string) => {
          const found = await findPerson(actor, { email });
          if (!found.ok) return found;
          const done = await disablePerson(actor, { userId: found.value.id });
          return done.ok ? ok({ user: { ...done.value, disabled: true } }) : done;
        },
        ({ user: gone }) => `${gone.email} is disabled.`,
      ),
    );
}

type Added = {
  readonly user: { readonly id: number; readonly email: string; readonly role: string };
  readonly invitation?: { readonly path: string; readonly expiresAt: Date };
};

async function addUser({ actor }: CliContext, email: string, options: AddOptions): Promise<Result<Added>> {
  const { role } = options;
  if (!options.passwordStdin) return invitePerson(actor, { email, role });
  const password = (await text(process.stdin)).replace(/\r?\n$/, "");
  const name = options.name ?? email.split("@")[0] ?? email;
  const made = await createPerson(actor, { email, name, role, password });
  return made.ok ? ok({ user: made.value }) : made;
}
