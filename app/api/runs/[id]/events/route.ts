import { valueOf as valueIn } from "@/server/auth/command";
import { runNews } from "@/server/training/queries";
import { isOver } from "@/server/training/schema";
import { runRoute } from "../../run-route";

const everyMs = 1_000;
/** A stream ends by then and the browser asks anew, so that a lost right or session is noticed. */
const longestMs = 10 * 60_000;

/**
 * A run's news as server-sent events: state, epochs and log lines as they come, then `end`. The event's id is
 * the last epoch and the last line, with which a browser that was cut off goes on.
 */
export const GET = runRoute(async ({ person, run, request }) => {
  let [afterEpoch, afterLine] = placeOf(request.headers.get("last-event-id"));
  const ask = () => runNews(person, { run, afterEpoch, afterLine });
  const first = await ask();
  if (!first.ok) return first;
  let news: typeof first.value | null = first.value;
  let told = "";
  let timer: NodeJS.Timeout | undefined;
  const until = Date.now() + longestMs;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { state, epochs, log } = news ?? valueIn(await ask());
      news = null;
      afterEpoch = epochs.at(-1)?.epoch ?? afterEpoch;
      afterLine = log.at(-1)?.id ?? afterLine;
      const now = JSON.stringify(state);
      const changed = now !== told || epochs.length > 0 || log.length > 0;
      told = now;
      const over = isOver(state.status) && log.length === 0;
      // A comment keeps the connection open where there is no news.
      const text = changed ? eventOf(`${afterEpoch}.${afterLine}`, { state, epochs, log }) : ": \n\n";
      controller.enqueue(encoder.encode(over ? `${text}event: end\ndata: {}\n\n` : text));
      if (over || Date.now() > until) return controller.close();
      await new Promise((resolve) => {
        timer = setTimeout(resolve, everyMs);
      });
    },
    cancel: () => clearTimeout(timer),
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
});

function eventOf(id: string, data: unknown): string {
  return `id: ${id}\nevent: news\ndata: ${JSON.stringify(data)}\n\n`;
}

function placeOf(id: string | null): [number, number] {
  const match = /^(\d{1,9})\.(\d{1,15})$/.exec(id ?? "");
  return match ? [Number(match[1]), Number(match[2])] : [0, 0];
}
