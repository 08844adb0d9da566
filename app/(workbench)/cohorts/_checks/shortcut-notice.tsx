import Link from "next/link";
import { Notice } from "@/app/_components/notice";
import { shortcutVerdict } from "@/server/integrity/shortcut-words";
import type { CheckState } from "@/server/training/checks/schema";

type Props = { check: Extract<CheckState, { kind: "shortcuts" }> | null; href?: string };

/** One plain sentence before any model's accuracy; nothing where nothing was measured or found. */
export function ShortcutNotice({ check, href }: Props) {
  if (!check?.result) return null;
  const { verdict, sentence } = shortcutVerdict(check.result);
  if (verdict === "none") return null;
  return (
    <Notice
      tone="warn"
      title={sentence}
      action={
        href ? (
          <Link href={href} className="whitespace-nowrap text-accent underline underline-offset-2">
            What was measured
          </Link>
        ) : undefined
      }
    >
      No accuracy on this cohort says by itself how well a model reads the lung.
    </Notice>
  );
}
