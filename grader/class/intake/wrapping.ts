/**
 * Folders that hold several students' hand-ins where one student's was looked for: a platform's download unpacked into
 * a folder, the sections of a course. A student's own folders (`src/`, `backup/`) look much the same, so a folder is
 * opened only where its names leave no doubt, and where they do the instructor is asked.
 */
import { join } from "node:path";
import { entriesIn, type Entry, readableName } from "./nameBytes.js";
import { isIgnored, kindOf, type Tell, withoutCopyMark } from "./place.js";
import { isSystems, listed } from "./strays.js";
import { ownerOfFile, platformOwner } from "./studentName.js";

/** A folder in which hand-ins lie. */
export interface Level {
  readonly folder: string;
  readonly entries: readonly Entry[];
}

/** What lies where. */
export interface Levels {
  /** The class's folder without the wrapping ones, and these. */
  readonly levels: readonly Level[];
  /** The folders that may hold several students' work and were taken for one's, with what makes it doubtful. */
  readonly doubts: ReadonlyMap<string, string>;
}

/** So many folders in one another may wrap a class. */
const MOST_WRAPS = 3;
/** So many folders of one folder are looked into. */
const LOOKED_INTO = 200;

/**
 * Opens the folders of a class's folder that hold several students' hand-ins.
 *
 * @param top - the class's folder
 * @param exercises - the ids of the exercises
 * @param tell - gets a line for each folder that was opened
 * @returns the folders in which hand-ins lie, and the doubtful ones
 * @throws what `tell` throws; a folder that can't be read is nobody's wrapping
 */
export async function unwrapped(
  top: Level,
  exercises: readonly string[],
  tell: Tell,
): Promise<Levels> {
  const doubts = new Map<string, string>();
  const levels = await open(top, { exercises, tell, doubts }, MOST_WRAPS);
  return { levels, doubts };
}

/** What opening needs to know, and where it writes what it doubts. */
interface Opening {
  readonly exercises: readonly string[];
  readonly tell: Tell;
  readonly doubts: Map<string, string>;
}

async function open(level: Level, opening: Opening, left: number): Promise<readonly Level[]> {
  const folders = level.entries.filter((entry) => entry.isDirectory());
  const isLoose = level.entries.some(
    (entry) => !entry.isDirectory() && kindOf(entry.name) !== undefined,
  );
  const looks = await Promise.all(
    folders.map((entry) => lookInto(join(level.folder, entry.name), opening.exercises)),
  );
  const areSections = !isLoose && looks.length > 0 && looks.every((look) => look.isSection);
  const isAlone = !isLoose && looks.length === 1;
  const rest: Entry[] = level.entries.filter((entry) => !entry.isDirectory());
  const opened: Level[] = [];
  for (const [n, entry] of folders.entries()) {
    const look = looks[n]!;
    const isWrap = left > 0 && (look.isPlatforms || areSections || (isAlone && look.isChain));
    const inner = isWrap ? await open(look, opening, left - 1) : [];
    // A folder that holds nothing but one folder is opened only for what wraps a class within it.
    if (inner.length > 0 && (look.isPlatforms || areSections || inner[0] !== look)) {
      opened.push(...inner);
      if (look.isPlatforms || areSections)
        opening.tell(
          `grade: ${readableName(entry.name)} holds several students' hand-ins: ${listed(namesIn(look))}; each was taken for one student's; if they are one student's, name that folder with --student`,
        );
      continue;
    }
    rest.push(entry);
    const within = opening.doubts.get(join(look.folder, look.entries[0]?.name ?? ""));
    const doubt = isAlone ? (look.doubt ?? look.faintDoubt ?? within) : look.doubt;
    if (doubt !== undefined) opening.doubts.set(join(level.folder, entry.name), doubt);
  }
  if (opened.length === 0) return [level];
  return rest.length === 0 ? opened : [{ ...level, entries: rest }, ...opened];
}

function namesIn({ entries }: Level): readonly string[] {
  return entries
    .filter((entry) => entry.isDirectory() || kindOf(entry.name) !== undefined)
    .map(({ name }) => name);
}

/** What a look into a folder tells. */
export interface Look extends Level {
  /** All in it is named by a platform, after two people at least. */
  readonly isPlatforms: boolean;
  /** All in it are folders named as people may be, and two of them hold the same exercise. */
  readonly isSection: boolean;
  /** One folder is all that lies in it. */
  readonly isChain: boolean;
  /** Why it may be several students', though it was not opened. */
  readonly doubt: string | undefined;
  /** Why it may be, if nothing else lies beside it. */
  readonly faintDoubt: string | undefined;
}

/**
 * What the names in a folder tell about whose it is.
 *
 * @param folder - its path
 * @param exercises - the ids of the exercises
 * @returns whether several students' hand-ins lie in it, or what makes it doubtful
 * @throws nothing where it can't be read: its reader says so
 */
