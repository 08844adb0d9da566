import type { Progress } from "@/server/training/fetch-weights";

/** What is told while weights come: how far they are and, at the end, what was in the way; null when they are here. */
export type BringNews =
  | { readonly done: number; readonly total: number | null }
  | { readonly obstacle: string | null };

/** Milliseconds between two pieces of news: a file comes in thousands of chunks. */
const pace = 200;

/** Brings something and tells of it; who stops listening does not stop it. */
export function newsOfBringing(
  bring: (onProgress: Progress) => Promise<string | null>,
): ReadableStream<BringNews> {
  let heard = true;
  let told = 0;
  return new ReadableStream<BringNews>({
    async start(controller) {
      const tell = (news: BringNews) => {
        if (heard) controller.enqueue(news);
      };
      const obstacle = await bring((done, total) => {
        if (Date.now() - told < pace) return;
        told = Date.now();
        tell({ done, total });
      });
      tell({ obstacle });
      if (heard) controller.close();
    },
    cancel() {
      heard = false;
    },
  });
}
