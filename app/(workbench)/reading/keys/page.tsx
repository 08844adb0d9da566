import type { Metadata } from "next";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { valueOrThrow } from "@/server/auth/command";
import { readingKeys } from "@/server/reading/own-keys";
import { KeysTable } from "./keys-table";

export const metadata: Metadata = { title: "My keys" };

/** The reading room's keys, as this person has them. */
export default async function KeysPage() {
  const person = await requirePermission("reading.read");
  const { findings, choices } = valueOrThrow(await readingKeys(person, {}));
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumbs crumbs={[{ label: "My keys" }]} />
      <PageHeader
        title="My keys in the reading room"
        sub="Choose a key, then press the one that you want. They are yours alone, on every machine that you sign in at."
      />
      <KeysTable findings={findings} saved={choices} />
    </div>
  );
}
