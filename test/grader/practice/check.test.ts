import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { packRoot } from "#common/pack-root";
import { exercise as findExercise, manifest } from "../../../exercises/manifest.js";
import { check, example, hint, progress } from "../../../grader/practice/check.js";
import { createCompiler } from "../../../grader/practice/learn/typeCheck.js";
import { checkIn, hintIn, progressIn } from "../../../grader/practice/practice.js";
import { memoryStore, progressOf } from "../../../grader/practice/progress.js";
import { fileStore } from "../../../grader/practice/progressFile.js";
import { starterFile } from "../../../grader/practice/workspace.js";
import {
  type KernelHook,
  kernelHook,
  type MimeBundle,
  NotImplementedError,
  oneHot,
  rnnCellForward,
} from "../../../src/index.js";

const globals = globalThis as { [kernelHook]?: KernelHook };

describe("check in a notebook", () => {
  const folder = mkdtempSync(join(tmpdir(), "unrolled-notebook-"));
  const folderBefore = process.cwd();
  let shown: MimeBundle[] = [];
  const text = (): string => String(shown.at(-1)?.["text/plain"]);
  before(() => {
    mkdirSync(join(folder, "my-work", "notebooks"), { recursive: true });
    process.chdir(join(folder, "my-work", "notebooks"));
    globals[kernelHook] = { display: (bundle) => shown.push(bundle) };
  });
  beforeEach(() => (shown = []));
  after(() => {
    Reflect.deleteProperty(globals, kernelHook);
    process.chdir(folderBefore);
    rmSync(folder, { recursive: true, force: true });
  });
  const cell: typeof rnnCellForward = (x_t, a_prev, parameters) =>
    rnnCellForward(x_t, a_prev, parameters);
  const wrong: typeof rnnCellForward = (x_t, a_prev, parameters) =>
    rnnCellForward(x_t, a_prev.times(0), parameters);

  it("returns the learner's function when it passes, and keeps the pass", async () => {
    assert.equal(await check("rnnCellForward", cell), cell);
    assert.match(text(), /^rnnCellForward: \d+ of \d+ cases pass$/m);
    assert.match(String(shown[0]?.["text/html"]), /✓/);
    const { progress: known } = fileStore(join(folder, "my-work")).read();
    assert.equal(progressOf(known, "rnnCellForward").passed, true);
  });

  it("returns the library's function when the learner's is wrong, and says where", async () => {
    assert.equal(await check("rnnCellForward", wrong, { seed: 4 }), rnnCellForward);
    assert.match(text(), /got \S+, expected \S+/);
    assert.match(text(), /check\("rnnCellForward", rnnCellForward, \{ seed: 4 \}\)$/m);
    const first = text();
    await check("rnnCellForward", wrong, { seed: 4 });
    assert.equal(text(), first);
  });

  it("draws fresh inputs each time unless told the seed", async () => {
    await check("rnnCellForward", wrong);
    const first = text();
    await check("rnnCellForward", wrong);
    assert.notEqual(text(), first);
  });

  it("says calmly of a starter that it is not written yet", async () => {
    const starter: typeof rnnCellForward = () => {
      throw new NotImplementedError("rnnCellForward");
    };
    assert.equal(await check("rnnCellForward", starter), rnnCellForward);
    assert.equal(
      text(),
      `rnnCellForward: not written yet
The lesson goes on with the library's own. Stuck? await hint("rnnCellForward")`,
    );
  });

  it("refuses an id that does not exist, and names the nearest", async () => {
    const asAny = check as (id: string, fn: unknown) => Promise<unknown>;
    await assert.rejects(asAny("rnnCellForwrd", cell), /rnnCellForward/);
  });

  it("says what comes next: after a failure a hint and the case, after a pass the next exercise", async () => {
    await check("rnnCellForward", wrong, { seed: 4 });
    assert.match(text(), /Stuck\? await hint\("rnnCellForward"\)/);
    const call = /await example\("rnnCellForward", \{ seed: 4, case: "(.*)" \}\)/.exec(text());
    assert.ok(call !== null, text());
    await check("rnnCellForward", cell);
    assert.match(
      text(),
      /Your rnnCellForward is in use from here on\.\nNext: stackWeights, lesson 02\./,
    );
    const html = String(shown.at(-1)?.["text/html"]);
    assert.match(html, /<details.*export function rnnCellForward\(/s);
  });

  it("gives the failing case's inputs and the expected answer, the same as the check drew", async () => {
    const name = "more inputs than units";
    const { args, expected } = await example("rnnCellForward", { seed: 4, case: name });
    assert.deepEqual(expected, rnnCellForward(...args));
    assert.deepEqual((await example("rnnCellForward", { seed: 4, case: name })).args, args);
    assert.deepEqual(args[0].shape, [7, 3]);
    const refused = await example("oneHot", { seed: 4, case: "a negative index" });
    assert.ok(refused.expected instanceof Error);
    await assert.rejects(
      example("oneHot", { case: "no such" }),
      /example: oneHot has no case "no such"; it has "a few words", /,
    );
  });

  it("takes no pass away when an experiment fails afterwards", async () => {
    await check("rnnCellForward", cell);
    await check("rnnCellForward", wrong);
    const { progress: known } = fileStore(join(folder, "my-work")).read();
    assert.equal(progressOf(known, "rnnCellForward").passed, true);
  });

  it("gives the hints one by one, and shows the progress", async () => {
    await hint("rnnCellForward");
    assert.match(text(), /^Hint 1 of 3: /);
    await hint("rnnCellForward");
    assert.match(text(), /^Hint 2 of 3: /m);
    await progress();
    assert.match(text(), /rnnCellForward/);
    assert.match(String(shown.at(-1)?.["text/html"]), /<table/);
  });

  it("draws the series: what passes is ticked, what was tried has dots, the next one a frame", async () => {
    await check("rnnCellForward", cell);
    await progress();
    const html = String(shown.at(-1)?.["text/html"]);
    assert.match(html, /aria-label="lesson 02: 1 of \d+ pass"/);
    assert.match(html, /title="rnnCellForward"[^>]*background:#278a50[^>]*>✓</);
    assert.equal(html.split("outline:").length - 1, 1);
  });

  it("gives hints without LaTeX and backticks as text, and with their formulas to a notebook", async () => {
    for (let n = 0; n < 3; n++) await hint("rnnCellForward");
    assert.doesNotMatch(text(), /[\\$`]/);
    assert.match(text(), /a⟨t⟩ = tanh\(Wax x⟨t⟩ \+ Waa a⟨t-1⟩ \+ ba\)/);
    const html = String(shown.at(-1)?.["text/html"]);
    assert.match(html, /\$a\^\{\\langle t\\rangle\}/);
    assert.match(html, /<code[^>]*>\.dot\(…\)<\/code>/);
    assert.doesNotMatch(html, /`/);
  });

  it("knows the type of each exercise's function, and of no other", () => {
    const declared = readFileSync(join(packRoot, "exercises", "list.ts"), "utf8");
    const ids = [...declared.matchAll(/^ {2}readonly (\w+): typeof /gm)].map(([, id]) => id);
    assert.deepEqual(
      ids,
      manifest.map(({ id }) => id),
    );
  });

  it("finds that each starter has the type of its exercise", function () {
    this.timeout(30_000);
    const compiler = createCompiler(join(folder, "built"), false);
    const misfits = manifest
      .map(({ id }) => ({ id, ...compiler.compile(starterFile(findExercise(id)), id) }))
      .filter(({ kind }) => kind !== "compiled");
    assert.deepEqual(misfits, []);
  });

  it("is imported in less than 0.1 s (on a slow machine in a fifth of TypeScript's time), without a heavy package", function () {
    this.timeout(30_000);
    // As a notebook imports it (bin/setup/put-together.mjs).
    const file = join(packRoot, "dist", "notebook", "grader", "practice", "check.js");
    const address = pathToFileURL(file).href;
    const script = `const start = performance.now();
await import(${JSON.stringify(address)});
const took = performance.now() - start;
const { createRequire } = await import("node:module");
const loaded = Object.keys(createRequire(import.meta.url).cache);
console.log(JSON.stringify({ took, loaded }));`;
    const times = [1, 2, 3, 4, 5].map(() => {
      const args = ["--conditions=notebook", "--input-type=module", "-e", script];
      const out = execFileSync(process.execPath, args, { encoding: "utf8" });
      const { took, loaded } = JSON.parse(out) as { took: number; loaded: string[] };
      assert.deepEqual(
        loaded.filter((file) => !file.includes("picocolors")),
        [],
      );
      return took;
    });
    const least = Math.min(...times);
    if (least < 100) return;
    const heavy = `const start = performance.now();
await import("typescript");
console.log(performance.now() - start);`;
    const typescript = Number(
      execFileSync(process.execPath, ["--input-type=module", "-e", heavy], {
        cwd: packRoot,
        encoding: "utf8",
      }),
    );
    assert.ok(
      least < typescript / 5,
      `it took ${times.map(Math.round).join(", ")} ms, TypeScript ${Math.round(typescript)} ms`,
    );
  });
});

describe("check over a store that is handed in", () => {
  it("keeps what was reached there, and gives the next hint each time", async () => {
    const store = memoryStore();
    const says: unknown[] = [];
    const log = console.log;
    console.log = (text: unknown): void => void says.push(text);
    try {
      await checkIn({ store }, "oneHot", oneHot, { seed: 1 });
      await hintIn(store, "oneHot");
      await hintIn(store, "oneHot");
      await progressIn(store);
    } finally {
      console.log = log;
    }
    const known = progressOf(store.read().progress, "oneHot");
    assert.deepEqual(known, { passed: true, attempts: 1, hints: 2, skipped: false });
    assert.match(String(says[2]), /Hint 2 of 3/);
    assert.match(String(says[3]), /✓ 01 oneHot/);
  });
});
