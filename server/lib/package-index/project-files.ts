import { z } from "zod";
import { requestFromIndex } from "./request";

/** A file that an index offers of a project. */
export type IndexedFile = {
  readonly filename: string;
  readonly url: string;
  /** As the index states it; older indexes may not. */
  readonly sha256: string | null;
};

/** JSON first (PEP 691), the page of links where an index has only that (PEP 503). */
const accept = "application/vnd.pypi.simple.v1+json, text/html;q=0.5";

/** Every file of a project, in the index's order. @throws Error when the index cannot be read */
export async function projectFiles(
  index: string,
  project: string,
  signal: AbortSignal,
): Promise<IndexedFile[]> {
  const page = new URL(`${index.replace(/\/+$/, "")}/${normalised(project)}/`);
  const within = AbortSignal.any([signal, AbortSignal.timeout(60_000)]);
  const response = await requestFromIndex(page, { accept, signal: within });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  const files = isJson ? fromJson(text) : fromLinks(text);
  return files.map((file) => ({ ...file, url: withCredentials(new URL(file.url, response.url), page) }));
}

const answer = z.object({
  files: z.array(
    z.object({ filename: z.string(), url: z.string(), hashes: z.record(z.string(), z.string()) }),
  ),
});

function fromJson(text: string): IndexedFile[] {
  return answer
    .parse(JSON.parse(text))
    .files.map(({ filename, url, hashes }) => ({ filename, url, sha256: hashes.sha256 ?? null }));
}

/** `<a href="…/name.whl#sha256=…">name.whl</a>` */
function fromLinks(html: string): IndexedFile[] {
  return [...html.matchAll(/<a\s[^>]*href\s*=\s*["']([^"']+)["']/gi)].map(([, href = ""]) => {
    const [url = "", hash = ""] = href.replaceAll("&amp;", "&").split("#");
    const filename = decodeURIComponent(url.slice(url.lastIndexOf("/") + 1));
    return { filename, url, sha256: /^sha256=([0-9a-f]{64})/.exec(hash)?.[1] ?? null };
  });
}

/** An index behind a password keeps its files behind the same. */
function withCredentials(url: URL, page: URL): string {
  if (url.host === page.host && !url.username) {
    url.username = page.username;
    url.password = page.password;
  }
  return url.href;
}

/** PEP 503: runs of `-`, `_` and `.` are one `-`. */
function normalised(project: string): string {
  return project.toLowerCase().replace(/[-_.]+/g, "-");
}
