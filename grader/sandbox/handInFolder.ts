/** The folder in which boxes find a hand-in. */
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/**
 * Holds one hand-in at a time, for the next one in the same place.
 *
 * Of a class most hand in the same files: what is alike stays, since to make a file, or to cut it to nothing,
 * takes a disk several times what writing into it takes; and to wait for each would cost
 * a turn of a thread.
 */
export class HandInFolder {
  /** Its path; it is there. */
  readonly path: string;
  private readonly texts = new Map<string, string>();
  private readonly links = new Set<string>();

  /** @param path - of an empty folder, or one that is not there yet */
  constructor(path: string) {
    mkdirSync(path, { recursive: true, mode: 0o700 }); // what is in it stays for a while: nobody else's
    this.path = path;
  }

  /**
   * Puts a hand-in there; of what was there before nothing is left.
   *
   * @param files - the texts by path, with "/"
   * @param links - names of links to the folder itself
   * @throws what the system says against writing them; nothing is left then, or the next one removes it
   */
  lay(files: ReadonlyMap<string, string>, links: readonly string[] = []): void {
    try {
      if (!this.hasSamePaths(files)) this.empty();
      for (const [path, text] of files) this.write(path, text);
      this.link(links);
    } catch (error) {
      this.empty();
      throw error;
    }
  }

  private link(links: readonly string[]): void {
    for (const name of this.links) {
      if (links.includes(name)) continue;
      unlinkSync(join(this.path, name));
      this.links.delete(name);
    }
    for (const name of links) {
      if (!this.links.has(name)) symlinkSync(".", join(this.path, name));
      this.links.add(name);
    }
  }

  private hasSamePaths(files: ReadonlyMap<string, string>): boolean {
    return (
      files.size === this.texts.size && [...files.keys()].every((path) => this.texts.has(path))
    );
  }

  private write(path: string, text: string): void {
    const file = join(this.path, path);
    const before = this.texts.get(path);
    if (before === text) return;
    if (before === undefined) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    } else {
      overwrite(file, text);
    }
    this.texts.set(path, text);
  }

  /** Removes what is in it; the folder itself stays: a box may hold it. */
  empty(): void {
    this.texts.clear();
    this.links.clear();
    for (const name of readdirSync(this.path))
      rmSync(join(this.path, name), { recursive: true, force: true });
  }
}

function overwrite(file: string, text: string): void {
  const handle = openSync(file, "r+");
  try {
    writeFileSync(handle, text);
    ftruncateSync(handle, Buffer.byteLength(text));
  } finally {
    closeSync(handle);
  }
}