export async function lookInto(folder: string, exercises: readonly string[]): Promise<Look> {
  const all = await entriesIn(folder).catch(() => []); // said when it is read
  const entries = all
    .filter(({ name }) => !isIgnored(name) && !isSystems(name))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const folders = entries.filter((entry) => entry.isDirectory());
  const loose = entries
    .filter((entry) => !entry.isDirectory() && kindOf(entry.name) !== undefined)
    .map(({ name }) => name);
  const nothing: Look = {
    ...{ folder, entries, isPlatforms: false, isSection: false },
    ...{ isChain: folders.length === 1 && loose.length === 0 },
    ...{ doubt: undefined, faintDoubt: undefined },
  };
  const named = [...folders.map(({ name }) => name), ...loose];
  const owners = new Set(named.map(platformOwner));
  if (owners.size > 1 && !owners.has(undefined)) return { ...nothing, isPlatforms: true };
  if (folders.length > 1) return ofFolders(nothing, loose, exercises);
  const students = new Set(
    loose.flatMap((name) => {
      const owner = ownerOfFile(name, exercises);
      return owner?.isSure === true ? [owner.student] : [];
    }),
  );
  if (folders.length > 0 || students.size < 2) return nothing;
  const faintDoubt = `its files are named after ${listed(Array.from(students))}`;
  return { ...nothing, faintDoubt };
}

/** What a look into a folder of several folders tells. */
async function ofFolders(
  nothing: Look,
  loose: readonly string[],
  exercises: readonly string[],
): Promise<Look> {
  const folders = nothing.entries.filter((entry) => entry.isDirectory()).slice(0, LOOKED_INTO);
  const holders = new Map<string, string[]>();
  const work: string[] = [];
  for (const { name } of folders) {
    const inner = await entriesIn(join(nothing.folder, name)).catch(() => []);
    const files = inner.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
    const keys = new Set(files.flatMap((file) => workIn(file, exercises)));
    if (keys.size > 0) work.push(name);
    for (const key of keys) holders.set(key, [...(holders.get(key) ?? []), name]);
  }
  const shared = Array.from(holders).filter(([, names]) => names.length > 1);
  const names = folders.map(({ name }) => name);
  const people = names.filter((name) => !hasPartsWord(name, exercises));
  const isSection =
    loose.length === 0 &&
    !names.some((name) => isPartsName(name, exercises)) &&
    people.length > 1 &&
    shared.some(([key]) => isExercise(key, exercises));
  const [first] = shared;
  const reason =
    first === undefined
      ? work.length > 1 && loose.length === 0
        ? `its folders ${listed(work)} each hold work`
        : undefined
      : `its folders ${listed(first[1])} each hold ${readableName(first[0])}`;
  return {
    ...{ ...nothing, isSection },
    doubt: first !== undefined && people.length > 0 ? reason : undefined,
    faintDoubt: reason,
  };
}

/** What a file that can be graded is the work on: an exercise, or what its name says. */
function workIn(file: string, exercises: readonly string[]): readonly string[] {
  if (kindOf(file) === undefined || isIgnored(file)) return [];
  const { stem } = withoutCopyMark(file.replace(/(\.[a-z]{2,5}){1,2}$/i, ""));
  return [exercises.find((one) => stem.endsWith(one)) ?? stem];
}

/** Whether files of this name are the same exercise's wherever they lie; an "index" is not. */
function isExercise(key: string, exercises: readonly string[]): boolean {
  return (
    exercises.includes(key) ||
    /^\d\d-[a-z][a-z-]*$/.test(key) ||
    /^(ps|pset|hw|homework|assignment|assign|exercise|ex|lab)[-_ ]?\d{1,3}$/i.test(key)
  );
}

/** Words of folders that are parts of one person's work. */
const PARTS: ReadonlySet<string> = new Set(
  `app archive assignment attempt attempts backup backups bak build chapter checkpoint checkpoints code component
  components copies copy current data day dist doc docs draft drafts dev ex exercise exercises final finals first fixed
  for hand handin handins homework hw in js lab lesson lessons lib libs main master misc module my new newer nb node
  notebook notebooks of old older orig original other others out output part parts prev previous problem project ps
  pset py public question resources save saved script scripts second section solution solutions source sources spec
  src starter starters submission submissions submit submitted task tasks temp test tests the third tmp trash tries try
  ts unit unrolled untitled utils v version versions week weeks wip work`.split(/\s+/),
);

/** The words of a name, small: "oneHot_v2" is "one", "hot", "v". */
function wordsIn(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z])(?=[A-Z])/g, "$1 ")
    .toLowerCase()
    .split(/[^\p{L}\uDC80-\uDCFF]+/u)
    .filter((word) => word !== "");
}

function isPart(word: string, exercises: readonly string[]): boolean {
  return PARTS.has(word) || exercises.some((one) => wordsIn(one).includes(word));
}

/** Whether a name is made of such words alone, or of no words. */
function isPartsName(name: string, exercises: readonly string[]): boolean {
  return wordsIn(name).every((word) => isPart(word, exercises));
}

function hasPartsWord(name: string, exercises: readonly string[]): boolean {
  return wordsIn(name).some((word) => isPart(word, exercises)) || wordsIn(name).length === 0;
}
