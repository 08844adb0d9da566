import Link from "next/link";
import { Chip } from "@/app/_components/chip";
import { DataTable } from "@/app/_components/data-table";
import type { LabelDifferences } from "@/server/labels/schema";
import { StateChange } from "../state-change";
import { type DifferencesSearch, searchOfDifferences } from "./search";

type Props = { differences: LabelDifferences; search: DifferencesSearch };

/** Per finding how many images changed, and from what to what; each is a way to the studies. */
export function TransitionsTable({ differences, search: { from, to, finding, change } }: Props) {
  const changed = differences.findings.filter(({ images }) => images > 0);
  return (
    <DataTable
      label="Changed images per finding and change"
      columns={[
        { key: "finding", title: "Finding" },
        { key: "images", title: "Images", number: true, sortable: true },
        { key: "changes", title: "From → to, images" },
      ]}
      rows={changed.map(({ name, position, images, transitions }) => ({
        key: position,
        selected: position === finding,
        cells: {
          finding: (
            <Link
              href={searchOfDifferences({ from, to, finding: position })}
              scroll={false}
              className="text-accent hover:underline"
            >
              {name}
            </Link>
          ),
          images: images.toLocaleString("en-US"),
          changes: (
            <span className="flex flex-wrap gap-1 py-1">
              {transitions.map((one) => (
                <Chip
                  key={`${one.from} ${one.to}`}
                  href={searchOfDifferences({ from, to, finding: position, change: one })}
                  selected={position === finding && change?.from === one.from && change.to === one.to}
                >
                  <StateChange from={one.from} to={one.to} />
                  <span className="tabular-nums">{one.images.toLocaleString("en-US")}</span>
                </Chip>
              ))}
            </span>
          ),
        },
        sort: { images },
      }))}
      empty={<p className="text-dim">No label differs.</p>}
    />
  );
}
