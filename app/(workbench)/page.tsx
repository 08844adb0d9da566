import type { Metadata } from "next";
import { PageHeader } from "@/app/_components/page-header";
import { requirePerson } from "@/app/_session/session";
import { overview } from "@/server/admin/overview";
import { may } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { FirstSteps } from "./_overview/first-steps";
import { InWork } from "./_overview/in-work";
import { NewestResults } from "./_overview/newest-results";
import { WaitingForMe } from "./_overview/waiting-for-me";
import { Wrong } from "./_overview/wrong";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const person = await requirePerson();
  const found = valueOrThrow(await overview(person, {}));
  const { steps } = found;
  const mayRead = may(person, "reading.read");
  const starting = !(steps.datasets && steps.reads && steps.runs);
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title="Overview" sub={summary(found, mayRead)} />
      {starting ? (
        <FirstSteps
          steps={steps}
          may={{
            import: may(person, "datasets.import"),
            read: mayRead,
            train: may(person, "training.launch"),
          }}
        />
      ) : null}
      <Wrong
        leaky={found.leaky}
        failed={found.failed}
        noWorker={found.noWorker}
        quarantined={found.quarantined}
      />
      <div className={`grid grid-cols-1 items-start gap-4 ${mayRead ? "xl:grid-cols-2" : ""}`}>
        {mayRead ? (
          <WaitingForMe worklists={found.worklists} mayMake={may(person, "worklists.manage")} />
        ) : null}
        <InWork jobs={found.running} />
      </div>
      <NewestResults results={found.results} />
    </div>
  );
}

type Found = { worklists: readonly { leftForMe: number }[]; running: readonly unknown[] };

function summary(found: Found, mayRead: boolean): string {
  const left = found.worklists.reduce((sum, worklist) => sum + worklist.leftForMe, 0);
  const studies =
    left === 0 ? "No study waits for you" : `${left.toLocaleString("en-US")} studies wait for you`;
  const jobs = found.running.length === 0 ? "nothing runs" : `${found.running.length} in work`;
  const words = mayRead ? `${studies}, ${jobs}` : jobs;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
