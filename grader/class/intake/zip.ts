/** A zip's files, by the list at its end. */
import { crc32 } from "node:zlib";
import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import { textOf } from "./text.js";
import type { PackedEntry, Unpacking } from "./unpacking.js";

/**
 * Unpacks a zip.
 *
 * @param zip - the archive's bytes
 * @param unpacking - chooses the entries and keeps them
 * @throws what keeps the list from being read
 */
export async function unzip(zip: Buffer, unpacking: Unpacking): Promise<void> {
  const archive = await opened(zip);
  for await (const entry of entriesOf(archive)) {
    const name = unpacking.nameFor(packed(entry));
    if (unpacking.isOver) return;
    if (name === undefined) continue;
    try {
      unpacking.keep(name, await contentOf(archive, entry));
    } catch (error) {
      unpacking.tellDamage(name, (error as Error).message);
    }
  }
}

function packed(entry: Entry): PackedEntry {
  // Unix' kinds of files stand in the upper half; 0 where another system packed.
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  return {
    name: textOf(entry.fileName as unknown as Buffer).text,
    size: entry.uncompressedSize,
    kind: type === 0 || type === 0o100000 ? "file" : type === 0o040000 ? "folder" : "other",
    isLocked: entry.isEncrypted(),
  };
}

function opened(zip: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    // Names as they are: their checks are ours, with words.
    fromBuffer(zip, { lazyEntries: true, decodeStrings: false }, (error, archive) => {
      if (error === null) resolve(archive);
      else reject(error);
    });
  });
}

async function* entriesOf(archive: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | undefined>((resolve, reject) => {
      archive.once("entry", resolve);
      archive.once("end", () => {
        resolve(undefined);
      });
      archive.once("error", reject);
      archive.readEntry();
    });
    archive.removeAllListeners();
    if (entry === undefined) return;
    yield entry;
  }
}

/** The entry's bytes: as many as it says, and none of them changed. */
function contentOf(archive: ZipFile, entry: Entry): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    archive.openReadStream(entry, (error, stream) => {
      if (error !== null) {
        reject(error);
        return;
      }
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("error", reject);
      stream.on("end", () => {
        const bytes = Buffer.concat(pieces);
        if (crc32(bytes) === entry.crc32) resolve(bytes);
        else reject(new Error("its checksum is another"));
      });
    });
  });
}
