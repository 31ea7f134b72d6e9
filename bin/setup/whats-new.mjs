// What a learner is told after an update: the sections of CHANGELOG.md since their last start.
//
// my-work/.unrolled/version holds the version that was started last. Version 0.1.0 kept no such
// file: it is known by the record of what it copied.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../common/write-whole.mjs";

/** More lines than this nobody reads before a lesson. */
const MOST_LINES = 12;

/**
 * Says what has changed since the version that was started last, and remembers this one.
 * Call it before my-work/ is filled: a learner's first start has no news.
 * @param {string} project
 * @param {string} work The my-work/ folder.
 * @param {(line: string) => void} say
 */
export function tellWhatIsNew(project, work, say) {
  const record = join(work, ".unrolled", "version");
  const { version } = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
  const last = lastStarted(work, record);
  if (last === version) return;
  if (last !== undefined && isNewer(version, last)) {
    for (const line of newsSince(last, version, textOf(join(project, "CHANGELOG.md")))) say(line);
  }
  writeWhole(record, `${version}\n`);
}

/**
 * The lines of the versions after `last` up to `version`, the newest first.
 * @param {string} last
 * @param {string} version
 * @param {string} changelog
 * @returns {string[]}
 */
export function newsSince(last, version, changelog) {
  const lines = changelog
    .split(/^(?=## )/m)
    .filter((section) => {
      const of = /^## \[(\d+\.\d+\.\d+)\]/.exec(section)?.[1];
      return of !== undefined && isNewer(of, last) && !isNewer(of, version);
    })
    .flatMap((section) => section.trimEnd().split("\n"))
    .filter((line) => line.trim() !== "")
    .map((line) => line.replace(/^## \[([^\]]+)\].*/, "Version $1:").replace(/^### (.*)/, "$1:"));
  const shown = lines.length > MOST_LINES ? lines.slice(0, MOST_LINES) : lines;
  const isCut = shown.length < lines.length;
  return [
    `Updated from ${last} to ${version}.`,
    ...shown.map((line) => `  ${line}`),
    ...(isCut || lines.length === 0 ? ["The rest: CHANGELOG.md"] : []),
  ];
}

function lastStarted(work, record) {
  const remembered = textOf(record).trim();
  if (/^\d+\.\d+\.\d+$/.test(remembered)) return remembered;
  return existsSync(join(work, ".unrolled", "copied.json")) ? "0.1.0" : undefined;
}

function isNewer(version, than) {
  const [left, right] = [version, than].map((text) => text.split(".").map(Number));
  const place = left.findIndex((part, n) => part !== right[n]);
  return place >= 0 && left[place] > right[place];
}

function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
