import { writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { pack } from "tar-stream";

export type PlannedEntry = {
  readonly name: string;
  readonly content?: string | Buffer;
  /** A symbolic link to this place. */
  readonly linkTo?: string;
  /** What the directory says in place of the true unpacked size. */
  readonly claimedSize?: number;
};

/** Writes a zip by hand (APPNOTE 4.3): the tools that make archives refuse to make hostile ones. */
export async function writeZip(file: string, entries: readonly PlannedEntry[]): Promise<void> {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.linkTo ?? entry.content ?? "");
    const packed = deflateRawSync(content);
    const name = Buffer.from(entry.name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.claimedSize ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((entry.linkTo === undefined ? 0o100644 : 0o120777) * 0x10000, 6);
    rest.writeUInt32LE(offset, 10);
    // Made by Unix: only then the upper half of the attributes is a mode.
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x03", "latin1"), common, rest, name]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  await writeFile(file, Buffer.concat([...locals, ...directory, end]));
}

export async function writeTar(file: string, entries: readonly PlannedEntry[], gzip: boolean): Promise<void> {
  const tar = pack();
  for (const { name, content, linkTo } of entries) {
    if (linkTo === undefined) tar.entry({ name }, Buffer.from(content ?? ""));
    else tar.entry({ name, type: "symlink", linkname: linkTo }, "");
  }
  tar.finalize();
  const bytes = await buffer(tar);
  await writeFile(file, gzip ? gzipSync(bytes) : bytes);
}
