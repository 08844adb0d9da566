"use client";

import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import type { Role } from "@/server/auth/permissions";
import { placeOf, placesFor } from "./places";

type Props = { role: Role; folded: boolean; onFold: (folded: boolean) => void };

/** The places of the workbench; folded it shows icons with their words on hover. */
export function Rail({ role, folded, onFold }: Props) {
  const open = placeOf(usePathname())?.href;
  const FoldIcon = folded ? PanelLeftOpen : PanelLeftClose;
  return (
    <nav aria-label="Places" className="flex h-dvh flex-col border-line border-r bg-panel px-2 py-4">
      <div className="px-3 pb-4 font-semibold text-[15px] tracking-[.02em]">{folded ? "O" : "Overread"}</div>
      <ul className="flex flex-col gap-0.5">
        {placesFor(role).map(({ href, label, icon: Icon }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={href === open ? "page" : undefined}
              title={folded ? label : undefined}
              className={`flex h-8 items-center gap-2.5 rounded-md px-3 ${
                href === open ? "bg-raise text-text" : "text-dim hover:bg-raise/60 hover:text-text"
              }`}
            >
              <Icon aria-hidden size={16} className="shrink-0" />
              <span className={folded ? "sr-only" : "truncate"}>{label}</span>
              <OnItsWay />
            </Link>
          </li>
        ))}
      </ul>
      <button
        type="button"
        onClick={() => onFold(!folded)}
        aria-expanded={!folded}
        className="mt-auto flex h-8 cursor-pointer items-center gap-2.5 rounded-md px-3 text-faint hover:bg-raise/60 hover:text-text"
      >
        <FoldIcon aria-hidden size={16} className="shrink-0" />
        <span className={folded ? "sr-only" : ""}>{folded ? "Unfold" : "Fold"}</span>
      </button>
    </nav>
  );
}

/** A dot beside the place that was pressed, once its page takes longer than a blink. */
function OnItsWay() {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return <span aria-hidden className="late ml-auto size-1.5 shrink-0 rounded-full bg-accent" />;
}
