/** The files that the compiler reads, handed in: those of a disk, or of a browser's memory. Paths have slashes. */
export interface Files {
  readonly readFile: (path: string) => string | undefined;
  readonly fileExists: (path: string) => boolean;
  readonly directoryExists: (path: string) => boolean;
  /** The folders in a folder. */
  readonly directories: (path: string) => readonly string[];
  /** The files in a folder. */
  readonly files: (path: string) => readonly string[];
  readonly realPath: (path: string) => string;
  /** A text that is another one once the file has changed; empty where there is no such file. */
  readonly stamp: (path: string) => string;
}

/** TypeScript itself, handed in. */
export type Ts = typeof import("typescript");

/**
 * The folder that a path lies in.
 *
 * @param path - a path with slashes
 * @returns the path without its last part
 */
export function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end <= 0 ? "/" : path.slice(0, end);
}

/**
 * A folder and all that it lies in.
 *
 * @param folder - a path with slashes
 * @returns the folder first, the root last
 */
export function foldersAbove(folder: string): string[] {
  return folder === "/" ? ["/"] : [folder, ...foldersAbove(folderOf(folder))];
}

/**
 * Two paths as one; a second path that starts at the root stands alone.
 *
 * @param folder - the first path
 * @param path - the second, such as `../src/x.ts`
 * @returns the path without `.` and `..`
 */
export function joined(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${folder}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
