import Link from "next/link";
import { percent } from "@/app/_components/share";

type Row = { readonly words: string; readonly images: number; readonly href: string };

/** Values with their share as a bar, each leading to its images. */
export function ValueBars({ rows, total }: { rows: readonly Row[]; total: number }) {
  return (
    <ul className="flex flex-col gap-2">
      {rows.map(({ words, images, href }) => (
        <li key={words}>
          <Link href={href} className="group block rounded-sm">
            <span className="flex justify-between gap-3">
              <span className="truncate group-hover:text-accent group-hover:underline">{words}</span>
              <span className="whitespace-nowrap tabular-nums">
                {images.toLocaleString("en-US")} <span className="text-dim">({percent(images, total)})</span>
              </span>
            </span>
            <span aria-hidden className="mt-0.5 block h-1.5 overflow-hidden rounded-full bg-raise">
              <span
                className="block h-full rounded-full bg-accent"
                style={{ width: `${(100 * images) / total}%` }}
              />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
