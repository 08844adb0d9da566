export type Point = readonly [x: number, y: number];

const text = ([x, y]: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** SVG path data of straight pieces. */
export function line(points: readonly Point[]): string {
  return `M${points.map(text).join("L")}`;
}

export function closed(points: readonly Point[]): string {
  return `${line(points)}Z`;
}

/** SVG path data of a smooth curve through all points (Catmull and Rom's spline as Béziers, tension ½). */
export function smooth(points: readonly Point[], close = false): string {
  const at = (index: number): Point =>
    points[
      close ? (index + points.length) % points.length : Math.max(0, Math.min(points.length - 1, index))
    ] ?? [0, 0];
  const pieces = Array.from({ length: points.length - (close ? 0 : 1) }, (_, i) => {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const first: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const second: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    return `C${text(first)} ${text(second)} ${text(to)}`;
  });
  return `M${text(at(0))}${pieces.join("")}${close ? "Z" : ""}`;
}

/** A filled shape of one grey: 1 is full, 0 erases. */
export function fill(path: string, grey: number, opacity = 1): string {
  return `<path d="${path}" fill="${greyOf(grey)}" fill-opacity="${opacity.toFixed(3)}"/>`;
}

export function stroke(path: string, width: number, grey: number, opacity = 1): string {
  return `<path d="${path}" fill="none" stroke="${greyOf(grey)}" stroke-width="${width.toFixed(1)}" stroke-opacity="${opacity.toFixed(3)}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

export function ellipse(center: Point, rx: number, ry: number, grey: number, opacity = 1, turn = 0): string {
  const [x, y] = center.map((value) => value.toFixed(1));
  return `<ellipse cx="${x}" cy="${y}" rx="${rx.toFixed(1)}" ry="${ry.toFixed(1)}" fill="${greyOf(grey)}" fill-opacity="${opacity.toFixed(3)}" transform="rotate(${turn.toFixed(0)} ${x} ${y})"/>`;
}

/** A patch that fades out to its edge; `rasterise` brings the gradient. */
export function cloud(center: Point, rx: number, ry: number, opacity: number, turn = 0): string {
  return ellipse(center, rx * 1.5, ry * 1.5, 1, opacity, turn).replace(greyOf(1), "url(#cloud)");
}

function greyOf(grey: number): string {
  const level = Math.round(Math.max(0, Math.min(1, grey)) * 255);
  return `rgb(${level},${level},${level})`;
}
