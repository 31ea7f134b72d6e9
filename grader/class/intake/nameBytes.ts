/**
 * Names of files and folders as the file system has them: bytes, which need not be UTF-8.
 *
 * Within the intake a name is a text from which its bytes can be had again: a byte that is no part of UTF-8 is half a
 * surrogate pair (U+DC80 to U+DCFF), which no decoded text has. So two names are equal where their bytes are, and a
 * path is opened by its bytes. People read {@link readableName}.
 */
import { isUtf8 } from "node:buffer";
import type { Dirent } from "node:fs";
import { realpathSync } from "node:fs";
import { readdir } from "node:fs/promises";

/** Half a pair, for a byte: 0x80 is U+DC80. */
const HALF = 0xdc00;
const HALVES = /[\uDC80-\uDCFF]/u;
const ALL_HALVES = /[\uDC80-\uDCFF]/gu;
/** The longest character of UTF-8, in bytes. */
const LONGEST = 4;

/**
 * A name as a text from which its bytes can be had again.
 *
 * @param bytes - a name's, or a path's
 * @returns the text; where the bytes are UTF-8, what they say
 */
export function nameOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString();
  let name = "";
  for (let at = 0; at < buffer.length;) {
    let length = 1;
    while (length <= LONGEST && !isUtf8(buffer.subarray(at, at + length))) length++;
    if (length > LONGEST || at + length > buffer.length) {
      name += String.fromCharCode(HALF + buffer[at]!);
      at++;
    } else {
      name += buffer.toString("utf8", at, at + length);
      at += length;
    }
  }
  return name;
}

/**
 * What the system is given to open a path.
 *
 * @param path - of names as {@link nameOf} gives them
 * @returns the path itself, or its bytes where they are no UTF-8
 */
export function onDisk(path: string): string | Buffer {
  if (!HALVES.test(path)) return path;
  return Buffer.concat(
    Array.from(path, (character) =>
      HALVES.test(character) ? Buffer.of(character.charCodeAt(0) - HALF) : Buffer.from(character),
    ),
  );
}

/**
 * How long a name is on disk.
 *
 * @param name - as {@link nameOf} gives it
 * @returns its bytes
 */
export function bytesIn(name: string): number {
  return Buffer.byteLength(onDisk(name));
}

/**
 * A name for people: what is no UTF-8 is read as Windows-1252 (Latin-1), or as CP437, which old zips have, where that
 * alone makes letters of it. Two names may come to the same: {@link readableNames} keeps them apart.
 *
 * @param name - as {@link nameOf} gives it
 * @returns well-formed text
 */
export function readableName(name: string): string {
  if (!HALVES.test(name)) return name;
  const codes = Array.from(name.matchAll(ALL_HALVES), ([half]) => half.charCodeAt(0) - HALF);
  const windows = (code: number): string => WINDOWS.decode(Uint8Array.of(code));
  const dos = (code: number): string | undefined => DOS[code - 0x80];
  const isDos = !codes.map(windows).every(isLetter) && codes.every((code) => isLetter(dos(code)));
  return name.replaceAll(ALL_HALVES, (half) => {
    const code = half.charCodeAt(0) - HALF;
    const letter = isDos ? dos(code)! : windows(code);
    return isControl(letter) ? asNumber(code) : letter;
  });
}

/**
 * Names for people, each of its own: where two come to the same, those that are no UTF-8 show their bytes, such as
 * "M[xFC]ller".
 *
 * @param names - as {@link nameOf} gives them
 * @returns each name's readable one
 */
export function readableNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const all = new Set(names);
  const times = new Map<string, number>();
  for (const name of all) {
    const readable = readableName(name);
    times.set(readable, (times.get(readable) ?? 0) + 1);
  }
  const taken = new Set(Array.from(all).filter((name) => !HALVES.test(name)));
  return new Map(
    Array.from(all, (name) => {
      if (taken.has(name)) return [name, name];
      const readable = readableName(name);
      let shown = times.get(readable) === 1 ? readable : withNumbers(name);
      while (taken.has(shown)) shown += "'";
      taken.add(shown);
      return [name, shown];
    }),
  );
}

/** A name that shows its bytes that are no UTF-8. */
function withNumbers(name: string): string {
  return name.replaceAll(ALL_HALVES, (half) => asNumber(half.charCodeAt(0) - HALF));
}

function asNumber(code: number): string {
  return `[x${code.toString(16).toUpperCase()}]`;
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /^\p{L}$/u.test(character);
}

function isControl(character: string): boolean {
  return /^\p{C}$/u.test(character);
}

const WINDOWS = new TextDecoder("windows-1252");
/** The letters of CP437 from 0x80 on. */
const DOS = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑ";

/** Something that lies in a folder. */
export type Entry = Pick<Dirent, "name" | "isDirectory" | "isFile" | "isSymbolicLink">;

/**
 * What lies in a folder.
 *
 * @param folder - its path, of names as {@link nameOf} gives them
 * @returns in the system's order, links unresolved, with such names
 * @throws what the system says against reading it
 */
export async function entriesIn(folder: string): Promise<readonly Entry[]> {
  const entries = await readdir(onDisk(folder), { withFileTypes: true, encoding: "buffer" });
  return entries.map((entry) => ({
    name: nameOf(entry.name),
    isDirectory: () => entry.isDirectory(),
    isFile: () => entry.isFile(),
    isSymbolicLink: () => entry.isSymbolicLink(),
  }));
}

/**
 * Where a path leads, all links resolved.
 *
 * @param path - of names as {@link nameOf} gives them
 * @returns a path of such names
 * @throws what the system says against looking there
 */
export function realPath(path: string): string {
  return nameOf(realpathSync.native(onDisk(path), { encoding: "buffer" }));
}
