"use client";

import type { StackViewport } from "@cornerstonejs/core";
import { type RefObject, useEffect, useId, useRef, useState } from "react";
import { scaleOf } from "../film-geometry";
import { type FilmPicture, sampleRange } from "../film-picture";
import { type FilmSettings, greyRange } from "../film-settings";
import { type Engine, startEngine } from "./engine";
import { filmName, pictureOf } from "./film-loader";

export type Look = { readonly settings: FilmSettings; readonly inverted: boolean };
type Film = { readonly image: number | string; readonly picture: FilmPicture };
type Place = { readonly engine: Engine; readonly viewport: StackViewport };

/**
 * A Cornerstone viewport in `element` that shows one film and then the next. `shown` is the film whose pixels
 * are up: null until then, so that an old film never stays beneath the next one's findings.
 */
export function useViewport(
  element: RefObject<HTMLDivElement | null>,
  image: number | string,
  look: Look,
): { shown: Film | null; problem: string | null } {
  const name = useId();
  const [place, setPlace] = useState<Place | null>(null);
  const [shown, setShown] = useState<Film | null>(null);
  const [absent, setAbsent] = useState<number | string | null>(null);
  const [broken, setBroken] = useState(false);
  const drawn = useRef<(Look & { readonly picture: FilmPicture }) | null>(null);
  const latest = useRef(look);
  latest.current = look;

  useEffect(() => {
    const at = element.current;
    if (!at) return;
    let gone = false;
    let engine: Engine | undefined;
    const watch = new ResizeObserver(() => {
      // Cornerstone forgets nothing but the size; ours is applied again below by what it tells.
      engine?.rendering.resize(true, true);
      at.dispatchEvent(new Event("film-place-resized"));
    });
    const enable = (started: Engine) => {
      if (gone) return;
      engine = started;
      const { core, rendering } = started;
      rendering.enableElement({ viewportId: name, element: at, type: core.Enums.ViewportType.STACK });
      const viewport = rendering.getViewport(name);
      if (viewport instanceof core.StackViewport) setPlace({ engine: started, viewport });
      watch.observe(at);
    };
    startEngine().then(enable, () => gone || setBroken(true));
    return () => {
      gone = true;
      watch.disconnect();
      engine?.rendering.disableElement(name);
      setPlace(null);
      setShown(null);
      drawn.current = null;
    };
  }, [element, name]);

  useEffect(() => {
    if (!place) return;
    let late = false;
    const { viewport } = place;
    viewport
      .setStack([filmName(image)])
      .then(() => {
        const picture = pictureOf(filmName(image));
        if (late || !picture) return;
        apply(place, picture, latest.current);
        drawn.current = { picture, ...latest.current };
        setShown({ image, picture });
      })
      .catch(() => late || setAbsent(image));
    return () => {
      late = true;
    };
  }, [place, image]);

  const { settings, inverted } = look;
  const current = shown?.image === image ? shown : null;
  useEffect(() => {
    const at = element.current;
    if (!place || !current || !at) return;
    const { picture } = current;
    const show = () => apply(place, picture, { settings, inverted });
    const before = drawn.current;
    const same = before?.picture === picture && before.settings === settings && before.inverted === inverted;
    // It was drawn so before it was shown.
    if (!same) show();
    drawn.current = { picture, settings, inverted };
    at.addEventListener("film-place-resized", show);
    return () => at.removeEventListener("film-place-resized", show);
  }, [element, place, current, settings, inverted]);

  if (broken) return { shown: null, problem: "The viewer could not be loaded; reload the page" };
  return { shown: current, problem: absent === image ? "This film cannot be shown" : null };
}

/** Window, inversion, zoom and place as `settings` say; Cornerstone's world is the film's pixels. */
function apply({ engine, viewport }: Place, picture: FilmPicture, { settings, inverted }: Look): void {
  const { lower, upper, turned } = sampleRange(picture, greyRange(settings, picture.grey));
  const { LINEAR_EXACT, SAMPLED_SIGMOID } = engine.core.Enums.VOILUTFunctionType;
  const onProcessor = engine.core.getShouldUseCPURendering();
  viewport.setProperties({
    voiRange: { lower, upper },
    // The processor refuses to be told of one; our drawing knows the film's (processor-drawing.ts).
    VOILUTFunction: onProcessor ? undefined : picture.sigmoid ? SAMPLED_SIGMOID : LINEAR_EXACT,
    // Said at every film: WebGL keeps the inversion of the one before, the processor never begins one.
    invert: (inverted !== picture.lowIsWhite) !== turned,
  });
  const size = { width: viewport.element.clientWidth, height: viewport.element.clientHeight };
  const scale = scaleOf(picture, size, settings.zoom);
  if (!(scale > 0)) return;
  const { focalPoint = [0, 0, 0], position = [0, 0, 0] } = viewport.getCamera();
  // Cornerstone's origin is the middle of the first pixel; drawn on the processor, its corner.
  const corner = onProcessor ? 0 : 0.5;
  const x = picture.width / 2 - corner - settings.x / scale;
  const y = picture.height / 2 - corner - settings.y / scale;
  viewport.setCamera({
    parallelScale: size.height / scale / 2,
    focalPoint: [x, y, focalPoint[2]],
    position: [position[0] + x - focalPoint[0], position[1] + y - focalPoint[1], position[2]],
  });
  viewport.render();
}
