import { Metric } from "@/app/_components/metric";
import type { ClassAuc, ShortcutsResult } from "@/server/integrity/shortcut-schema";
import { lookWords, propertyWords, strongest } from "@/server/integrity/shortcut-words";

const cell = "h-8 border-line border-b px-2";

/** Each property and each look with its AUC, and how far that is from guessing. */
export function PropertyTable({ result }: { result: ShortcutsResult }) {
  const { properties, retraining, classes } = result;
  const what = classes.length === 2 ? `“${classes[0]}” against the rest` : "the class that is told best";
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-separate border-spacing-0 tabular-nums">
        <caption className="sr-only">How well each property tells {what}</caption>
        <thead>
          <tr className="text-[12px] text-dim">
            <th scope="col" className={`${cell} text-left font-medium`}>
              A predictor that sees only
            </th>
            <th scope="col" className={`${cell} text-right font-medium`}>
              Cramér’s V
            </th>
            <th scope="col" className={`${cell} text-left font-medium`} colSpan={2}>
              AUC for {what}
            </th>
          </tr>
        </thead>
        <tbody>
          {properties.map(({ name, cramersV, aucs }) => (
            <Row key={name} name={propertyWords[name]} v={cramersV} aucs={aucs} />
          ))}
          {retraining?.looks.map(({ look, aucs }) => (
            <Row key={look} name={`a network, ${lookWords[look]}`} aucs={aucs} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ name, v, aucs }: { name: string; v?: number | null; aucs: readonly ClassAuc[] }) {
  const best = strongest(aucs);
  const beyondGuessing = Math.max(0, ((best?.auc.value ?? 0.5) - 0.5) * 2);
  return (
    <tr>
      <th scope="row" className={`${cell} text-left font-normal`}>
        {name}
      </th>
      <td className={`${cell} text-right`}>
        {v === undefined ? "" : <Metric value={v} digits={2} reason="All films are of one kind" />}
      </td>
      <td className={`${cell} w-[110px]`}>
        <span className="block h-2 rounded-full bg-raise" aria-hidden>
          <span
            className={`block h-2 rounded-full ${beyondGuessing >= 0.8 ? "bg-leak" : "bg-accent"}`}
            style={{ width: `${beyondGuessing * 100}%` }}
          />
        </span>
      </td>
      <td className={`${cell} whitespace-nowrap`}>
        <Metric value={best?.auc.value} low={best?.auc.low} high={best?.auc.high} />
        {aucs.length > 1 && best ? <span className="text-dim"> {best.class}</span> : null}
      </td>
    </tr>
  );
}
