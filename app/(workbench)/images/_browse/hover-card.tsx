"use client";

import { createPortal } from "react-dom";
import type { ImageRow } from "@/server/images/browse/schema";
import { factsOf } from "../_film/facts";
import { LabelList } from "../_film/label-list";
import type { ShownFinding } from "./types";

export type Hovered = { readonly image: ImageRow; readonly beside: DOMRect };

const width = 248;
const tallest = 340;

/** What a thumbnail is of; beside it, inside the window. For sight only: the side panel says it all. */
export function HoverCard({ hovered, findings }: { hovered: Hovered; findings: readonly ShownFinding[] }) {
  const { image, beside } = hovered;
  const right = beside.right + 8 + width < window.innerWidth;
  const left = right ? beside.right + 8 : beside.left - 8 - width;
  const top = Math.max(8, Math.min(beside.top, window.innerHeight - tallest - 8));
  return createPortal(
    <div
      aria-hidden
      className="pointer-events-none fixed z-50 rounded-lg border border-line bg-panel p-3 shadow-[0_12px_32px_rgb(0_0_0/35%)]"
      style={{ left, top, width, maxHeight: tallest }}
    >
      <div className="font-medium">{image.patient}</div>
      <div className="text-[12px] text-dim leading-4">
        {image.study} · {image.dataset}
      </div>
      <div className="mt-1 text-[12px] leading-4">{factsOf(image)}</div>
      {image.labels === null ? null : (
        <div className="mt-2 border-line border-t pt-2">
          <LabelList labels={image.labels} findings={findings} />
        </div>
      )}
    </div>,
    document.body,
  );
}
