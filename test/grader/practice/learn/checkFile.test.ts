import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { AnyFunction } from "../../../../exercises/exercise.js";
import { exercise as findExercise } from "../../../../exercises/manifest.js";
import { inProcess } from "../../../../grader/practice/inProcess.js";
import { checkFile, type FileCheck } from "../../../../grader/practice/learn/checkFile.js";
import { PRACTICE_LIMITS } from "../../../../grader/practice/learn/runFile.js";
import { createCompiler } from "../../../../grader/practice/learn/typeCheck.js";
import { judge } from "../../../../grader/judge/judge.js";
import type { Verdict } from "../../../../grader/judge/verdict.js";
import { headline } from "../../../../grader/words/sentences.js";
import { addMissingExercises, exerciseFile } from "../../../../grader/practice/workspace.js";
import { cellFile } from "./cellFile.js";
import { type Mat, rnnCellForward, type RnnStep } from "../../../../src/index.js";

const id = "rnnCellForward";

describe("checkFile", function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), "unrolled-check-"));
  const workspace = join(folder, "my-work");
  const compiler = createCompiler(join(folder, "built"), false);
  const exercise = findExercise(id);
  const file = exerciseFile(workspace, exercise);
  before(() => addMissingExercises(workspace));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function check(text: string, timeMs = 15_000, seed = 3): Promise<FileCheck> {
    writeFileSync(file, text);
    const limits = { ...PRACTICE_LIMITS, timeMs, memoryMb: 64, outputBytes: 20_000 };
    return checkFile(exercise, workspace, compiler, { seed, limits });
  }

  async function verdictOn(text: string, timeMs?: number): Promise<Verdict> {
    const result = await check(text, timeMs);
    assert.equal(result.kind, "verdict", JSON.stringify(result));
    return (result as { verdict: Verdict }).verdict;
  }

  it("says of a starter that it is not written yet", async () => {
    const starter = readFileSync(file, "utf8");
    assert.equal((await verdictOn(starter)).status, "not-run");
  });

  it("passes a right function in a folder that knows no packages", async () => {
    assert.equal((await verdictOn(cellFile())).status, "passed");
  });

  it("checks the file anew after each save", async () => {
    assert.equal((await verdictOn(cellFile())).status, "passed");
    assert.equal((await verdictOn(cellFile("a_prev = a_prev.times(0);"))).status, "wrong");
    assert.equal((await verdictOn(cellFile())).status, "passed");
  });

  it("gives the verdict that check gives in a notebook, for the same function and seed", async () => {
    const wrong = (
      x_t: Mat,
      a_prev: Mat,
      parameters: Parameters<typeof rnnCellForward>[2],
    ): RnnStep => rnnCellForward(x_t, a_prev.times(0), parameters);
    const inNotebook = await judge(exercise, inProcess(wrong as AnyFunction), {
      seed: 3,
      hidden: false,
    });
    assert.equal(inNotebook.status, "wrong");
    assert.deepEqual(await verdictOn(cellFile("a_prev = a_prev.times(0);")), inNotebook);
  });

  async function typesOn(text: string): Promise<{ status: string; types: string }> {
    const result = await check(text);
    assert.equal(result.kind, "verdict", JSON.stringify(result));
    const { verdict, types = "" } = result as { verdict: Verdict; types?: string };
    return { status: verdict.status, types };
  }

  it("remarks on type errors with the line they are about, and runs the function", async () => {
    const { status, types: text } = await typesOn(cellFile("const wrong: string = a_prev;"));
    assert.equal(status, "passed");
    assert.match(text, /rnnCellForward\.ts:4:9 - error TS2322/);
    assert.match(text, /const wrong: string = a_prev;/);
  });

  it("remarks on how a function differs from the type that the exercise asks for", async () => {
    const { status, types } = await typesOn(cellFile().replace("x_t: Mat,", "x_t: string & Mat,"));
    assert.equal(status, "passed");
    assert.match(types, /is not assignable to type .*RnnStep/s);
  });

  it("lets nothing be used that is not there when the exercise is graded", async () => {
    const text = 'export { rnnCellForward } from "unrolled";';
    const { status, types } = await typesOn(text);
    assert.equal(status, "crashed");
    assert.match(types, /has no exported member 'rnnCellForward'/);
    assert.match(types, /when an exercise is graded/);
    const [first] = (await verdictOn(text)).cases;
    assert.match(
      first?.message ?? "",
      /can't be imported from "unrolled" where an exercise is graded/,
    );
  });

  it("lets another package stand there, and refuses its use in words", async () => {
    const file = (use: string): string => `import ts from "typescript";\n${cellFile(use)}`;
    assert.equal((await verdictOn(file("void ts;"))).status, "passed");
    const used = await verdictOn(file("void ts.version;"));
    assert.equal(used.status, "crashed");
    const [first] = used.cases;
    assert.match(first?.message ?? "", /typescript can't be used in an exercise/);
    assert.equal(first?.at?.where, "02-05-rnnCellForward.ts, line 5");
  });

  it("lets nothing of another package be exported, and no file outside be imported", async () => {
    for (const line of ['export * from "typescript";', 'export { x } from "/etc/hosts";']) {
      const result = await check(`${line}\n${cellFile()}`);
      assert.equal(result.kind, "unusable", JSON.stringify(result));
      assert.match((result as { message: string }).message, /can't be imported; a hand-in can/);
    }
  });

  it("lets a module of Node's that reaches files stand there, and refuses its use in words", async () => {
    const file = (use: string): string => `import * as other from "fs";\n${cellFile(use)}`;
    assert.equal((await verdictOn(file("void other;"))).status, "passed");
    const used = await verdictOn(file('other.existsSync("notes.txt");'));
    assert.equal(used.status, "crashed");
    assert.match(used.cases[0]?.message ?? "", /fs can't be used in an exercise/);
  });

  it("lets mathjs be imported", async () => {
    const file = `import { multiply } from "mathjs";\n${cellFile()}`;
    const product = file.replace(
      "Wax.dot(x_t)",
      "Mat.from(multiply(Wax.toArray(), x_t.toArray()))",
    );
    assert.equal((await verdictOn(product, 20_000)).status, "passed");
  });

  it("of a missing bracket says only that", async () => {
    const result = await check(cellFile("const wrong = (1;"));
    assert.equal(result.kind, "syntax-errors");
    assert.doesNotMatch((result as { text: string }).text, /TS2/);
  });

  it("ends a loop that never ends, and says which case it was", async () => {
    const verdict = await verdictOn(cellFile("while (x_t.cols === 1) {}", ""), 1500);
    assert.equal(verdict.status, "timeout");
    const statuses = verdict.cases.map(({ status }) => status);
    const at = statuses.indexOf("timeout");
    assert.ok(statuses.slice(0, at).every((status) => status === "passed"));
    assert.ok(statuses.slice(at + 1).every((status) => status === "not-run"));
    assert.match(verdict.cases[at]?.message ?? "", /loop that never ends/);
  });

  it("says that a loop or an end of the program stands at the top level of the file", async () => {
    for (const [line, says] of [
      [
        "while (true) {}",
        /^no answer within 1\.5 s while the file was loaded, before \w+ was called/,
      ],
      [
        "process.exit(0);",
        /^the process ended by itself \(exit code 0\) while the file was loaded/,
      ],
    ] as const) {
      const { cases } = await verdictOn(`${cellFile("", "")}\n${line}\n`, 1500);
      assert.match(cases[0]?.message ?? "", says);
    }
  });

  it("ends a function that grows without end", async () => {
    const verdict = await verdictOn(
      cellFile("const all: object[] = []; for (;;) all.push({ a: [x_t] });"),
      20_000,
    );
    assert.equal(verdict.status, "memory");
  });

  it("ends a function whose matrices grow without end", async function () {
    if (process.platform !== "linux") this.skip(); // nobody tells what a process holds
    const grow = "const all: Mat[] = []; for (;;) all.push(Mat.filled(500, 500, 1));";
    assert.equal((await verdictOn(cellFile(grow), 20_000)).status, "memory");
  });

  it("ends a function that prints without end", async () => {
    const verdict = await verdictOn(cellFile('for (;;) console.log("again and again");'));
    assert.equal(verdict.status, "output-limit");
  });

  it("says the file and the line of an error, with its text", async () => {
    const verdict = await verdictOn(cellFile('throw new RangeError("mine");'));
    assert.equal(verdict.status, "crashed");
    const [first] = verdict.cases;
    assert.equal(first?.message, "it threw RangeError: mine");
    assert.equal(first.at?.where, `${basename(file)}, line 4`);
    assert.match(
      headline(first) ?? "",
      /^it threw RangeError: mine at \S+-rnnCellForward\.ts, line 4: `.*throw new RangeError\("mine"\);.*`$/,
    );
  });

  it("says the learner's own line where the library threw, and a helper's where that threw", async () => {
    const [shapes] = (await verdictOn(cellFile("x_t.dot(x_t);"))).cases;
    assert.match(shapes?.message ?? "", /^it threw ShapeError: /);
    assert.match(
      headline(shapes!) ?? "",
      / at \S+-rnnCellForward\.ts, line 4: `.*x_t\.dot\(x_t\);.*`$/,
    );
    writeFileSync(
      join(workspace, "exercises", "deep.ts"),
      "interface Gone {\n  a: number;\n}\nexport const deep = (xs: Gone[]): number =>\n  xs[0]!.a;\n",
    );
    const text = `import { deep } from "./deep";\n${cellFile("deep([]);")}`;
    const [helpers] = (await verdictOn(text)).cases;
    assert.match(headline(helpers!) ?? "", /\(reading 'a'\) at deep\.ts, line 5: `xs\[0\]!\.a;`$/);
  });

  it("has no line for what is thrown without a stack, nor for a stack that was made up", async () => {
    const [text] = (await verdictOn(cellFile('throw "a text";'))).cases;
    assert.equal(headline(text!), 'it threw the text "a text"');
    const made = `const error = new Error("mine\\n    at f (/etc/passwd:1:1)"); error.stack = "x"; throw error;`;
    const [forged] = (await verdictOn(cellFile(made))).cases;
    assert.equal(forged?.at, undefined);
  });

  it("brings home what the function printed", async () => {
    const result = await check(cellFile('console.log("the shape", x_t.shape);'));
    assert.match((result as { printed: string }).printed, /^the shape \[ \d+, \d+ \]$/m);
  });

  it("says when the function is missing, is none, or its file can't be loaded", async () => {
    const messageOn = async (text: string): Promise<string> => {
      const result = await check(text);
      assert.equal(result.kind, "unusable", JSON.stringify(result));
      return (result as { message: string }).message;
    };
    assert.match(
      await messageOn("export const a = 1;"),
      /there is no rnnCellForward in the file; write: export/,
    );
    assert.match(
      await messageOn(`export const ${id}: any = 1;`),
      /must be a function, but it is the number 1/,
    );
    assert.match(
      await messageOn(`throw new Error("at once");\nexport const ${id} = () => 1;`),
      /can't be loaded: Error: at once/,
    );
    assert.match(await messageOn("export default [() => 1][0];"), /its default export has no name/);
  });

  it("remarks on a statement that fails behind the function, which costs nothing", async () => {
    const result = await check(cellFile("", 'throw new Error("at once");'));
    assert.equal(result.kind, "verdict");
    const { verdict, failure } = result as { verdict: Verdict; failure?: string };
    assert.equal(verdict.status, "passed");
    assert.equal(failure, "Error: at once");
  });

  it("finds a function that is not exported, or by default alone", async () => {
    const bare = cellFile().replace("export function", "function");
    assert.equal((await verdictOn(bare)).status, "passed");
    const byDefault = cellFile().replace("export function", "export default function");
    assert.equal((await verdictOn(byDefault)).status, "passed");
  });

  it("says of an await that waits for ever what it is, without a stack of ours", async () => {
    const result = await check(`await new Promise(() => undefined);\n${cellFile()}`);
    const { verdict, printed } = result as { verdict: Verdict; printed: string };
    assert.equal(verdict.status, "timeout");
    assert.match(verdict.cases[0]?.message ?? "", /an await waits for ever/);
    assert.equal(printed, "");
  });

  it("takes nothing that the learner's code writes for a message", async () => {
    const write = '(globalThis as any).process.getBuiltinModule("fs").writeSync(3, "{}x\\n");';
    assert.equal((await verdictOn(cellFile(`try { ${write} } catch {}`))).status, "passed");
  });

  it("does not take the end of the process for an answer", async () => {
    const exit = "(globalThis as any).process.exit(0);";
    const verdict = await verdictOn(cellFile(exit));
    assert.equal(verdict.status, "crashed");
    assert.match(verdict.cases[0]?.message ?? "", /ended by itself \(exit code 0\)/);
  });

  it("lets an exercise import its neighbour", async () => {
    const neighbour = join(workspace, "exercises", "mine.ts");
    writeFileSync(neighbour, "export const zero = (value: number): number => value * 0;\n");
    const verdict = await verdictOn(
      `import { zero } from "./mine.js";\n${cellFile("a_prev = a_prev.map(zero);")}`,
    );
    assert.equal(verdict.status, "wrong");
    rmSync(neighbour);
  });

  it("stops when it is told to", async () => {
    writeFileSync(file, cellFile("for (;;) {}"));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const result = await checkFile(exercise, workspace, compiler, { signal: controller.signal });
    assert.equal(result.kind, "aborted");
  });

  it("says when the file is gone", async () => {
    rmSync(file);
    const result = await checkFile(exercise, workspace, compiler);
    assert.deepEqual(result, { kind: "missing", file });
    assert.deepEqual(addMissingExercises(workspace), [file]);
  });
});
