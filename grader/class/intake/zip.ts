/** A zip's files, by the list at its end. */
import { crc32 } from "node:zlib";
import { type Entry, fromBuffer, open, type ZipFile } from "yauzl";
import { nameOf } from "./nameBytes.js";
import type { PackedEntry, Receiver } from "./unpacking.js";

/**
 * Unpacks a zip.
 *
 * @param zip - the archive's bytes, or its path
 * @param receiver - chooses the entries and keeps them
 * @throws what keeps the list from being read
 */
export async function unzip(zip: Buffer | string, receiver: Receiver): Promise<void> {
  const archive = await opened(zip);
  for await (const entry of entriesOf(archive)) {
    const name = receiver.nameFor(packed(entry));
    if (receiver.isOver) return;
    if (name === undefined) continue;
    try {
      receiver.keep(name, await contentOf(archive, entry));
    } catch (error) {
      receiver.tellDamage(name, (error as Error).message);
    }
  }
}

function packed(entry: Entry): PackedEntry {
  // Unix' kinds of files stand in the upper half; 0 where another system packed.
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  return {
    name: nameOf(entry.fileName as unknown as Buffer),
    size: entry.uncompressedSize,
    kind: type === 0 || type === 0o100000 ? "file" : type === 0o040000 ? "folder" : "other",
    isLocked: entry.isEncrypted(),
  };
}

function opened(zip: Buffer | string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const onEnd = (error: Error | null, archive: ZipFile): void => {
      if (error === null) resolve(archive);
      else reject(error);
    };
    // Names as they are: their checks are ours, with words.
    const options = { lazyEntries: true, decodeStrings: false };
    if (typeof zip === "string") open(zip, options, onEnd);
    else fromBuffer(zip, options, onEnd);
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
