/** One folder for hand-ins that come one after the other: of the one before nothing is left. */
import { strict as assert } from "node:assert";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HandInFolder } from "../../../grader/sandbox/handInFolder.js";

describe("a hand-in's folder", () => {
  let path: string;
  let folder: HandInFolder;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), "hand-in-folder-"));
    folder = new HandInFolder(join(path, "submission"));
  });
  afterEach(() => {
    rmSync(path, { recursive: true });
  });

  /** What lies there, by path; a link's place in angle brackets. */
  const found = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      readdirSync(folder.path, { recursive: true, withFileTypes: true }).flatMap((entry) => {
        const file = join(entry.parentPath, entry.name);
        const name = file.slice(folder.path.length + 1);
        if (entry.isSymbolicLink()) return [[name, `<${readlinkSync(file)}>`]];
        return entry.isFile() ? [[name, readFileSync(file, "utf8")]] : [];
      }),
    );
  const lay = (files: Readonly<Record<string, string>>, links: readonly string[] = []): void => {
    folder.lay(new Map(Object.entries(files)), links);
  };

  it("holds the files and the links", () => {
    lay({ "a.ts": "one", "deep/er/b.ts": "two" }, ["e0", "e1"]);
    assert.deepEqual(found(), { "a.ts": "one", "deep/er/b.ts": "two", e0: "<.>", e1: "<.>" });
  });

  it("has nothing of the one before: shorter texts, other characters, other paths", () => {
    const secret = "a secret of the one before, λ".repeat(500);
    const ways: readonly Readonly<Record<string, string>>[] = [
      { "a.ts": "short", "b.ts": "€" },
      { "a.ts": "", "b.ts": secret },
      { "a.ts": "other" },
      { "b.ts": "a file where a folder was", "a.ts/c.ts": "a folder where a file was" },
      {},
    ];
    for (const files of ways) {
      lay({ "a.ts": secret, "b.ts": secret });
      lay(files);
      assert.deepEqual(found(), files);
    }
  });

  it("makes no file anew where the next hand-in has one of that name", () => {
    lay({ "a.ts": "one" }, ["e0"]);
    const { ino } = statSync(join(folder.path, "a.ts"));
    lay({ "a.ts": "two" }, ["e0", "e1"]);
    assert.equal(statSync(join(folder.path, "a.ts")).ino, ino);
    assert.deepEqual(found(), { "a.ts": "two", e0: "<.>", e1: "<.>" });
  });

  it("has no link that the next hand-in has not", () => {
    lay({ "a.ts": "one" }, ["e0", "e1", "e2"]);
    lay({ "a.ts": "two" }, ["e0"]);
    assert.deepEqual(found(), { "a.ts": "two", e0: "<.>" });
  });

  it("is nobody else's", () => {
    assert.equal(statSync(folder.path).mode & 0o777, 0o700);
  });

  it("is empty after a file that can't be written over, and holds the next ones", () => {
    lay({ "a.ts": "one", "b.ts": "one" }, ["e0"]);
    rmSync(join(folder.path, "b.ts"));
    mkdirSync(join(folder.path, "b.ts"));
    assert.throws(() => {
      lay({ "a.ts": "two", "b.ts": "two" }, ["e0"]);
    });
    assert.deepEqual(readdirSync(folder.path), []);
    lay({ "a.ts": "three" });
    assert.deepEqual(found(), { "a.ts": "three" });
  });

  it("is empty after files that can't be written, and holds the next ones", () => {
    assert.throws(() => {
      lay({ "a.ts": "a secret", "a.ts/b.ts": "no folder" });
    });
    assert.deepEqual(found(), {});
    lay({ "a.ts": "one" });
    assert.deepEqual(found(), { "a.ts": "one" });
  });
});
