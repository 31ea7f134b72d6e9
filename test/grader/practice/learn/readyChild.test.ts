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

  it("runs one file and no second one", async () => {
    ready.prepare();
    const waiting = ready.take(memoryMb)!;
    ready.prepare();
    const [first, second] = [await printed(), await printed()];
    assert.notEqual(first, second);
    assert.equal(ready.take(memoryMb), undefined);
    waiting.kill("SIGKILL");
  });

  it("is the one that runs the next file", async () => {
    ready.prepare();
    ready.prepare(); // one is enough
    const child = ready.take(memoryMb)!;
    const handedBack = { take: () => child } as unknown as ReadyChild;
    const result = await runFile(findExercise("oneHot"), { module }, 1, { ready: handedBack });
    assert.equal(result.kind === "unusable" && result.printed.trim(), String(child.pid));
  });

  it("is not handed out once it has ended, nor with another limit", async () => {
    ready.prepare();
    assert.equal(ready.take(memoryMb - 1), undefined);
    const child = ready.take(memoryMb)!;
    child.kill("SIGKILL");
    await once(child, "exit");
    const ended = new ReadyChild(memoryMb);
    ended.prepare();
    const dead = ended.take(memoryMb)!;
    assert.notEqual(dead.pid, child.pid);
    dead.kill("SIGKILL");
    assert.match(await printed(), /^\d+$/);
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
