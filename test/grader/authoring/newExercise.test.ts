import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitCodes } from "#common/exit-codes";
import { EXERCISE_FILES } from "../../../grader/authoring/exerciseList.js";
import { markOf, type Notebook } from "../../../grader/notebook/lessonCells.js";
import { newExercise } from "../../../grader/authoring/newExercise.js";
import { copyProject, type Ended, remove, start, unrolled } from "../../setup/project.js";

/** What an author writes, file by file, into the places that `exercise new` left: in their order. */
const written: Readonly<Record<string, readonly string[]>> = {
  "statement.md": [
    "what is left of the mean",
    "y_{ki} = x_{ki} - \\frac{1}{n_x} \\sum_j x_{ji}",
    "n_x, m",
    "one column per example",
    "n_x, m",
    "every column sums to 0",
    "`.column(i)` and `.sum()` are there.",
  ],
  "starter.ts": ["Every column without its mean", "the inputs", "n_x, m", "the rest", "n_x, m"],
  "solution.ts": [
    "Every column without its mean",
    "the inputs",
    "n_x, m",
    "the rest",
    "n_x, m",
    "one mean per column",
  ],
  "exercise.ts": [
    "Normal numbers.",
    "What is left of the mean",
    "Columns without their mean",
    "many examples",
    "Each column has a mean of its own.",
    "$y_{ki} = x_{ki} - \\\\bar x_i$",
    "a `.map` over the entries that takes away what it first summed over the column",
    "sums of five numbers in another order differ by 1e-15",
    "y",
    "unit",
  ],
  "mutants.ts": [
    "over-the-examples",
    "The mean was taken over the examples.",
    "Which numbers belong to one example?",
    "the rows in place of the columns",
    "divided-by-m",
    "The sum was divided by the number of examples.",
    "How many numbers are summed?",
    "m in place of n_x",
    "added",
    "The mean was added.",
    "What must each column sum to?",
    "the wrong sign",
  ],
  "honest.ts": ["loops", "loops", "two passes", "by products", "a matrix product", "by products"],
};

/** The code that the author changes beside the marked places. */
const code: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "solution.ts": [
    ["x_t.map((x) => x)", "x_t.map((x, _k, i) => x - x_t.column(i).sum() / x_t.rows)"],
  ],
  "mutants.ts": [
    ["(x_t) => right(x_t), // the rows", "(x_t) => right(x_t.T as Mat).T, // the rows"],
    [
      "(x_t) => right(x_t), // m in",
      "(x_t) => x_t.sub(x_t.sub(right(x_t)).times(x_t.rows / x_t.cols)), // m in",
    ],
    ["(x_t) => right(x_t), // the wrong", "(x_t) => x_t.times(2).sub(right(x_t)), // the wrong"],
    [
      "import type { Mutant }",
      'import type { Mat } from "../../src/index.js";\nimport type { Mutant }',
    ],
  ],
  "honest.ts": [
    [
      "x_t.map((x) => x), // loops",
      "x_t.map((x, _k, i) => x - Array.from(x_t.column(i).data).reduceRight((s, v) => s + v, 0) / x_t.rows), // loops",
    ],
    [
      "x_t.map((x) => x), // by products",
      "x_t.sub(x_t.sumRows().times(1 / x_t.rows)), // by products",
    ],
    [
      "x_t.map((x) => x), // by products",
      'Mat.build<"n_x", "n_x">(x_t.rows, x_t.rows, (k, j) => (k === j ? 1 : 0) - 1 / x_t.rows).dot(x_t), // by products',
    ],
    ["import type { Honest }", 'import { Mat } from "../../src/index.js";\nimport type { Honest }'],
  ],
};

