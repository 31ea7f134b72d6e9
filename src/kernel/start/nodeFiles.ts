import {
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  type Dirent,
  type Stats,
} from "node:fs";
import type { Files } from "../compile/files.js";

function entries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** What a path leads to; a link that leads to itself leads nowhere. */
function stats(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function isFolder(path: string): boolean {
  return stats(path)?.isDirectory() === true;
}

/** UTF-16's byte order mark, in either order, read as UTF-8. */
const utf16 = "\ufffd\ufffd";

/** The text of a file, in UTF-8, or in UTF-16 as older editors of Windows write it. */
function textIn(path: string): string {
  const text = readFileSync(path, "utf8");
  if (!text.startsWith(utf16)) return text;
  const bytes = readFileSync(path);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString("utf16le");
  const isSwapped = bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0;
  return isSwapped ? bytes.swap16().toString("utf16le") : text;
}

/** The files of this machine. */
export const nodeFiles: Files = {
  readFile(path) {
    try {
      return textIn(path).replace(/^\ufeff/, "");
    } catch {
      return undefined;
    }
  },
  fileExists: (path) => stats(path)?.isFile() === true,
  directoryExists: isFolder,
  directories: (path) =>
    entries(path)
      .filter(
        (entry) =>
          entry.isDirectory() || (entry.isSymbolicLink() && isFolder(`${path}/${entry.name}`)),
      )
      .map(({ name }) => name),
  files: (path) =>
    entries(path)
      .filter((entry) => entry.isFile())
      .map(({ name }) => name),
  realPath(path) {
    try {
      return realpathSync.native(path);
    } catch {
      return path;
    }
  },
  stamp(path) {
    const found = stats(path);
    // Packages come with the time of their making, which is the same for all of npm's.
    return found === undefined ? "" : `${found.mtimeMs} ${found.size} ${found.ino}`;
  },
};
