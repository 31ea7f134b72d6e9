/** What is taken out of an archive: names, kinds, sizes and their sums are looked at before anything is unpacked. */
import { bytesIn, readableName } from "./nameBytes.js";
import { isIgnored, kindOf } from "./place.js";

/** One file of an archive. */
export interface ArchiveEntry {
  /** With "/", without "..": relative to the archive; of names as nameBytes.ts has them. */
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
  /** In the order of their names. */
  readonly entries: readonly ArchiveEntry[];
  /** What was not read, and why. */
  readonly problems: readonly string[];
}

/** What an archive says of one of its entries. */
export interface PackedEntry {
  /** As nameBytes.ts has it. */
  readonly name: string;
  readonly size: number;
  readonly kind: "file" | "folder" | "other";
  readonly isLocked: boolean;
}

/** Takes what an archive holds, entry by entry, whatever its format. */
export interface Receiver {
  /** Bytes that a tar may be unpacked to, also of what nobody wants: it can only be read through. */
  readonly mostBytes: number;
  /** No more entries are looked at. */
  readonly isOver: boolean;
  /**
   * Whether an entry is to be unpacked; if it is one that a student wanted graded and it is not, why is told.
   *
   * @param entry - the next one of the archive
   * @returns where it is to be, the name under which to keep it
   */
  nameFor(entry: PackedEntry): string | undefined;
  /**
   * Keeps what an entry holds.
   *
   * @param name - as `nameFor` gave it
   * @param bytes - as many as the entry said
   */
  keep(name: string, bytes: Uint8Array): void;
  /**
   * Tells that an entry is damaged.
   *
   * @param name - as `nameFor` gave it
   * @param why - what is wrong with it
   */
  tellDamage(name: string, why: string): void;
  /** Tells what is wrong with the archive, if not too much was told before. */
  say(problem: string): void;
}

/** So many problems of one archive are told, and so many entries looked at. */
const MOST_PROBLEMS = 10;
const MOST_ENTRIES = 20_000;

/** A student's archive that is being unpacked. */
export class Unpacking implements Receiver {
  readonly mostBytes = 512 * 2 ** 20;
  private readonly limits: UnpackLimits;
  private readonly kept = new Map<string, Uint8Array | undefined>();
  private readonly problems: string[] = [];
  private bytes = 0;
  private seen = 0;

  constructor(limits: UnpackLimits) {
    this.limits = limits;
  }

  nameFor(entry: PackedEntry): string | undefined {
    if (++this.seen > MOST_ENTRIES) {
      if (this.seen === MOST_ENTRIES + 1)
        this.say(`it holds more than ${MOST_ENTRIES} entries: hand in less`);
      return undefined;
    }
    const { limits } = this;
    const name = plainName(entry.name);
    const why = refusalOf(entry, name);
    if (why === "") return undefined;
    if (why !== undefined) this.say(`${shown(name)} ${why}`);
    else if (entry.size > limits.sizeOf(name)) this.say(`${shown(name)} is too large`);
    else if (this.kept.size >= limits.files && !this.kept.has(name))
      this.say(`it holds more than ${limits.files} files`);
    else if (this.bytes + entry.size > limits.bytes)
      this.say(`${shown(name)} is too much: hand in less`);
    else {
      if (this.kept.has(name))
        this.say(`${shown(name)} is in it twice: the last one was read, as unzip takes it`);
      this.bytes += entry.size;
      this.kept.set(name, undefined);
      return name;
    }
    return undefined;
  }

  get isOver(): boolean {
    return this.seen > MOST_ENTRIES;
  }

  keep(name: string, bytes: Uint8Array): void {
    this.kept.set(name, bytes);
  }

  tellDamage(name: string, why: string): void {
    this.say(`${shown(name)} is damaged (${why}): pack it anew`);
  }

  say(problem: string): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(problem);
  }

  /** What there is in the end. */
  result(): Unpacked {
    const entries = Array.from(this.kept).flatMap(([name, bytes]) =>
      bytes === undefined ? [] : [{ name, bytes }],
    );
    if (entries.length === 0) {
      if (this.problems.length === 0) this.say("no .ts or .ipynb file is in it");
    }
    return {
      entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)),
      problems: this.problems,
    };
  }
}

/**
 * An entry's name, with "/" and without what says nothing: the "./" that tar puts before a folder's files, "//".
 *
 * @param name - as the archive has it
 * @returns it may still lead out of the archive's folder
 */
export function plainName(name: string): string {
  const parts = name.replaceAll("\\", "/").split("/");
  const last = parts.length - 1;
  return parts
    .filter((part, n) => part !== "." && (part !== "" || n === 0 || n === last))
    .join("/");
}

/** Names that each system can give a file: one part of it, all of it, and its folders in one another. */
const LONGEST_PART = 255;
const LONGEST_NAME = 1000;
const MOST_PARTS = 16;

function isTooLong(name: string): boolean {
  const parts = name.split("/");
  if (name.length > LONGEST_NAME || parts.length > MOST_PARTS) return true;
  return parts.some((part) => bytesIn(part) > LONGEST_PART);
}

/** Why an entry is not read; "" for what is no student's work, undefined for what may be graded. */
function refusalOf(entry: PackedEntry, name: string): string | undefined {
  const kind = kindOf(name);
  if (kind === undefined) return "";
  const refusal = refusalOfFile(entry, name);
  return refusal === undefined && kind === "archive"
    ? "is an archive within it: unpack it"
    : refusal;
}

/**
 * Why an entry can't be put where it says, or is no student's work.
 *
 * @param entry - of an archive
 * @param name - its plain name
 * @returns "" for what is no student's work; undefined for what can be unpacked
 */
export function refusalOfFile({ kind, isLocked }: PackedEntry, name: string): string | undefined {
  if (leadsOut(name)) return "would lie outside the archive's folder: pack it anew";
  if (kind === "folder" || name.endsWith("/") || name.split("/").some(isIgnored)) return "";
  if (name.includes("\0")) return "has a name that no file can have: pack it anew";
  if (isTooLong(name)) return "has too long a name, or lies too deep: pack it anew";
  if (kind === "other") return "is a link or a special file: pack the file itself";
  return isLocked ? "is locked with a password: pack it without one" : undefined;
}

function leadsOut(name: string): boolean {
  return name.split("/").includes("..") || /^([a-z]:|\/)/i.test(name);
}

/**
 * A name for a message.
 *
 * @param name - as long as it may be
 * @returns its beginning
 */
export function shown(name: string): string {
  return readableName(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
