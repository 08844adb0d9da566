import type { FilmSettings } from "./film-settings";

export type Size = { readonly width: number; readonly height: number };
export type Point = { readonly x: number; readonly y: number };

/** CSS pixels per film pixel: at a zoom of 1 the whole film just fits. */
export function scaleOf(film: Size, place: Size, zoom: number): number {
  return Math.min(place.width / film.width, place.height / film.height) * zoom;
}

/**
 * Where a point of the film lies in its place. Film points count pixels from the upper left corner of the first
 * one, so that (0.5, 0.5) is its middle; place points count CSS pixels from the place's upper left corner.
 */
export function toPlace(point: Point, film: Size, place: Size, settings: FilmSettings): Point {
  const scale = scaleOf(film, place, settings.zoom);
  return {
    x: place.width / 2 + settings.x + (point.x - film.width / 2) * scale,
    y: place.height / 2 + settings.y + (point.y - film.height / 2) * scale,
  };
}

/** The film point under a point of the place; it may lie outside the film. */
export function toFilm(point: Point, film: Size, place: Size, settings: FilmSettings): Point {
  const scale = scaleOf(film, place, settings.zoom);
  return {
    x: (point.x - place.width / 2 - settings.x) / scale + film.width / 2,
    y: (point.y - place.height / 2 - settings.y) / scale + film.height / 2,
  };
}

/** The nearest point of the film. */
export function within({ x, y }: Point, film: Size): Point {
  return { x: Math.min(film.width, Math.max(0, x)), y: Math.min(film.height, Math.max(0, y)) };
}
