import { Chip } from "@/app/_components/chip";
import type { ErrorKind } from "@/server/models/schema";

type Props = {
  run: number;
  kind: ErrorKind;
  counts: Readonly<Record<ErrorKind, number>>;
  classes: readonly string[];
};

/** Which errors: all, one side of the first class, or those whose patient stands in training. */
export function KindChips({ run, kind, counts, classes }: Props) {
  const words: Record<ErrorKind, string> = {
    all: `all ${counts.all.toLocaleString("en-US")}`,
    missed: `missed ${classes[0] ?? ""} · ${counts.missed.toLocaleString("en-US")}`,
    "false-alarm": `false alarm · ${counts["false-alarm"].toLocaleString("en-US")}`,
    leaked: `patient in training · ${counts.leaked.toLocaleString("en-US")}`,
  };
  return (
    <nav aria-label="Kinds of errors" className="flex flex-wrap gap-2">
      {(Object.keys(words) as ErrorKind[]).map((name) => (
        <Chip key={name} href={`/models/${run}/errors?kind=${name}`} selected={name === kind}>
          {words[name]}
        </Chip>
      ))}
    </nav>
  );
}
