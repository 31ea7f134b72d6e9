import { strict as assert } from "node:assert";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readCourse } from "../../../../../grader/class/course/courseFile.js";
import { CourseError } from "../../../../../grader/class/course/checkedYaml.js";
import { loadOwnExercise } from "../../../../../grader/class/course/ownExercises/load.js";
import { ownExerciseFaults } from "../../../../../grader/class/course/ownExercises/proof.js";
import { exerciseTemplate } from "../../../../../grader/class/course/ownExercises/template.js";
import { Mat } from "../../../../../src/index.js";
import { inFolder } from "../../../sandbox/box.js";
import { ID, inOwnCourse, unrolled, write } from "./ownCourse.js";

const FILES = exerciseTemplate(ID);

/** The file with a part of it changed, which must be there. */
function changed(name: string, part: string | RegExp, other: string): Record<string, string> {
  const text = FILES[name]!;
  assert.ok(typeof part === "string" ? text.includes(part) : part.test(text), String(part));
  return { [name]: text.replace(part, other) };
}

/** The line of a file of the template that has this in it. */
function lineOf(name: string, part: string): number {
  return FILES[name]!.split("\n").findIndex((line) => line.includes(part)) + 1;
}

async function told(change: Record<string, string | undefined>): Promise<string> {
  let message = "";
  await inOwnCourse(async (folder) => {
    await assert.rejects(
      () => loadOwnExercise(join(folder, "course.yaml"), ID),
      (error) => {
        assert.ok(error instanceof CourseError, String(error));
        message = error.message.replaceAll(`${folder}/`, "");
        return true;
      },
    );
  }, change);
  return message;
}

