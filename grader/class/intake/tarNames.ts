/**
 * The names in a tar by their bytes. The parser reads names as UTF-8 and forgets what they were where they are none, so
 * the headers are looked at once more beside it: each name that is no UTF-8 is kept until its entry comes.
 */
import { isUtf8 } from "node:buffer";
import { nameOf } from "./nameBytes.js";

const BLOCK = 512;
/** The longest words about an entry that are kept, in bytes. */
const MOST_ABOUT = 64 * 1024;

/** Names that are no UTF-8, in the order of their entries. */
export class TarNames {
  private rest = Buffer.alloc(0);
  /** Bytes of content to come, with what fills its last block. */
  private left = 0;
  /** Words about the next entry: what kind, and what has come of them. */
  private about: { readonly type: string; readonly size: number; pieces: Buffer[] } | undefined;
  private long: Buffer | undefined;
  private extended: ReadonlyMap<string, Buffer> = new Map();
  private readonly names = new Map<string, string[]>();

  /**
   * Looks at the next piece of the tar.
   *
   * @param piece - as long as it may be
   */
  write(piece: Buffer): void {
    let bytes = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    while (bytes.length > 0) {
      if (this.left > 0) {
        const content = bytes.subarray(0, this.left);
        this.about?.pieces.push(content);
        this.left -= content.length;
        bytes = bytes.subarray(content.length);
        if (this.left === 0) this.endAbout();
      } else {
        if (bytes.length < BLOCK) break;
        this.lookAt(bytes.subarray(0, BLOCK));
        bytes = bytes.subarray(BLOCK);
      }
    }
    this.rest = Buffer.from(bytes);
  }

  /**
   * The name of the next entry that the parser calls so.
   *
   * @param path - the entry's, as the parser has it
   * @returns as nameBytes.ts has it; the path itself where it was UTF-8
   */
  take(path: string): string {
    return this.names.get(path)?.shift() ?? path;
  }

  private lookAt(header: Buffer): void {
    if (header.every((byte) => byte === 0)) return;
    const type = String.fromCharCode(header[156]!);
    const isAbout = "LNKxXg".includes(type);
    const own = ownName(header);
    const given = isAbout ? undefined : this.extended.get("size");
    const isFolder = type === "5" || ("0\0".includes(type) && own.at(-1) === "/".charCodeAt(0));
    const size = isFolder
      ? 0
      : given === undefined
        ? sizeIn(header)
        : Number(given.toString("latin1"));
    if (!Number.isSafeInteger(size) || size < 0) return;
    this.left = Math.ceil(size / BLOCK) * BLOCK;
    if (isAbout) {
      const isKept = size <= MOST_ABOUT && "LNxX".includes(type);
      this.about = isKept ? { type, size, pieces: [] } : undefined;
      return;
    }
    this.about = undefined;
    const name = this.extended.get("path") ?? this.long ?? own;
    if (!isUtf8(name)) {
      for (const path of new Set([name.toString(), own.toString()])) {
        const known = this.names.get(path);
        if (known === undefined) this.names.set(path, [nameOf(name)]);
        else known.push(nameOf(name));
      }
    }
    this.long = undefined;
    this.extended = new Map();
  }

  private endAbout(): void {
    if (this.about === undefined) return;
    const { type, size, pieces } = this.about;
    const words = Buffer.concat(pieces).subarray(0, size);
    if ("LN".includes(type)) this.long = upToZero(words);
    else this.extended = recordsIn(words);
    this.about = undefined;
  }
}

/** The name that stands in a header. */
function ownName(header: Buffer): Buffer {
  const name = upToZero(header.subarray(0, 100));
  if (header.toString("latin1", 257, 265) !== "ustar\u000000") return name;
  const prefix = upToZero(header.subarray(345, header[475] === 0 ? 475 : 500));
  return prefix.length === 0 ? name : Buffer.concat([prefix, Buffer.from("/"), name]);
}

function upToZero(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

/** In octal digits, or as a number of bytes where the first bit says so. */
function sizeIn(header: Buffer): number {
  if ((header[124]! & 0x80) !== 0) return Number(header.readBigUInt64BE(128));
  return Number.parseInt(header.toString("latin1", 124, 136).replace(/\0.*$/s, "").trim(), 8);
}

/** An extended header's records: "30 path=…\n". */
function recordsIn(words: Buffer): ReadonlyMap<string, Buffer> {
  const records = new Map<string, Buffer>();
  for (let at = 0; at < words.length;) {
    const blank = words.indexOf(" ", at);
    const length = Number(words.toString("latin1", at, Math.min(blank, at + 10)));
    const equals = words.indexOf("=", blank);
    if (blank < 0 || !(length > 0) || equals < 0 || equals >= at + length) break;
    records.set(
      words.toString("latin1", blank + 1, equals),
      words.subarray(equals + 1, at + length - 1),
    );
    at += length;
  }
  return records;
}
