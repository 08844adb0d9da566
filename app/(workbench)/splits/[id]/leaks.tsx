import { LinkButton } from "@/app/_components/button";
import { Chip } from "@/app/_components/chip";
import type { LeakPage } from "@/server/integrity/schema";
import { leakReasons } from "@/server/splits/rules";
import type { SplitAudit } from "@/server/splits/schema";
import { countLeaked, type LeakSearch, leakHref } from "./leak-search";
import { reasonWords } from "./leak-words";
import { PairGrid } from "./pair-grid";

type Props = {
  splitId: number;
  audit: SplitAudit;
  classes: readonly string[];
  search: LeakSearch;
  page: LeakPage;
};

/** Each leaked image beside its nearest sibling in training, with filters that say how many. */
export function Leaks({ splitId, audit, classes, search, page }: Props) {
  const { after, ...filter } = search;
  const total = countLeaked(audit, filter);
  return (
    <section id="leaks" aria-labelledby="leaks-title" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="leaks-title" className="mr-1 font-semibold">
          Leaks
        </h2>
        <Filters splitId={splitId} audit={audit} classes={classes} filter={filter} />
        <span className="ml-auto text-dim">same film first, then by days apart</span>
      </div>
      {page.pairs.length === 0 ? (
        <p className="text-dim">No leak passes these filters.</p>
      ) : (
        <PairGrid pairs={page.pairs} />
      )}
      {after !== undefined || page.next !== null ? (
        <nav aria-label="Pages of leaks" className="flex items-center gap-3">
          {after === undefined ? null : (
            <LinkButton href={leakHref(splitId, filter)} size="sm">
              First page
            </LinkButton>
          )}
          <span className="text-dim">
            {page.pairs.length} of {total.toLocaleString("en-US")}
          </span>
          {page.next === null ? null : (
            <LinkButton href={leakHref(splitId, { ...filter, after: page.next })} size="sm">
              Next page
            </LinkButton>
          )}
        </nav>
      ) : null}
    </section>
  );
}

function Filters({
  splitId,
  audit,
  classes,
  filter,
}: Pick<Props, "splitId" | "audit" | "classes"> & { filter: Omit<LeakSearch, "after"> }) {
  const chip = (key: string, words: string, change: Partial<LeakSearch>, selected: boolean) => {
    const count = countLeaked(audit, { ...filter, ...change });
    if (count === 0 && !selected) return null;
    // A chosen reason or class is let go by a second press; one of the two parts is always chosen.
    const next = selected && !change.part ? { ...filter, [key]: undefined } : { ...filter, ...change };
    return (
      <Chip key={`${key} ${words}`} href={leakHref(splitId, next)} selected={selected}>
        {words} <b className="font-medium text-text tabular-nums">{count.toLocaleString("en-US")}</b>
      </Chip>
    );
  };
  return (
    <>
      {(["test", "validation"] as const).map((part) => chip("part", part, { part }, filter.part === part))}
      <span aria-hidden className="h-4 w-px bg-line" />
      {leakReasons.map((reason) => chip("reason", reasonWords[reason], { reason }, filter.reason === reason))}
      <span aria-hidden className="h-4 w-px bg-line" />
      {classes.map((name) => chip("class", name, { class: name }, filter.class === name))}
    </>
  );
}
