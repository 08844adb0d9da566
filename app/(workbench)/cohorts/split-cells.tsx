import { Chip } from "@/app/_components/chip";
import { percent } from "@/app/_components/share";
import { sharesText } from "@/server/splits/rules";
import type { SplitListed } from "@/server/splits/schema";

/** What share of the test part leaks, class by class; amber where anything does. */
export function LeakShares({ split, classes }: { split: SplitListed; classes: readonly string[] }) {
  const { byClass, leaked } = split.audit.parts.test;
  const validation = split.audit.parts.validation.leaked;
  if (leaked === 0 && validation === 0) return <Chip tone="neg">none</Chip>;
  if (leaked === 0) return <Chip tone="leak">{validation.toLocaleString("en-US")} of validation</Chip>;
  const shares = classes.flatMap((name) => {
    const found = byClass[name];
    return found && found.leaked > 0 ? [`${percent(found.leaked, found.images)} of ${name}`] : [];
  });
  return <Chip tone="leak">{shares.join(", ")}</Chip>;
}

/** How a split was drawn, in a line. */
export function Plan({ split }: { split: SplitListed }) {
  return (
    <span className="whitespace-nowrap text-dim">
      {split.strategy === "patient" ? "by patient" : "by image"}, {sharesText(split.shares)}, seed{" "}
      {split.seed}
    </span>
  );
}
