/**
 * The archive of a whole class, as a platform saves it, in a folder's place: it is unpacked into a folder of its own,
 * which goes when the program ends. What students packed in it stays packed, and is read as theirs.
 */
import {
  closeSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { otherFormat, unpackTo } from "./archive.js";
import { IntakeError } from "./handIn.js";
import { entriesIn, onDisk, readableName, realPath } from "./nameBytes.js";
import { ARCHIVE, kindOf, type Tell, visibleEntries } from "./place.js";
import { MAX_NOTEBOOK_BYTES } from "./readHandIn.js";
import { isNobodys, isSystems } from "./strays.js";
import { lookInto } from "./wrapping.js";
import { type PackedEntry, plainName, type Receiver, refusalOfFile, shown } from "./unpacking.js";

/** What a class's archive gave. */
interface ClassFolder {
  /** Called as the archive, without its ending; or the one folder that all lies in. */
  readonly folder: string;
  /** What was left out of it, and why. */
  readonly notes: readonly string[];
}

/**
 * The folder in which a class's hand-ins lie.
 *
 * @param path - it, or the class's archive
 * @param tell - gets a line before an archive is unpacked, and one for each file that was left out of it
 * @param exercises - the ids of the exercises
 * @returns what is no archive's path as it is; of a folder that holds a platform's archive alone, the archive's folder
 * @throws IntakeError where an archive can't be unpacked
 */
export async function classFolder(
  path: string,
  tell: Tell,
  exercises: readonly string[] = [],
): Promise<string> {
  const about = statSync(path, { throwIfNoEntry: false });
  if (about?.isDirectory() === true) return (await inOnlyArchive(path, exercises, tell)) ?? path;
  if (!ARCHIVE.test(path) || about?.isFile() !== true) return path;
  tell(`Unpacking ${basename(path)} …`);
  const { folder, notes } = await unpackClass(path);
  for (const note of notes) tell(`${basename(path)}: ${note}`);
  return folder;
}

/** What goes when the program ends. */
const roots = new Set<string>();

/** So much is unpacked of an archive that may be one student's, in bytes. */
const MOST_PEEKED = 2 ** 31;

/** The class's folder in the one archive that is all that lies in a folder, if it is a platform's and no student's. */
async function inOnlyArchive(
  path: string,
  exercises: readonly string[],
  tell: Tell,
): Promise<string | undefined> {
  const visible = await visibleEntries(path);
  const [only, ...others] = visible.filter(
    ({ name }) => !isSystems(name) && !(kindOf(name) === undefined && isNobodys(name)),
  );
  if (only?.isFile() !== true || others.length > 0 || !ARCHIVE.test(only.name)) return undefined;
  const archive = join(realPath(path), only.name);
  const names = new PackedNames();
  try {
    await unpackTo(names, archive, headOf(archive));
  } catch {
    return undefined; // its reader says so to its student
  }
  if (names.firstParts.size < 2 || names.bytes > MOST_PEEKED) return undefined;
  const { folder, notes } = await unpackClass(archive, basename(realPath(path)));
  const packed = readableName(only.name);
  const look = await lookInto(folder, exercises);
  if (look.isPlatforms || look.isSection) {
    tell(
      `grade: ${packed} holds several students' hand-ins, and was unpacked; if it is one student's, name the folder with --student`,
    );
    for (const note of notes) tell(`${packed}: ${note}`);
    return folder;
  }
  const doubt = look.doubt ?? look.faintDoubt;
  if (doubt !== undefined)
    tell(
      `grade: ${packed}: ${doubt}: taken for one student's; if it is a class's, name the archive itself`,
    );
  return undefined;
}

/** The names in an archive, of which nothing is kept. */
class PackedNames implements Receiver {
  readonly mostBytes = MOST_PEEKED;
  /** The folders and files in which all lies, without one folder around all. */
  readonly firstParts = new Set<string>();
  bytes = 0;
  private seen = 0;

  get isOver(): boolean {
    return this.seen > MOST_ENTRIES;
  }

  nameFor(entry: PackedEntry): undefined {
    this.seen++;
    const name = plainName(entry.name);
    if (refusalOfFile(entry, name) !== undefined) return undefined;
    this.bytes += entry.size;
    const [first, second] = name.split("/");
    if (this.firstParts.size < 2) this.firstParts.add(first!);
    if (second !== undefined && this.firstParts.size < 2) this.inFirst.add(second);
    if (this.inFirst.size > 1) this.firstParts.add(second!);
    return undefined;
  }

  private readonly inFirst = new Set<string>();

  keep(): void {
    // nothing was asked for
  }

  tellDamage(): void {
    // it is told where it is read
  }

  say(): void {
    // it is told where it is read
  }
}

async function unpackClass(
  archive: string,
  stem = basename(archive).replace(ARCHIVE, ""),
): Promise<ClassFolder> {
  const refuse = (why: string): never => {
    throw new IntakeError(`grade: ${archive} can't be unpacked: ${why}`);
  };
  const head = headOf(archive);
  const other = otherFormat(head);
  if (other !== undefined) refuse(other);
  const root = realpathSync(mkdtempSync(join(tmpdir(), "unrolled-class-")));
  if (roots.size === 0) {
    process.once("exit", () => {
      for (const one of roots) rmSync(one, { recursive: true, force: true });
    });
  }
  roots.add(root);
  const folder = join(root, /^\.*$/.test(stem) ? "class" : stem);
  mkdirSync(onDisk(folder));
  const files = new UnpackedClass(folder);
  try {
    await unpackTo(files, archive, head);
  } catch (error) {
    refuse(`${(error as Error).message}; save it from the platform again`);
  }
  if (files.failure !== undefined)
    refuse(`${files.failure}; unpack it where there is room, and name that folder`);
  return { folder: await innermost(folder), notes: files.notes };
}

/** The one folder in which all of a class lies, if it has no work of its own. */
async function innermost(folder: string): Promise<string> {
  const [only, ...others] = await visibleEntries(folder);
  if (only?.isDirectory() !== true || others.length > 0 || only.name === "submitted") return folder;
  const inner = await entriesIn(join(folder, only.name));
  const isClass =
    only.name === basename(folder) ||
    (inner.some((entry) => entry.isDirectory()) &&
      inner.every((entry) => entry.isDirectory() || kindOf(entry.name) === undefined));
  return isClass ? join(folder, only.name) : folder;
}

/** As many bytes as tell what an archive is. */
const HEAD = 512;

function headOf(file: string): Buffer {
  const descriptor = openSync(onDisk(file), "r");
  try {
    const head = Buffer.alloc(HEAD);
    return head.subarray(0, readSync(descriptor, head));
  } finally {
    closeSync(descriptor);
  }
}

/** So many notes are told of one archive, and so many entries looked at. */
const MOST_NOTES = 20;
const MOST_ENTRIES = 2_000_000;

/** The longest file of nothing, in bytes, that any file system takes. */
const MOST_HOLES = 2 ** 31 - 1;

/** Files that are written where their names say. */
class UnpackedClass implements Receiver {
  readonly mostBytes = 2 ** 40;
  readonly notes: string[] = [];
  /** Why no more can be written. */
  failure: string | undefined;
  private readonly folder: string;
  private seen = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  get isOver(): boolean {
    return this.failure !== undefined || this.seen > MOST_ENTRIES;
  }

  nameFor(entry: PackedEntry): string | undefined {
    if (++this.seen > MOST_ENTRIES) {
      this.say(`it holds more than ${MOST_ENTRIES} entries; the others were left out`);
      return undefined;
    }
    const name = plainName(entry.name);
    const why = refusalOfFile(entry, name);
    if (why === undefined && entry.size <= MAX_NOTEBOOK_BYTES) return name;
    if (why === undefined) this.write(name, (file) => this.writeHoles(file, entry.size));
    else if (why !== "") this.say(`${shown(name)} ${why}`);
    return undefined;
  }

  keep(name: string, bytes: Uint8Array): void {
    this.write(name, (file) => {
      writeFileSync(onDisk(file), bytes, { flag: "wx" });
    });
  }

  tellDamage(name: string, why: string): void {
    this.say(`${shown(name)} is damaged (${why})`);
  }

  say(problem: string): void {
    if (this.notes.length < MOST_NOTES) this.notes.push(problem);
  }

  /** A file of that size, which is too large to be read: its reader says so to its student. */
  private writeHoles(file: string, size: number): void {
    const descriptor = openSync(onDisk(file), "wx");
    try {
      ftruncateSync(descriptor, Math.min(size, MOST_HOLES));
    } finally {
      closeSync(descriptor);
    }
  }

  private write(name: string, write: (file: string) => void): void {
    const file = join(this.folder, name);
    try {
      mkdirSync(onDisk(dirname(file)), { recursive: true });
      try {
        write(file);
      } catch (error) {
        const isTwice = (error as NodeJS.ErrnoException).code === "EEXIST";
        if (!isTwice || !lstatSync(onDisk(file)).isFile()) throw error;
        rmSync(onDisk(file));
        write(file);
        this.say(`${shown(name)} is in it twice; the last one counts, as unzip takes it`);
      }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "EEXIST" || code === "ENOTDIR" || code === "EISDIR")
        this.say(`${shown(name)} is in it as a file and as a folder; the first counts`);
      else if (code === "ENAMETOOLONG") this.say(`${shown(name)} has too long a name`);
      else this.failure = message;
    }
  }
}
