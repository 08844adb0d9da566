import { DataTable } from "@/app/_components/data-table";
import { Kbd } from "@/app/_components/kbd";
import type { ListedFinding } from "@/server/labels/vocabulary";
import { FindingEditor } from "./finding-editor";

type Props = { findings: readonly ListedFinding[]; manages: boolean };

/** Findings in the order of the reading room, kinds under their parents. */
export function FindingsTable({ findings, manages }: Props) {
  const nameOf = new Map(findings.map(({ position, name }) => [position, name]));
  return (
    <DataTable
      label="Findings"
      columns={[
        { key: "name", title: "Finding" },
        { key: "shown", title: "Shown as" },
        { key: "key", title: "Key" },
        { key: "parent", title: "Kind of" },
        { key: "place", title: "Place in labels", number: true },
        { key: "state", title: "Readers" },
        ...(manages ? [{ key: "do", title: <span className="sr-only">Change</span> }] : []),
      ]}
      rows={findings.map((finding) => {
        const { position, name, shortName, key, parent, retired } = finding;
        return {
          key: position,
          cells: {
            name: <span className={retired ? "text-dim" : ""}>{name}</span>,
            shown: <span className="text-dim">{shortName}</span>,
            key: key === "" || retired ? <span className="text-faint">–</span> : <Kbd keys={key} />,
            parent: parent === null ? <span className="text-faint">–</span> : nameOf.get(parent),
            place: position + 1,
            state: retired ? <span className="text-dim">retired</span> : "offered",
            do: (
              <span className="flex justify-end">
                <FindingEditor findings={findings} finding={finding} />
              </span>
            ),
          },
        };
      })}
    />
  );
}
