// my-work/: the learner's own copies of the lessons and exercises.
//
// What was copied is remembered by its hash. A file that the learner never touched follows the
// pack when it is updated; one that they changed is theirs, for good: the new version is only named,
// once. A lesson is copied without its outputs: what it shows is for the learner to make.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { exerciseFileName } from "../common/exercise-file.mjs";
import { writeWhole } from "../common/write-whole.mjs";

/**
 * @typedef {object} Original A file of the pack, and its place in my-work/.
 * @property {string} from Relative to the project.
 * @property {string} to Relative to my-work/.
 *
 * @typedef {object} Changes What was done, as paths relative to my-work/.
 * @property {string[]} added
 * @property {string[]} refreshed
 * @property {{ to: string, from: string }[]} kept Changed by the learner, and there is a newer version.
 */

/**
 * The files that a learner gets: notebooks with the pages that each links to, and the exercises' starters in
 * learning order.
 * @param {string} project
 * @returns {Promise<Original[]>}
 */
export async function originals(project) {
  const notebooks = existsSync(join(project, "notebooks"))
    ? readdirSync(join(project, "notebooks"))
        .filter((name) => name.endsWith(".ipynb") || /^(?:glossary|notation)\.md$/.test(name))
        .sort()
    : [];
  const { manifest } = await import(
    pathToFileURL(join(project, "dist", "exercises", "manifest.js")).href
  );
  return [
    ...notebooks.map((name) => ({ from: join("notebooks", name), to: join("notebooks", name) })),
    ...manifest.map((exercise, index) => ({
      from: join("exercises", exercise.id, "starter.ts"),
      to: exerciseFileName(exercise, index),
    })),
  ];
}

/**
 * Brings my-work/ up to date without overwriting anything that the learner wrote.
 * @param {string} project
 * @param {string} work The my-work/ folder.
 * @param {readonly Original[]} files
 * @returns {Changes}
 */
export function bringUpToDate(project, work, files) {
  const record = join(work, ".unrolled", "copied.json");
  /** @type {Record<string, { from?: string, copied?: string, offered?: string }>} by `to` */
  const known = readRecord(record);
  const changes = { added: [], refreshed: [], kept: [] };

  for (const { from, to } of files) {
    const content = asCopied(from, readFileSync(join(project, from), "utf8"));
    const wanted = hashOf(content);
    const place = join(work, to);
    follow(known, work, from, to);
    const present = existsSync(place) ? hashOf(readFileSync(place)) : undefined;
    const last = known[to] ?? {};

    if (present === undefined || (present === last.copied && present !== wanted)) {
      writeWhole(place, content);
      (present === undefined ? changes.added : changes.refreshed).push(to);
      known[to] = { from, copied: wanted };
    } else if (present === wanted) {
      known[to] = { from, copied: wanted };
    } else if (wanted !== last.copied && wanted !== last.offered) {
      // Without a record (an older copy, or a file of the learner's own) there is nothing to compare with.
      if (last.copied !== undefined) changes.kept.push({ to, from });
      known[to] = { ...last, from, offered: wanted };
    }
  }
  const text = `${JSON.stringify(known, null, 2)}\n`;
  if (!existsSync(record) || readFileSync(record, "utf8") !== text) writeWhole(record, text);
  return changes;
}

/** What a learner gets of a file's text: a lesson as it was before it ran. */
function asCopied(name, text) {
  if (!name.endsWith(".ipynb")) return text;
  const lesson = JSON.parse(text);
  for (const cell of lesson.cells) {
    if (cell.cell_type === "code") Object.assign(cell, { execution_count: null, outputs: [] });
  }
  return `${JSON.stringify(lesson, null, 1)}\n`;
}

/**
 * A file whose name in my-work/ has changed moves along, with what is known of it; where it has moved already
 * (exercise-file.mjs), the latter alone.
 */
function follow(known, work, from, to) {
  const [earlier] = Object.keys(known).filter((name) => name !== to && known[name].from === from);
  if (earlier === undefined || known[to]?.from === from) return;
  if (existsSync(join(work, earlier))) {
    if (existsSync(join(work, to))) return;
    renameSync(join(work, earlier), join(work, to));
  }
  known[to] = known[earlier];
  Reflect.deleteProperty(known, earlier);
}

const hashOf = (content) => createHash("sha256").update(content).digest("hex");

function readRecord(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}
