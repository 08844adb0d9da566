import { ShieldCheck } from "lucide-react";
import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { valueOrThrow } from "@/server/auth/command";
import { listQuarantine } from "@/server/datasets/quarantine/queries";
import { QuarantineBoard } from "./quarantine-board";

export const metadata: Metadata = { title: "Quarantine" };

type Props = { searchParams: Promise<{ after?: string }> };

export default async function QuarantinePage({ searchParams }: Props) {
  const person = await requirePermission("quarantine.decide");
  const { after } = await searchParams;
  const asked = await listQuarantine(person, { after });
  const { total, films, next } = valueOrThrow(asked.ok ? asked : await listQuarantine(person, {}));
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title="Quarantine" sub={subOf(total)} />
      {films.length === 0 ? (
        <EmptyState
          icon={<ShieldCheck aria-hidden size={24} strokeWidth={1.5} />}
          title={total === 0 ? "No film waits" : "No film waits on this page"}
          text="DICOM films in whose pixels a name may stand come here first. In the rest nothing suggests it."
          action={
            total === 0 ? (
              <LinkButton href="/datasets/import">Import DICOM</LinkButton>
            ) : (
              <LinkButton href="/datasets/quarantine">To the first page</LinkButton>
            )
          }
        />
      ) : (
        <QuarantineBoard key={films.map(({ id }) => id).join(" ")} films={films} />
      )}
      {next === undefined ? null : (
        <nav aria-label="Pages of films">
          <LinkButton href={`/datasets/quarantine?after=${next}`}>Next films</LinkButton>
        </nav>
      )}
    </div>
  );
}

function subOf(total: number): string {
  if (total === 0) return "Films that may carry burned-in text, until somebody has looked at them.";
  const films = total === 1 ? "1 film" : `${total.toLocaleString("en-US")} films`;
  return `${films} in no dataset and on no worklist: text that names somebody may be burned in. Look for it, then decide.`;
}
