/**
 * A tar's files, packed with gzip or not. The parser is tar's (npm's own): it reads piece by piece, in time that grows
 * with the archive's length alone, and writes no files.
 */
import { createGunzip } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import type { PackedEntry, Unpacking } from "./unpacking.js";

/** Bytes that are unpacked of one archive, also of what nobody grades: a tar can only be read through. */
const MOST_BYTES = 512 * 2 ** 20;
/** The longest name, in bytes, or other words about one entry. */
const MOST_ABOUT_ENTRY = 64 * 1024;

const KINDS: Readonly<Partial<Record<string, PackedEntry["kind"]>>> = {
  File: "file",
  OldFile: "file",
  ContiguousFile: "file",
  Directory: "folder",
};

/**
 * Unpacks a tar.
 *
 * @param tar - the archive's bytes
 * @param unpacking - chooses the entries and keeps them
 * @throws what is wrong with the archive; the entries before that place are kept
 */
export async function untar(tar: Buffer, unpacking: Unpacking): Promise<void> {
  let trouble: Error | undefined;
  let isAtEnd = false;
  const parser = new Parser({
    maxMetaEntrySize: MOST_ABOUT_ENTRY,
    onReadEntry: (entry) => {
      take(entry, unpacking);
    },
    onwarn: (_, message) => {
      trouble ??= new Error(message);
    },
  });
  parser.on("eof", () => {
    isAtEnd = true;
  });
  let unpacked = 0;
  for await (const piece of piecesOf(tar)) {
    // The parser would unpack what was packed twice, without a bound.
    if (unpacked === 0 && !isTar(piece)) throw new Error("no tar is in it");
    unpacked += piece.length;
    if (unpacked > MOST_BYTES) {
      unpacking.say(`it unpacks to more than ${MOST_BYTES / 2 ** 20} MB: hand in less`);
      return;
    }
    parser.write(piece);
    if (isAtEnd || unpacking.isOver) break;
  }
  if (!isAtEnd) parser.end();
  if (trouble !== undefined) throw trouble;
}

/** What gzip packed, as it comes; or all at once. */
async function* piecesOf(tar: Buffer): AsyncGenerator<Buffer> {
  if (!isGzip(tar)) {
    yield tar;
    return;
  }
  const gunzip = createGunzip();
  gunzip.end(tar);
  for await (const piece of gunzip) yield piece as Buffer;
}

/**
 * Whether bytes begin as gzip's.
 *
 * @param bytes - of a file
 * @returns true for what gzip packed
 */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Whether bytes begin as a tar's: each but the oldest says so at this place.
 *
 * @param bytes - of a file
 * @returns true for a tar
 */
export function isTar(bytes: Buffer): boolean {
  return bytes.toString("latin1", 257, 262) === "ustar";
}

function take(entry: ReadEntry, unpacking: Unpacking): void {
  const kind = KINDS[entry.type] ?? "other";
  const name = unpacking.nameFor({ name: entry.path, size: entry.size, kind, isLocked: false });
  if (name === undefined) {
    entry.resume();
    return;
  }
  const pieces: Buffer[] = [];
  entry.on("data", (piece) => pieces.push(piece));
  entry.on("end", () => {
    const bytes = Buffer.concat(pieces);
    if (bytes.length === entry.size) unpacking.keep(name, bytes);
    else unpacking.tellDamage(name, "it did not come whole");
  });
}