describe("a new exercise", function () {
  this.timeout(240_000);
  let copy: string;
  const id = "centerColumns";
  const run = (...args: readonly string[]): Promise<Ended> => unrolled(copy, ["exercise", ...args]);
  const edit = (file: string, change: (text: string) => string): void => {
    writeFileSync(join(copy, file), change(readFileSync(join(copy, file), "utf8")));
  };

  before(() => {
    copy = copyProject("all");
  });
  after(() => remove(copy));

  it("is begun with every place marked, in its folder and in the lesson", async () => {
    const { code: exit, stdout } = await run("new", id, "--lesson", "03");
    assert.equal(exit, exitCodes.fine, stdout);
    assert.match(stdout, /written: exercises\/centerColumns\/statement\.md/);
    assert.match(stdout, /written: notebooks\/03-losses\.ipynb/);
    const again = await run("new", id, "--lesson", "03");
    assert.equal(again.code, exitCodes.usage);
    assert.match(again.stderr, /is there already; npx unrolled exercise check centerColumns says/);
  });

  it("is told file by file what is still to be written", async () => {
    const { code: exit, stdout } = await run("check", id);
    assert.equal(exit, exitCodes.notYet);
    for (const name of Object.keys(written)) {
      assert.match(stdout, new RegExp(`exercises/${id}/${name}: still to be written: line \\d+: `));
    }
  });

  it("is told what does not compile once all is written: here the library's function", async () => {
    for (const [name, places] of Object.entries(written)) {
      const left = Array.from(places);
      edit(`exercises/${id}/${name}`, (text) => {
        const filled = text.replace(/«[^»]*»/g, () => left.shift() ?? "«?»");
        return (code[name] ?? []).reduce((all, [from, to]) => all.replace(from, to), filled);
      });
      assert.deepEqual(left, [], `${name} has fewer places`);
    }
    const { code: exit, stdout } = await run("check", id);
    assert.equal(exit, exitCodes.notYet);
    assert.match(
      stdout,
      /the sources don't compile:\n.*exercises\/centerColumns\/exercise\.ts.*centerColumns/,
    );
  });

  it("is whole with the library's function, and then needs npm run sync alone", async () => {
    writeFileSync(
      join(copy, "src/centerColumns.ts"),
      `import { Mat } from "./core/matrix.js";

/** Every column without its mean. */
export function centerColumns(x_t: Mat<"n_x", "m">): Mat<"n_x", "m"> {
  return x_t.sub(x_t.sumRows().times(1 / x_t.rows));
}
`,
    );
    edit("src/index.ts", (text) => `${text}export { centerColumns } from "./centerColumns.js";\n`);
    const { code: exit, stdout } = await run("check", id);
    assert.equal(
      stdout.trim(),
      [
        "✓ centerColumns: the starter is unwritten, right solutions pass, each mistake is caught and named",
        "✗ exercises/list.ts is not as the folders say; mend it with: npm run sync",
      ].join("\n"),
    );
    assert.equal(exit, exitCodes.notYet);
  });

  it("is then in its lesson and in the learner's list, and the check is green", async () => {
    const sync = await start("npm", ["run", "--silent", "sync"], { cwd: copy }).ended;
    assert.equal(sync.code, 0, sync.stdout + sync.stderr);
    const { code: exit, stdout } = await run("check", id);
    assert.equal(exit, exitCodes.fine, stdout);
    const { cells } = JSON.parse(
      readFileSync(join(copy, "notebooks/03-losses.ipynb"), "utf8"),
    ) as Notebook;
    const own = cells.filter((cell) => markOf(cell)?.exercise === id);
    assert.deepEqual(
      own.map(({ source }) => source[0]!.trim()),
      [
        "### Exercise: `centerColumns`, what is left of the mean",
        "// exercise: centerColumns",
        'const my_centerColumns = await check("centerColumns", centerColumns);',
      ],
    );
    assert.match((await unrolled(copy, ["list"])).stdout, /centerColumns/);
  });

  it("says what a file no longer exports, also where the pack cannot be loaded without it", async () => {
    for (const [name, expected] of [
      ["honest.ts", "honest.ts: it exports no honest; begin it with: export const honest:"],
      ["mutants.ts", `exercises/${id}/exercise.ts(`],
    ] as const) {
      const file = `exercises/${id}/${name}`;
      const before = readFileSync(join(copy, file), "utf8");
      edit(file, () => "export {};\n");
      const { code, stdout, stderr } = await run("check", id);
      edit(file, () => before);
      assert.equal(code, exitCodes.notYet);
      assert.ok(`${stdout}${stderr}`.includes(expected), `${stdout}${stderr}`);
      assert.doesNotMatch(stderr, /^ +at /m);
    }
  });

  it("npm run sync says in one line which exercise keeps the others from being loaded", async () => {
    const file = `dist/exercises/${id}/exercise.js`;
    const before = readFileSync(join(copy, file), "utf8");
    for (const [text, fault] of [
      [
        "export {};",
        "as it was built it exports no exercise; begin it with: export const exercise:",
      ],
      ["throw new Error('no');", "as it was built it cannot be loaded (no); mend it"],
    ] as const) {
      edit(file, () => text);
      const { code, stdout, stderr } = await start("npm", ["run", "--silent", "sync"], {
        cwd: copy,
      }).ended;
      assert.equal(stdout, `exercises/${id}/exercise.ts: ${fault}, then: npm run build\n`);
      assert.deepEqual([code, stderr], [exitCodes.usage, ""]);
    }
    edit(file, () => before);
  });
});

