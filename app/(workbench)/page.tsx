import { PageHeader } from "@/app/_components/page-header";
import { requirePerson } from "@/app/_session/session";

export default async function OverviewPage() {
  const person = await requirePerson();
  return <PageHeader title="Overview" sub={`Signed in as ${person.name}.`} />;
}
