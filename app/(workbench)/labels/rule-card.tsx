import { Card } from "@/app/_components/card";
import { Share } from "@/app/_components/share";
import { currentLabelRule, type LabelOrigin } from "@/server/labels/rules";

const words: readonly { origin: LabelOrigin; what: string }[] = [
  { origin: "adjudicated", what: "adjudicated" },
  { origin: "consensus", what: "consensus of reads" },
  { origin: "read", what: "one read" },
  { origin: "source", what: "source" },
];

/** The stated rule, and how many images each of its steps decides. */
export function RuleCard({ origins }: { origins: Readonly<Record<LabelOrigin, number>> }) {
  const images = Object.values(origins).reduce((sum, count) => sum + count, 0);
  return (
    <Card title="The rule">
      <p className="text-dim">{currentLabelRule}</p>
      <dl className="mt-3 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
        {words.map(({ origin, what }) => (
          <div key={origin} className="contents">
            <dt className={origins[origin] === 0 ? "text-dim" : ""}>{what}</dt>
            <dd className={`m-0 text-right ${origins[origin] === 0 ? "text-dim" : ""}`}>
              <Share count={origins[origin]} total={images} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