describe("exercise new", () => {
  it("takes a lesson's number as it is said, and a folder with nothing in it", () => {
    const folder = mkdtempSync(join(tmpdir(), "unrolled-authoring-"));
    const lesson = join(folder, "03-losses.ipynb");
    const exercises = join(folder, "exercises");
    for (const number of ["3", "03"]) {
      writeFileSync(lesson, '{ "cells": [] }');
      mkdirSync(join(exercises, "twice"), { recursive: true });
      const written = newExercise("twice", number, { exercises, lessons: [lesson] });
      assert.equal(written.length, EXERCISE_FILES.length + 1);
      const text = readFileSync(join(exercises, "twice", "exercise.ts"), "utf8");
      assert.match(text, /an exercise of lesson 03\.[^]*lesson: "03",/);
      rmSync(exercises, { recursive: true });
    }
    rmSync(folder, { recursive: true });
  });

  it("writes nothing where a lesson is no notebook, and says how it comes back", () => {
    const folder = mkdtempSync(join(tmpdir(), "unrolled-authoring-"));
    const lesson = join(folder, "00-why.ipynb");
    for (const text of ["{oops", "[]", '{ "cells": 1 }']) {
      writeFileSync(lesson, text);
      assert.throws(() => newExercise("twice", "00", { exercises: folder, lessons: [lesson] }), {
        name: "LessonUnreadable",
        message: /notebooks\/00-why\.ipynb is no notebook: .*; bring it back with: git checkout/,
      });
    }
    assert.deepEqual(readdirSync(folder), ["00-why.ipynb"]);
    rmSync(folder, { recursive: true });
  });

  it("refuses what is no function's name, and a lesson that is not there", () => {
    const places = {
      exercises: "nowhere",
      lessons: ["notebooks/00-why.ipynb", "notebooks/01-x.ipynb"],
    };
    assert.throws(() => newExercise("../oneHot", undefined, places), {
      name: "ExerciseRefused",
      message: /"\.\.\/oneHot" is no name of a function of ours; begin with a small letter/,
    });
    for (const word of ["default", "await", "arguments", "then"]) {
      assert.throws(() => newExercise(word, undefined, places), {
        name: "ExerciseRefused",
        message: /has a meaning in the language already; choose another name/,
      });
    }
    assert.throws(() => newExercise("oneHot", "7", places), {
      message: /there is no lesson "7"; there are 00, 01/,
    });
  });
});
