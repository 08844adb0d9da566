import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { env } from "../env";

/**
 * The package index that pip on this machine is set to use: PIP_INDEX_URL, else the last `index-url` among pip's
 * configuration files (pip's documentation, "Configuration"); null where neither names one. The public index's
 * address is pip's to know.
 */
export async function packageIndexUrl(): Promise<string | null> {
  const { PIP_INDEX_URL, PIP_CONFIG_FILE, XDG_CONFIG_HOME } = env();
  if (PIP_INDEX_URL) return PIP_INDEX_URL;
  const home = homedir();
  const files = [
    "/etc/pip.conf",
    path.join(home, ".pip", "pip.conf"),
    path.join(XDG_CONFIG_HOME ?? path.join(home, ".config"), "pip", "pip.conf"),
    path.join(home, "Library", "Application Support", "pip", "pip.conf"),
    ...(PIP_CONFIG_FILE ? [PIP_CONFIG_FILE] : []),
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8").catch(() => "")));
  return texts.map(indexUrlIn).findLast((url) => url !== undefined) ?? null;
}

/** `index-url` of one pip.conf, in its [global] or, which wins, its [download] section. */
export function indexUrlIn(text: string): string | undefined {
  const found = new Map<string, string>();
  let section = "";
  for (const line of text.split(/\r?\n/)) {
    section = /^\s*\[([^\]]+)\]/.exec(line)?.[1]?.trim() ?? section;
    const url = /^\s*index[-_]url\s*[=:]\s*(\S+)/.exec(line)?.[1];
    if (url) found.set(section, url);
  }
  return found.get("download") ?? found.get("global");
}
