import Link from "next/link";
import { LinkButton } from "@/app/_components/button";
import { DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import type { LabelSetRow } from "@/server/labels/schema";

type Props = { rows: readonly LabelSetRow[]; next: number | null; exports: boolean };

/** Frozen labels, newest first; each can be had as CheXpert's own table. */
export function LabelSetsTable({ rows, next, exports }: Props) {
  return (
    <>
      <DataTable
        label="Label sets"
        columns={[
          { key: "name", title: "Name" },
          { key: "studies", title: "Studies", number: true },
          { key: "at", title: "Frozen" },
          { key: "by", title: "By" },
          { key: "do", title: <span className="sr-only">Export</span> },
        ]}
        rows={rows.map(({ id, name, rule, studies, createdAt, createdBy }) => ({
          key: id,
          cells: {
            name: (
              <Link
                href={`/labels/differences?from=${id}&to=current`}
                title={rule}
                className="text-text hover:text-accent hover:underline"
              >
                {name}
              </Link>
            ),
            studies: studies.toLocaleString("en-US"),
            at: <RelativeTime at={createdAt} />,
            by: <span className="block max-w-[140px] truncate">{createdBy}</span>,
            do: exports ? (
              <span className="flex justify-end">
                <LinkButton href={`/api/labels/${id}`} size="sm" download label={`Export ${name} as CSV`}>
                  CSV
                </LinkButton>
              </span>
            ) : null,
          },
        }))}
        empty={<p className="pt-1 text-dim">Nothing is frozen yet.</p>}
      />
      {next === null ? null : (
        <div className="mt-3">
          <LinkButton href={`/labels?sets=${next}`}>Older sets</LinkButton>
        </div>
      )}
    </>
  );
}
