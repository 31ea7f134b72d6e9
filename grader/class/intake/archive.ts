/** A zip's files, without trusting it: names, kinds, sizes and their sums are looked at before anything is unpacked. */
import { crc32 } from "node:zlib";
import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import { isIgnored, kindOf } from "./place.js";
import { textOf } from "./text.js";

/** One file of an archive. */
export interface ArchiveEntry {
  /** With "/", without "..": relative to the archive. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** How much may be unpacked. */
export interface UnpackLimits {
  readonly files: number;
  readonly bytes: number;
  /** The largest size of a file of this name. */
  readonly sizeOf: (name: string) => number;
}

/** What an archive gave. */
export interface Unpacked {
  readonly entries: readonly ArchiveEntry[];
  /** What was not read, and why. */
  readonly problems: readonly string[];
}

/** So many problems of one archive are told, and so many entries looked at. */
const MOST_PROBLEMS = 10;
const MOST_ENTRIES = 20_000;

/**
 * The files of a zip that may be graded.
 *
 * @param zip - the archive's bytes
 * @param limits - how much may be unpacked
 * @returns the files in the order of their names; what is wrong with others, or with the archive
 */
export async function unpack(zip: Buffer, limits: UnpackLimits): Promise<Unpacked> {
  const problems: string[] = [];
  const say = (text: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push(text);
  };
  const entries = new Map<string, Uint8Array>();
  const other = otherThanZip(zip);
  if (other !== undefined) return { entries: [], problems: [other] };
  try {
    const archive = await opened(zip);
    let bytes = 0;
    let seen = 0;
    for await (const entry of entriesOf(archive)) {
      if (++seen > MOST_ENTRIES) {
        say(`it holds more than ${MOST_ENTRIES} entries: hand in less`);
        break;
      }
      const name = nameOf(entry);
      const refused = refusalOf(entry, name);
      if (refused === "") continue;
      if (refused !== undefined) say(`${shown(name)} ${refused}`);
      else if (entries.has(name)) say(`${shown(name)} is in it twice: pack it anew`);
      else if (entry.uncompressedSize > limits.sizeOf(name)) say(`${shown(name)} is too large`);
      else if (entries.size >= limits.files) say(`it holds more than ${limits.files} files`);
      else if (bytes + entry.uncompressedSize > limits.bytes)
        say(`${shown(name)} is too much: hand in less`);
      else {
        bytes += entry.uncompressedSize;
        try {
          entries.set(name, await contentOf(archive, entry));
        } catch (error) {
          say(`${shown(name)} is damaged (${(error as Error).message}): pack it anew`);
        }
      }
    }
  } catch (error) {
    say(
      `can't be unpacked (${(error as Error).message}): it may not have come whole; unpack it, and hand in its files`,
    );
  }
  if (entries.size === 0 && problems.length === 0) say("no .ts or .ipynb file is in it");
  return {
    entries: Array.from(entries, ([name, bytes]) => ({ name, bytes })).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    ),
    problems,
  };
}

/** What an archive is that is called .zip and is none. */
function otherThanZip(bytes: Buffer): string | undefined {
  if (bytes.length === 0) return "the file is empty: pack it again";
  const kinds: Readonly<Record<string, string>> = {
    "Rar!": "a RAR archive",
    "7z\xbc\xaf": "a 7-Zip archive",
    "\x1f\x8b": "a gzip archive",
  };
  const start = bytes.toString("latin1", 0, 4);
  const [, kind] = Object.entries(kinds).find(([mark]) => start.startsWith(mark)) ?? [];
  return kind === undefined ? undefined : `${kind}, not a zip: unpack it, or pack it as .zip`;
}

/** Why an entry is not read; "" for what is no student's work, undefined for what may be graded. */
function refusalOf(entry: Entry, name: string): string | undefined {
  const parts = name.split("/");
  if (parts.includes("..") || /^([a-z]:|\/)/i.test(name)) {
    return kindOf(name) === undefined ? "" : "would lie outside the archive's folder: pack it anew";
  }
  if (name.endsWith("/") || parts.some(isIgnored)) return "";
  const kind = kindOf(name);
  if (kind === undefined) return "";
  if (kind === "archive") return "is an archive within it: unpack it";
  // Unix' kinds of files stand in the upper half; 0 where another system packed.
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (type !== 0 && type !== 0o100000) return "is a link or a special file: pack the file itself";
  if (entry.isEncrypted()) return "is locked with a password: pack it without one";
  return undefined;
}

function nameOf({ fileName }: Entry): string {
  return textOf(fileName as unknown as Buffer).text.replaceAll("\\", "/");
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

function shown(name: string): string {
  return name.length > 80 ? `${name.slice(0, 80)}…` : name;
}
