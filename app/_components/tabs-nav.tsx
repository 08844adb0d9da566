"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

type Tab = { href: string; label: string; count?: number };

/** Tabs that are links: each has its URL. The one whose path is open is marked; `current` overrides. */
export function TabsNav({ tabs, label, current }: { tabs: readonly Tab[]; label: string; current?: string }) {
  const pathname = usePathname();
  const open = current ?? pathname;
  return (
    <nav aria-label={label} className="flex gap-[18px] overflow-x-auto border-line border-b">
      {tabs.map((tab) => {
        const selected = tab.href === open;
        return (
          <Link
            key={tab.href}
            href={tab.href}
            aria-current={selected ? "page" : undefined}
            className={`whitespace-nowrap border-b-2 py-1.5 ${
              selected ? "border-accent text-text" : "border-transparent text-dim hover:text-text"
            }`}
          >
            {tab.label}
            {tab.count === undefined ? null : (
              <span className="text-faint"> {tab.count.toLocaleString("en-US")}</span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}
