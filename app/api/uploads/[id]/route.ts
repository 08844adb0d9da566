import { personRoute } from "@/app/_session/route";
import { discardUpload, receiveChunk, showUpload } from "@/server/datasets/uploads/commands";

type Params = { id: string };

/** How much of an upload has come: where a sender goes on after a cut. */
export const GET = personRoute<Params>(({ person, params }) => showUpload(person, { id: params.id }), {
  passive: true,
});

/** The next piece, beginning at `?offset=`. */
export const PUT = personRoute<Params>(async ({ person, request, params }) => {
  const offset = new URL(request.url).searchParams.get("offset") ?? "";
  return receiveChunk(person, { id: params.id, offset, body: request.body ?? new ReadableStream() });
});

export const DELETE = personRoute<Params>(({ person, params }) => discardUpload(person, { id: params.id }));
