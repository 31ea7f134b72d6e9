/**
 * A tar's files, packed with gzip or not. The parser is tar's (npm's own): it reads piece by piece, in time that grows
 * with the archive's length alone, and writes no files.
 */
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { TarNames } from "./tarNames.js";
import type { PackedEntry, Receiver } from "./unpacking.js";

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
 * @param tar - the archive's bytes, or its path
 * @param isPacked - with gzip
 * @param receiver - chooses the entries and keeps them
 * @throws what is wrong with the archive; the entries before that place are kept
 */
export async function untar(
  tar: Buffer | string,
  isPacked: boolean,
  receiver: Receiver,
): Promise<void> {
  let trouble: Error | undefined;
  let isAtEnd = false;
  const names = new TarNames();
  const parser = new Parser({
    maxMetaEntrySize: MOST_ABOUT_ENTRY,
    onReadEntry: (entry) => {
      take(entry, names.take(entry.path), receiver);
    },
    onwarn: (_, message) => {
      trouble ??= new Error(message);
    },
  });
  parser.on("eof", () => {
    isAtEnd = true;
  });
  let unpacked = 0;
  for await (const piece of piecesOf(tar, isPacked)) {
    // The parser would unpack what was packed twice, without a bound.
    if (unpacked === 0 && !isTar(piece)) throw new Error("no tar is in it");
    unpacked += piece.length;
    if (unpacked > receiver.mostBytes) {
      receiver.say(`it unpacks to more than ${receiver.mostBytes / 2 ** 20} MB: hand in less`);
      return;
    }
    names.write(piece);
    parser.write(piece);
    if (isAtEnd || receiver.isOver) break;
  }
  if (!isAtEnd) parser.end();
  if (trouble !== undefined) throw trouble;
}

/** The tar as it comes, without what gzip did to it. */
function piecesOf(tar: Buffer | string, isPacked: boolean): AsyncIterable<Buffer> {
  const source = typeof tar === "string" ? createReadStream(tar) : Readable.from([tar]);
  if (!isPacked) return source;
  const gunzip = createGunzip();
  // What fails is thrown where the pieces are read.
  pipeline(source, gunzip, () => undefined);
  return gunzip;
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

function take(entry: ReadEntry, path: string, receiver: Receiver): void {
  const kind = KINDS[entry.type] ?? "other";
  const name = receiver.nameFor({ name: path, size: entry.size, kind, isLocked: false });
  if (name === undefined) {
    entry.resume();
    return;
  }
  const pieces: Buffer[] = [];
  entry.on("data", (piece) => pieces.push(piece));
  entry.on("end", () => {
    const bytes = Buffer.concat(pieces);
    if (bytes.length === entry.size) receiver.keep(name, bytes);
    else receiver.tellDamage(name, "it did not come whole");
  });
}
