import { Chip } from "@/app/_components/chip";
import { percent } from "@/app/_components/share";
import type { Composition } from "@/server/cohorts/schema";

type Props = { composition: Composition; order: readonly string[]; images: number };

/** Images per class; of two classes the first is the positive one. */
export function ClassTable({ composition, order, images }: Props) {
  const classes = order.map((name) => [name, composition.classes[name] ?? 0] as const);
  return (
    <table aria-label="Images per class" className="w-full border-separate border-spacing-0 tabular-nums">
      <tbody>
        {classes.map(([name, count], place) => (
          <tr key={name}>
            <th scope="row" className="h-8 border-line border-b text-left font-normal">
              <span className="flex items-center gap-2">
                {name}
                {classes.length === 2 && place === 0 ? <Chip>positive</Chip> : null}
              </span>
            </th>
            <td className="h-8 border-line border-b text-right">{count.toLocaleString("en-US")}</td>
            <td className="h-8 w-14 border-line border-b text-right text-dim">{percent(count, images)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
