import { noRating, type Ratings } from "../ratings";

/** Raters who repeat a truth with chance `likeness`: the twin of `ratings` in agreement.py. */
export function plantedRatings(units: number, raters: number, categories: number, likeness: number): Ratings {
  const values = Int8Array.from({ length: units * raters }, (_, at) => {
    const [unit, rater] = [Math.floor(at / raters), at % raters];
    const k = wave(unit, 700 + rater) < likeness ? 500 : 600 + rater;
    return Math.floor(wave(unit, k) ** 2 * categories);
  });
  return { categories, raters, values };
}

/** Nearly all say no: only each twelfth unit may be a yes. */
export function rare(ratings: Ratings): Ratings {
  const values = ratings.values.map((value, at) =>
    Math.floor(wave(Math.floor(at / ratings.raters), 900) * 12) === 0 ? value : 0,
  );
  return { ...ratings, values };
}

/** The same with a share of the ratings missing. */
export function withHoles(ratings: Ratings, share: number): Ratings {
  const { raters } = ratings;
  const values = ratings.values.map((value, at) =>
    wave(Math.floor(at / raters), 800 + (at % raters)) < share ? noRating : value,
  );
  return { ...ratings, values };
}

/** A number in [0, 1) that looks drawn: the twin of `wave` in agreement.py. */
export function wave(i: number, k: number): number {
  const x = Math.sin(i * 12.9898 + k * 78.233) * 43758.5453;
  return x - Math.floor(x);
}
