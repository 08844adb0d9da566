import { expect, it } from "vitest";
import { newsOfBringing } from "./bring-news";

it("tells how far it is, and at the end what was in the way", async () => {
  const news = newsOfBringing(async (onProgress) => {
    for (let done = 1; done <= 1_000; done++) onProgress(done, 1_000);
    return "The disk is full.";
  });
  const told = await Array.fromAsync(news);
  expect(told[0]).toEqual({ done: 1, total: 1_000 });
  expect(told.length).toBeLessThan(100);
  expect(told.at(-1)).toEqual({ obstacle: "The disk is full." });
});

it("goes on when nobody listens any more", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let brought = false;
  const news = newsOfBringing(async (onProgress) => {
    await promise;
    onProgress(1, null);
    brought = true;
    return null;
  });
  await news.cancel();
  resolve();
  await expect.poll(() => brought).toBe(true);
});
