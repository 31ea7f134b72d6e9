/**
 * Packages that are installed while the kernel runs. One that no cell has imported is seen as it is now, in types and
 * in values. Node cannot load one anew that is in use: then its types stay with its values, and the cell says so.
 */
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { foldersAbove, type Files } from "../compile/files.js";

/** What npm, pnpm and yarn write into node_modules at each installation. */
const marks = [".package-lock.json", ".modules.yaml", ".yarn-integrity", ".yarn-state.yml"];

interface InUse {
  readonly name: string;
  /** Its version when a cell imported it first. */
  readonly version: string;
  /** The newer version that was told of. */
  told: string;
}

/** Knows which packages cells use, and whether some were installed since. */
export class Packages {
  readonly #files: Files;
  readonly #marks: readonly string[];
  readonly #inUse = new Map<string, InUse>();
  #stamp: string;

  /**
   * @param files - the files of this machine
   * @param folders - the notebook's folder, and the pack's
   */
  constructor(files: Files, folders: readonly string[]) {
    this.#files = files;
    const places = folders.flatMap((folder) => foldersAbove(folder));
    this.#marks = places.flatMap((folder) =>
      marks.map((mark) => posix.join(folder, "node_modules", mark)),
    );
    this.#stamp = this.#stampNow();
  }

  /** A cell or a file imports what lies there. */
  use(url: string): void {
    const found = /^file:.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url);
    if (found === null) return;
    const [start, name] = found;
    const folder = this.#files.realPath(fileURLToPath(start));
    if (this.#inUse.has(folder)) return;
    const version = versionIn(folder);
    this.#inUse.set(folder, { name: name!, version, told: version });
  }

  /**
   * Whether a file belongs to a package that is in use.
   *
   * @param path - the file
   * @returns whether it stays as it was
   */
  isInUse(path: string): boolean {
    const end = path.lastIndexOf("/node_modules/") + "/node_modules/".length;
    const [first = "", second = ""] = path.slice(end).split("/");
    return this.#inUse.has(
      path.slice(0, end) + (first.startsWith("@") ? `${first}/${second}` : first),
    );
  }

  /**
   * Looks whether something was installed since the last look.
   *
   * @returns undefined when nothing was; otherwise a line for each package in use that has another version now
   */
  installed(): readonly string[] | undefined {
    const stamp = this.#stampNow();
    if (stamp === this.#stamp) return undefined;
    this.#stamp = stamp;
    return [...this.#inUse].flatMap(([folder, used]) => {
      const now = versionIn(folder);
      if (now === used.told || now === "") return [];
      used.told = now;
      if (now === used.version) return [];
      return [
        `${used.name} is ${now} now, but ${used.version} was imported before: cells go on with ${used.version} until the kernel is restarted`,
      ];
    });
  }

  #stampNow(): string {
    return this.#marks.map((mark) => this.#files.stamp(mark)).join();
  }
}

function versionIn(folder: string): string {
  try {
    const text = readFileSync(posix.join(folder, "package.json"), "utf8");
    return (JSON.parse(text) as { readonly version?: string }).version ?? "";
  } catch {
    return "";
  }
}
