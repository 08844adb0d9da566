import { ScanEye } from "lucide-react";
import Link from "next/link";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { Progress } from "@/app/_components/progress";
import type { WaitingWorklist } from "@/server/admin/schema";

type Props = { worklists: readonly WaitingWorklist[]; mayMake: boolean };

/** My worklists, the one to go on with first. */
export function WaitingForMe({ worklists, mayMake }: Props) {
  const first = worklists.find((worklist) => worklist.leftForMe > 0);
  return (
    <Card
      title="Waits for me"
      aside={
        first ? (
          <LinkButton
            href={`/reading/${first.id}`}
            variant="primary"
            icon={<ScanEye aria-hidden size={14} />}
          >
            Read next
          </LinkButton>
        ) : null
      }
    >
      {worklists.length === 0 ? (
        <p className="flex items-center justify-between gap-4 text-dim">
          No worklist is open.
          {mayMake ? <LinkButton href="/reading/new">Make a worklist</LinkButton> : null}
        </p>
      ) : (
        <ul className="flex flex-col">
          {worklists.map((worklist) => (
            <li
              key={worklist.id}
              className="grid h-10 grid-cols-[minmax(0,1fr)_120px_90px_auto] items-center gap-4 border-line border-b last:border-b-0"
            >
              <Link
                href={`/reading/${worklist.id}/progress`}
                className="truncate hover:text-accent hover:underline"
              >
                {worklist.name}
              </Link>
              <Progress
                compact
                done={worklist.read}
                total={worklist.studies}
                label={`${worklist.name}: studies read`}
              />
              <span className="text-right text-dim">
                {worklist.leftForMe === 0 ? "done" : `${worklist.leftForMe.toLocaleString("en-US")} left`}
              </span>
              {worklist.leftForMe > 0 ? (
                <LinkButton href={`/reading/${worklist.id}`} size="sm">
                  Read
                </LinkButton>
              ) : (
                <span />
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
