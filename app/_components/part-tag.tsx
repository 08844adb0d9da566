export type PartName = "train" | "validation" | "test";

const look: Record<PartName, string> = { train: "bg-train", validation: "bg-val", test: "bg-test" };

/** A part of a split in its one hue. */
export function PartTag({ part }: { part: PartName }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className={`size-2 rounded-[2px] ${look[part]}`} />
      {part}
    </span>
  );
}
