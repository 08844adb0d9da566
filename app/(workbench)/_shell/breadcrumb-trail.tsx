"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useCrumbs } from "@/app/_components/breadcrumbs";
import { placeOf } from "./places";

/** The place, then what the page says of itself; without that, the words of its address. */
export function BreadcrumbTrail() {
  const pathname = usePathname();
  const said = useCrumbs();
  const place = placeOf(pathname);
  const rest = said ?? wordsOf(pathname).map((label) => ({ label, href: undefined }));
  const trail = [...(place ? [{ label: place.label, href: place.href }] : []), ...rest];
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-2 text-dim">
        {trail.map((crumb, index) => (
          <li key={`${crumb.href} ${crumb.label}`} className="flex min-w-0 items-center gap-2">
            {index > 0 ? <span aria-hidden>/</span> : null}
            {crumb.href !== undefined && index < trail.length - 1 ? (
              <Link href={crumb.href} className="whitespace-nowrap hover:text-text">
                {crumb.label}
              </Link>
            ) : (
              <span
                aria-current={index === trail.length - 1 ? "page" : undefined}
                className={`truncate ${index === trail.length - 1 ? "text-text" : ""}`}
              >
                {crumb.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** "/models/14/errors" → ["Errors"]; names stay as they are, numbers say nothing until the page names its thing. */
function wordsOf(pathname: string): string[] {
  return pathname
    .split("/")
    .slice(2)
    .map(decodeURIComponent)
    .filter((word) => !/^\d+$/.test(word))
    .map((word) => (pageWords.has(word) ? word.charAt(0).toUpperCase() + word.slice(1) : word));
}

const pageWords = new Set(
  "people audit system import quarantine new progress agreement keys differences policies vocabulary sweeps evaluation predictions errors explain configuration".split(
    " ",
  ),
);
