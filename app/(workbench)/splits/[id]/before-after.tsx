import type { ReactNode } from "react";
import { PartTag } from "@/app/_components/part-tag";
import { type Part, parts } from "@/server/splits/rules";
import type { SplitAudit, SplitSummary } from "@/server/splits/schema";

type Props = {
  /** In the cohort's order. */
  classes: readonly string[];
  before: SplitSummary;
  after: SplitSummary;
  leaks?: { before: SplitAudit; after: SplitAudit };
};
type Column = { title: string; of: (summary: SplitSummary, part: Part) => string };

const cell = "h-8 whitespace-nowrap border-line border-b px-2.5";

/** What mending changed: size, leaks, class shares and source shares of each part, before and after. */
export function BeforeAfter({ classes, before, after, leaks }: Props) {
  const columns = columnsOf(classes, before);
  return (
    <div className="overflow-x-auto">
      <table aria-label="Before and after" className="w-full border-separate border-spacing-0 tabular-nums">
        <thead>
          <tr className="text-[12px] text-dim">
            <Head>Part</Head>
            {leaks ? <Head number>Leaked</Head> : null}
            {columns.map(({ title }) => (
              <Head key={title} number>
                {title}
              </Head>
            ))}
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part}>
              <th scope="row" className={`${cell} text-left font-normal`}>
                <PartTag part={part} />
              </th>
              {leaks ? <Leaked part={part} leaks={leaks} /> : null}
              {columns.map(({ title, of }) => (
                <Change key={title} from={of(before, part)} to={of(after, part)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function columnsOf(classes: readonly string[], before: SplitSummary): Column[] {
  const { sources } = before.parts.train;
  const share = (kind: "classes" | "sources", name: string): Column => ({
    title: `${name} %`,
    of: ({ parts: all }, part) => {
      const { images, [kind]: counts } = all[part];
      return images === 0 ? "–" : ((100 * (counts[name] ?? 0)) / images).toFixed(1);
    },
  });
  const several = Object.keys(sources).length > 1 ? Object.keys(sources) : [];
  return [
    { title: "Images", of: ({ parts: all }, part) => all[part].images.toLocaleString("en-US") },
    { title: "Patients", of: ({ parts: all }, part) => all[part].patients.toLocaleString("en-US") },
    ...classes.map((name) => share("classes", name)),
    ...several.map((name) => share("sources", name)),
  ];
}

function Head({ number = false, children }: { number?: boolean; children: ReactNode }) {
  return (
    <th scope="col" className={`${cell} font-medium ${number ? "text-right" : "text-left"}`}>
      {children}
    </th>
  );
}

function Change({ from, to }: { from: string; to: string }) {
  return (
    <td className={`${cell} text-right`}>
      <span className="text-faint">{from} →</span> {to}
    </td>
  );
}

function Leaked({ part, leaks }: { part: Part; leaks: NonNullable<Props["leaks"]> }) {
  if (part === "train") return <td className={`${cell} text-right text-faint`}>–</td>;
  const [before, after] = [leaks.before.parts[part].leaked, leaks.after.parts[part].leaked];
  return (
    <td className={`${cell} text-right`}>
      <span className="text-leak">{before.toLocaleString("en-US")}</span>{" "}
      <span className="text-faint">→</span> {after.toLocaleString("en-US")}
    </td>
  );
}
