"use client";

import {
  Circle,
  Columns2,
  Contrast,
  Grid2x2,
  HeartPulse,
  Layers,
  type LucideIcon,
  Move,
  RotateCcw,
  Ruler,
  ScanSearch,
  Square,
  SunMoon,
  ZoomIn,
} from "lucide-react";
import type { FilmTool } from "@/app/_viewer/film-viewport";
import type { FilmOnScreen } from "./use-film";
import type { OverlayOnFilm } from "./use-overlay";

const tools: readonly { readonly tool: FilmTool; readonly name: string; readonly icon: LucideIcon }[] = [
  { tool: "window", name: "Window and level", icon: Contrast },
  { tool: "zoom", name: "Zoom", icon: ZoomIn },
  { tool: "pan", name: "Pan", icon: Move },
  { tool: "magnify", name: "Magnifier", icon: ScanSearch },
  { tool: "length", name: "Length", icon: Ruler },
  { tool: "ratio", name: "Cardiothoracic ratio: heart, then chest", icon: HeartPulse },
  { tool: "rectangle", name: "Box for the finding set last", icon: Square },
  { tool: "ellipse", name: "Ellipse for the finding set last", icon: Circle },
];

type Props = { film: FilmOnScreen; overlay: OverlayOnFilm; onTool(tool: FilmTool): void };

/** What a drag does; all of it has keys too, listed under `?`. Beside the films: their side markers stay in sight. */
export function ToolsBar({ film, overlay, onTool }: Props) {
  return (
    <div
      role="toolbar"
      aria-label="Film tools"
      className="flex flex-col items-center gap-0.5 overflow-y-auto pt-2"
    >
      {tools.map(({ tool, name, icon }) => (
        <Tool key={tool} name={name} icon={icon} pressed={film.tool === tool} onPress={() => onTool(tool)} />
      ))}
      <span className="my-0.5 h-px w-5 bg-line" />
      <Tool name="Invert" icon={SunMoon} pressed={film.inverted} onPress={film.invert} />
      {overlay.any ? (
        <Tool
          name="Overlay: what a model used, lungs"
          icon={Layers}
          pressed={overlay.shown !== null}
          onPress={overlay.next}
        />
      ) : null}
      <Tool
        name={`Layout: ${film.layout} ${film.layout === 1 ? "film" : "films"}`}
        icon={film.layout === 4 ? Grid2x2 : Columns2}
        onPress={() => film.arrange()}
      />
      <Tool name="Reset the view" icon={RotateCcw} onPress={film.reset} />
    </div>
  );
}

type ToolProps = { name: string; icon: LucideIcon; pressed?: boolean; onPress(): void };

function Tool({ name, icon: Icon, pressed, onPress }: ToolProps) {
  return (
    <button
      type="button"
      title={name}
      aria-label={name}
      aria-pressed={pressed}
      onMouseDown={(event) => event.preventDefault()}
      onKeyDown={(event) => event.key === "Enter" && event.stopPropagation()}
      onClick={onPress}
      className={`grid size-7 cursor-pointer place-items-center rounded ${pressed ? "bg-raise text-accent" : "text-dim hover:text-text"}`}
    >
      <Icon size={15} aria-hidden />
    </button>
  );
}
