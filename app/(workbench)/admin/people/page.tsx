import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { valueOrThrow } from "@/server/auth/command";
import { listPeople } from "@/server/auth/queries";
import { InviteButton } from "./invite-button";
import { PeopleTable } from "./people-table";

export const metadata: Metadata = { title: "People" };

type Props = { searchParams: Promise<{ after?: string }> };

export default async function PeoplePage({ searchParams }: Props) {
  const person = await requirePermission("people.manage");
  const after = Number((await searchParams).after) || undefined;
  const { people, next } = valueOrThrow(await listPeople(person, { after, limit: 100 }));
  const active = people.filter((one) => one.state === "active").length;
  return (
    <>
      <PageHeader
        title="People"
        sub={`${people.length} on this page, ${active} active. A change of role or access holds from the next click of that person.`}
        actions={<InviteButton />}
      />
      <Card>
        <PeopleTable people={people} self={person.userId} />
        {after !== undefined || next !== null ? (
          <div className="mt-3 flex justify-between">
            {after === undefined ? <span /> : <LinkButton href="/admin/people">First page</LinkButton>}
            {next === null ? null : <LinkButton href={`/admin/people?after=${next}`}>Next page</LinkButton>}
          </div>
        ) : null}
      </Card>
    </>
  );
}
