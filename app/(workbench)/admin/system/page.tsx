import { CircleCheck, CircleX } from "lucide-react";
import type { Metadata } from "next";
import { Card } from "@/app/_components/card";
import { DataTable } from "@/app/_components/data-table";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { RelativeTime } from "@/app/_components/relative-time";
import { requirePermission } from "@/app/_session/session";
import { systemFacts } from "@/server/admin/system";
import { valueOrThrow } from "@/server/auth/command";

export const metadata: Metadata = { title: "System" };

export default async function SystemPage() {
  const person = await requirePermission("people.manage");
  const { parts, workers, versions, counts } = valueOrThrow(await systemFacts(person, {}));
  return (
    <>
      <PageHeader title="System" sub="What this installation stands on, looked at just now." />
      <div className="grid grid-cols-1 gap-4 xl:grid-cols-2">
        <Card title="Parts">
          <ul className="flex flex-col">
            {parts.map((part) => (
              <li
                key={part.name}
                className="flex h-8 items-center gap-2 border-line border-b last:border-b-0"
              >
                {part.ok ? (
                  <CircleCheck aria-label="works" size={14} className="text-neg" />
                ) : (
                  <CircleX aria-label="fails" size={14} className="text-danger" />
                )}
                <span className="w-28">{part.name}</span>
                <span className="truncate text-dim">{part.detail}</span>
              </li>
            ))}
          </ul>
        </Card>
        <Card title="Versions">
          <DataTable
            label="Versions"
            columns={[
              { key: "name", title: "What" },
              { key: "version", title: "Version", number: true },
            ]}
            rows={versions.map(({ name, version }) => ({ key: name, cells: { name, version } }))}
          />
        </Card>
        <Card title="Workers" aside="seen within the last 30 seconds" className="xl:col-span-2">
          <DataTable
            label="Workers"
            columns={[
              { key: "host", title: "Machine" },
              { key: "pid", title: "Process", number: true },
              { key: "engine", title: "Engine" },
              { key: "started", title: "Started" },
              { key: "seen", title: "Last sign of life" },
            ]}
            rows={workers.map((worker) => ({
              key: worker.id,
              cells: {
                host: worker.host,
                pid: worker.pid,
                engine: worker.engine ? (
                  `${worker.engine.name ?? ""} ${worker.engine.version ?? ""} ${worker.engine.device ?? ""}`
                ) : (
                  <span className="text-dim">not loaded yet</span>
                ),
                started: <RelativeTime at={worker.startedAt} />,
                seen: <RelativeTime at={worker.seenAt} />,
              },
            }))}
            empty={
              <EmptyState
                title="No worker is alive"
                text="Imports and runs wait until one is started: npm run worker, on this machine or another."
              />
            }
          />
        </Card>
        <Card title="Largest tables" aside="rows as estimated by the database" className="xl:col-span-2">
          <DataTable
            label="Largest tables"
            columns={[
              { key: "name", title: "Table" },
              { key: "rows", title: "Rows", number: true, sortable: true },
              { key: "bytes", title: "Size, MB", number: true, sortable: true },
            ]}
            rows={counts.map((table) => ({
              key: table.name,
              cells: {
                name: table.name,
                rows: table.rows.toLocaleString("en-US"),
                bytes: (table.bytes / 1e6).toFixed(1),
              },
              sort: { rows: table.rows, bytes: table.bytes },
            }))}
          />
        </Card>
      </div>
    </>
  );
}