describe("a teacher's own exercise", function () {
  this.timeout(30_000);

  it("is found beside course.yaml and listed like the pack's, with its points and its content's hash", async () => {
    await inOwnCourse(async (folder) => {
      const { assignments, own } = await readCourse(join(folder, "course.yaml"));
      const exercises = assignments[0]!.exercises;
      assert.deepEqual(
        exercises.map(({ id, points, title }) => [id, points, title]),
        [
          ["oneHot", 2, "One-hot vectors"],
          [ID, 4, "The mean of squares"],
        ],
      );
      assert.deepEqual(
        own.map(({ argumentNames }) => argumentNames),
        [["x"]],
      );
      const hash = own[0]!.own!.hash;
      const file = join(folder, "exercises", ID, "solution.ts");
      await writeFile(file, `${await readFile(file, "utf8")}// another word\n`);
      const again = await readCourse(join(folder, "course.yaml"));
      assert.notEqual(again.own[0]!.own!.hash, hash);
    });
  });

  it("has the library that the grader has, files of other exercises, and no file from elsewhere", async () => {
    const imports = `import { Mat } from "unrolled";\nimport { half } from "../shared.ts";\n`;
    const text = FILES["exercise.ts"]!.replace(
      "export const exercise",
      "export const made = Mat.zeros(half, half);\nexport const exercise",
    );
    await inOwnCourse(
      async (folder) => {
        await write(join(folder, "exercises/shared.ts"), "export const half = 2;\n");
        const { modules } = await loadOwnExercise(join(folder, "course.yaml"), ID);
        const { made } = await modules.load(join(folder, "exercises", ID, "exercise.ts"));
        assert.ok(made instanceof Mat);
      },
      { "exercise.ts": imports + text },
    );
    await inOwnCourse(
      async (folder) => {
        await write(join(folder, "outside.ts"), "export const half = 2;\n");
        await assert.rejects(
          () => loadOwnExercise(join(folder, "course.yaml"), ID),
          /exercise\.ts, line 1: "\.\.\/\.\.\/outside\.ts" is not in .*exercises: .*; move it there$/,
        );
      },
      { "exercise.ts": `import { half } from "../../outside.ts";\n${FILES["exercise.ts"]!}` },
    );
  });

  const title = lineOf("exercise.ts", "title:");
  for (const [what, change, place, words] of [
    [
      "no TypeScript",
      changed("exercise.ts", 'title: "The mean of squares"', "title: )"),
      `exercise.ts, line ${title}`,
      /this is not TypeScript: .*; mend the line/,
    ],
    [
      "a mistyped import",
      changed("exercise.ts", "sizeOf }", "sizeOff }"),
      `exercise.ts, line ${lineOf("exercise.ts", "sizeOf }")}`,
      /"unrolled\/exercise" exports no value sizeOff: did you mean "sizeOf"\?; mend the name/,
    ],
    [
      "a package that is not there",
      changed("solution.ts", "export", 'import { sum } from "lodash";\nexport'),
      `solution.ts, line ${lineOf("solution.ts", "export")}`,
      /there is nothing to import from "lodash".*expected one of unrolled, /,
    ],
    [
      "a file that is not there",
      { "mutants.ts": undefined },
      `exercise.ts, line ${lineOf("exercise.ts", "./mutants.ts")}`,
      /"\.\/mutants\.ts" can't be read; write exercises\/meanSquare\/mutants\.ts/,
    ],
    [
      "code that throws",
      changed("mutants.ts", /^export/m, "\n\nnull!.mutants;\nexport"),
      "mutants.ts, line 7",
      /it can't be loaded: Cannot read properties of null .*; mend the line/,
    ],
    [
      "a part that is missing",
      changed("exercise.ts", /^ {2}points.*\n/m, ""),
      `exercise.ts, line ${lineOf("exercise.ts", "export const exercise")}`,
      /points is missing; add it/,
    ],
    [
      "a part that is something else",
      changed("exercise.ts", "size: { n: 1 }", 'size: { n: "one" }'),
      `exercise.ts, line ${lineOf("exercise.ts", "size: { n: 1 }")}`,
      /cases\.1\.size\.n: expected a number, got "one"/,
    ],
    [
      "a part that nobody knows",
      changed("exercise.ts", "tolerance:", "toleranse:"),
      `exercise.ts, line ${lineOf("exercise.ts", "tolerance:")}`,
      /"toleranse" is no setting here: did you mean "tolerance"\?/,
    ],
    [
      "another's id",
      changed("exercise.ts", `id: "${ID}"`, 'id: "other"'),
      `exercise.ts, line ${lineOf("exercise.ts", "id:")}`,
      /expected the folder's name, "meanSquare", got "other"/,
    ],
    [
      "a draw that throws",
      changed("exercise.ts", 'sizeOf(size, "n")', 'sizeOf(size, "m")'),
      `exercise.ts, line ${lineOf("exercise.ts", "sizeOf(size")}`,
      /the case "a few numbers" can't be asked: .*; mend draw, the reference, or the case/,
    ],
    [
      "a mistake without a case",
      changed("mutants.ts", 'caughtBy: "a few numbers"', 'caughtBy: "none"'),
      `mutants.ts, line ${lineOf("mutants.ts", "sum-for-mean")}`,
      /sum-for-mean has no case: there is none called "none"/,
    ],
    [
      "a starter of another function",
      changed("starter.ts", `function ${ID}`, "function other"),
      "starter.ts, line 1",
      /it exports no function meanSquare; begin it with/,
    ],
  ] as const) {
    it(`tells ${what} with file, line and mend`, async () => {
      const message = await told(change);
      const line = message.split("\n").find((one) => words.test(one));
      assert.ok(line?.startsWith(`course: exercises/${ID}/${place}: `), message);
    });
  }

  it("takes the teacher's further cases from course.yaml as the pack's exercises do", async () => {
    await inOwnCourse(async (folder) => {
      const file = join(folder, "course.yaml");
      const cases = `cases: { ${ID}: [{ name: fifty, size: { n: 50 } }] } }`;
      await writeFile(file, (await readFile(file, "utf8")).replace("} }", `}, ${cases}`));
      const { assignments } = await readCourse(file);
      const own = assignments[0]!.exercises.find(({ id }) => id === ID)!;
      assert.deepEqual(
        own.cases.map(({ name, shown }) => [name, shown !== false]),
        [
          ["a few numbers", true],
          ["one number", true],
          ["many numbers", false],
          ["fifty", false],
        ],
      );
    });
  });

  it("can't have a name of the pack's", async () => {
    await inFolder({}, async (folder) => {
      await write(
        join(folder, "course.yaml"),
        "course: RNNs\ntimeZone: UTC\nassignments: [{ name: ps1, exercises: [oneHot] }]\n",
      );
      for (const [name, text] of Object.entries(exerciseTemplate("oneHot")))
        await write(join(folder, "exercises/oneHot", name), text);
      await assert.rejects(
        () => readCourse(join(folder, "course.yaml")),
        /exercises\/oneHot\/exercise\.ts, line 1: the pack has an exercise oneHot; give yours another name/,
      );
      await rm(join(folder, "exercises"), { recursive: true });
      assert.match(
        unrolled(folder, "course", "exercise", "oneHot").out,
        /the pack has an exercise/,
      );
      assert.match(unrolled(folder, "course", "exercise", "class").out, /has a meaning/);
    });
  });

  it("is proved by course check: as course exercise writes it, it is whole", async () => {
    await inOwnCourse(async (folder) => {
      const init = unrolled(folder, "course", "init", "--print");
      assert.match(init.out, /npx unrolled course exercise NAME begins one/);
      const begun = unrolled(folder, "course", "exercise", "later");
      assert.equal(begun.code, 0, begun.out);
      const { code, out } = unrolled(folder, "course", "check");
      assert.equal(code, 0, out);
      assert.match(out, /^✓ later: .* \(no assignment lists it\)\n✓ meanSquare: the starter is/m);
      const twice = unrolled(folder, "course", "exercise", "later");
      assert.match(twice.out, /^course exercise: exercises\/later is there already; /);
    });
  });

  for (const [what, change, place, words] of [
    [
      "a starter that is written",
      changed("starter.ts", /throw .*/, "return x.length;"),
      `starter.ts, line ${lineOf("starter.ts", "export function")}`,
      /it is judged "wrong" in place of "not written yet"/,
    ],
    [
      "a mistake that is none",
      changed("mutants.ts", "right(x) * x.length", "right(x)"),
      `mutants.ts, line ${lineOf("mutants.ts", "sum-for-mean")}`,
      /sum-for-mean is not caught by "a few numbers"/,
    ],
    [
      "a reference that is not always the same",
      changed("solution.ts", "sum / x.length", "sum / x.length + Math.random()"),
      "exercise.ts, line",
      /the reference does not pass/,
    ],
  ] as const) {
    it(`is not whole with ${what}, which the proof tells with file and line`, async () => {
      await inOwnCourse(async (folder) => {
        const faults = await ownExerciseFaults(join(folder, "course.yaml"), ID);
        const [first] = faults.map((one) => one.replaceAll(`${folder}/`, ""));
        assert.ok(first?.startsWith(`course: exercises/${ID}/${place}`), first);
        assert.match(first!, words);
      }, change);
    });
  }
});
