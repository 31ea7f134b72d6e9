import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { exercise as findExercise } from "../../../../exercises/manifest.js";
import { beginChild, ReadyChild } from "../../../../grader/practice/learn/readyChild.js";
import { PRACTICE_LIMITS, runFile } from "../../../../grader/practice/learn/runFile.js";

const { memoryMb } = PRACTICE_LIMITS;

describe("a process that waits for the next save", function () {
  this.timeout(20_000);
  const folder = mkdtempSync(join(tmpdir(), "unrolled-ready-"));
  const module = pathToFileURL(join(folder, "oneHot.mjs"));
  const ready = new ReadyChild(memoryMb);
  afterEach(() => ready.close());
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What a file prints that says in which process it ran. */
  async function printed(): Promise<string> {
    const result = await runFile(findExercise("oneHot"), { module }, 1, { ready });
    assert.equal(result.kind, "unusable");
    return result.printed.trim();
  }

  before(() => writeFileSync(module, "console.log(process.pid); export const oneHot = 1;"));

  it("runs the next file, and no second one", async () => {
    const child = ready.prepare();
    assert.equal(ready.prepare(), child);
    assert.equal(await printed(), String(child.pid));
    assert.notEqual(await printed(), String(child.pid));
  });

  it("is handed out once, and with no other limit", () => {
    const child = ready.prepare();
    assert.equal(ready.take(memoryMb - 1), undefined);
    assert.equal(ready.take(memoryMb), child);
    assert.equal(ready.take(memoryMb), undefined);
    child.kill("SIGKILL");
  });

  it("has another one in its place when it has ended", async () => {
    const child = ready.prepare();
    child.kill("SIGKILL");
    await once(child, "exit");
    assert.notEqual(ready.prepare(), child);
    ready.close();
    assert.match(await printed(), /^\d+$/);
  });

  it("ends when it is wanted no more", async () => {
    const child = ready.prepare();
    ready.close();
    assert.deepEqual(await once(child, "exit"), [null, "SIGKILL"]);
  });

  it("ends when its parent does, without a word", async () => {
    const child = beginChild(memoryMb);
    let words = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (words += text));
    child.stdin.end();
    assert.deepEqual(await once(child, "close"), [0, null]);
    assert.equal(words, "");
  });
});
