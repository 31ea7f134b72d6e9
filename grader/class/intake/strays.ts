/** What lies among a class's hand-ins and is nobody's, by its name: what systems, platforms and instructors leave there. */
import type { Tell } from "./place.js";
import { readableName } from "./nameBytes.js";
import { platformOwner } from "./studentName.js";

/** Made by an operating system, an editor or a tool. */
const SYSTEM =
  /^(\.DS_Store|\._.*|\.(git|svn|hg|npm|env|nfs|Trash|Spotlight)[^/]*|\.(ipynb_checkpoints|vscode|idea|cache|config|local|venv|unrolled|fseventsd|TemporaryItems|AppleDouble|directory)|\.~lock.*|__pycache__|node_modules|__MACOSX|Thumbs\.db|desktop\.ini|Icon\r|\$RECYCLE\.BIN|System Volume Information|lost\+found)$/i;
/** An instructor's tables and settings, and what a run writes. */
const TABLES = /\.(csv|tsv|ya?ml|toml|ini|cfg|log|lock|sqlite(-\w+)?|db|xml|regrade\.json)$/i;
/** What a platform or an instructor puts beside hand-ins. */
const WORDS =
  /^(read[-_ ]?me|licen[cs]e|copying|index|manifest|instructions?|assignment|handout|syllabus|rubric|grades?|gradebook|roster|feedback|results?|package(-lock)?|tsconfig|submission_metadata)(\.[a-z]+)?$/i;

/**
 * Whether a file or folder is a system's or a tool's.
 *
 * @param name - without its folder
 * @returns true for such as ".DS_Store" and "__MACOSX"
 */
export function isSystems(name: string): boolean {
  return SYSTEM.test(name);
}

/**
 * Whether a file that can't be graded is plainly no hand-in.
 *
 * @param name - without its folder
 * @returns false for what may be a student's in a wrong form, such as "eve.pdf", and for what a platform says is one's
 */
export function isNobodys(name: string): boolean {
  if (isSystems(name)) return true;
  return (TABLES.test(name) || WORDS.test(name)) && platformOwner(name) === undefined;
}

/** So many names are listed. */
const LISTED = 20;

/**
 * Names in one line.
 *
 * @param names - of files and folders
 * @returns such as "a, b, and 3 more"
 */
export function listed(names: readonly string[]): string {
  const more = names.length - LISTED;
  const first = names.slice(0, LISTED).map(readableName).join(", ");
  return more > 0 ? `${first}, and ${more} more` : first;
}

/**
 * Tells an instructor what was not looked at.
 *
 * @param names - of what lies there and is no hand-in
 * @param tell - gets a line, if there are any
 */
export function tellStrays(names: readonly string[], tell: Tell): void {
  if (names.length === 0) return;
  tell(
    `grade: taken for no hand-ins by their names, and passed over: ${listed(names)}; what is a student's, put into a folder of the student's name`,
  );
}
