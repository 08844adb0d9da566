import { LinkButton } from "@/app/_components/button";
import { Notice } from "@/app/_components/notice";
import { RelativeTime } from "@/app/_components/relative-time";
import { Share } from "@/app/_components/share";
import type { FailedJob, LeakySplit } from "@/server/admin/schema";

type Props = {
  leaky: readonly LeakySplit[];
  failed: readonly FailedJob[];
  noWorker: boolean;
  quarantined: number;
};

/** What needs somebody: leaks that runs were measured on, work that failed, work that nobody takes. */
export function Wrong({ leaky, failed, noWorker, quarantined }: Props) {
  if (leaky.length + failed.length + quarantined === 0 && !noWorker) return null;
  return (
    <section aria-label="What is wrong" className="flex flex-col gap-2">
      {noWorker ? (
        <Notice tone="error" title="Jobs wait and no worker is alive">
          Nothing starts until a worker does: npm run worker, on this machine or another.
        </Notice>
      ) : null}
      {leaky.map((split) => (
        <Notice
          key={split.id}
          tone="warn"
          title={
            <>
              <Share count={split.leaked} total={split.images} /> test images of {split.name} share a patient
              or film with training
            </>
          }
          action={
            <LinkButton href={`/splits/${split.id}`} size="sm">
              See the leak
            </LinkButton>
          }
        >
          {split.runs === 1 ? "One run uses it." : `${split.runs} runs use it.`}
        </Notice>
      ))}
      {quarantined > 0 ? (
        <Notice
          tone="warn"
          title={`${quarantined === 1 ? "1 film waits" : `${quarantined.toLocaleString("en-US")} films wait`} in quarantine`}
          action={
            <LinkButton href="/datasets/quarantine" size="sm">
              Look at them
            </LinkButton>
          }
        >
          Text that names somebody may be burned in; until somebody has looked, no other page shows them.
        </Notice>
      ) : null}
      {failed.map((job) => (
        <Notice
          key={`${job.kind} ${job.id}`}
          tone="error"
          title={
            <>
              {job.label} failed <RelativeTime at={job.at} />
            </>
          }
          action={
            <LinkButton href={job.href} size="sm">
              Look
            </LinkButton>
          }
        >
          <span className="line-clamp-2">{job.error}</span>
        </Notice>
      ))}
    </section>
  );
}
