import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { exercise, manifest } from "../../../exercises/manifest.js";
import type { Graded, GradedExercise } from "../../../grader/class/result/graded.js";
import { gradeHandIn } from "../../../grader/class/gradeHandIn.js";
import { AssignmentInputs } from "../../../grader/class/inputs.js";
import { findHandIns } from "../../../grader/class/intake/handIn.js";
import type { HandInPlace } from "../../../grader/class/intake/place.js";
import { foundIn } from "../../../grader/class/intake/foundHandIn.js";
import { readHandIn } from "../../../grader/class/intake/readHandIn.js";
import type { Sandbox } from "../../../grader/sandbox/sandbox.js";
import type { Status } from "../../../grader/judge/verdict.js";
import { writeSolutions } from "../solutions.js";
import { inFolder, sandboxOrSkip, SUBMISSIONS } from "../sandbox/box.js";

/** What a hand-in's expected.json says of one exercise. */
interface Expectation {
  readonly status: Status | readonly Status[];
  /** The mistake that must be named; null when none may be. */
  readonly diagnosis?: string | null;
  /** What its console must hold: the proof that the code really ran. */
  readonly says?: string;
  readonly neverSays?: string;
  /** What the first failing case's message must hold. */
  readonly message?: string;
}

interface Expected {
  readonly exercises: ReadonlyMap<string, Expectation>;
  /** What some remark on the files must hold. */
  readonly remarks: readonly string[];
}

function expectedOf(place: HandInPlace): Expected {
  const { remarks = [], ...exercises } = JSON.parse(
    readFileSync(join(place.folder, "expected.json"), "utf8"),
  ) as Record<string, Expectation> & { remarks?: readonly string[] };
  return { exercises: new Map(Object.entries(exercises)), remarks };
}

const ids = manifest.map(({ id }) => id);

describe("the small class, graded for real", () => {
  let sandbox: Sandbox;

  before(async function () {
    this.timeout(60_000);
    sandbox = await sandboxOrSkip(this);
  });
  after(async () => {
    await sandbox?.close();
  });

  it("gives full points for every exercise's own solution", async function () {
    this.timeout(120_000);
    const root = await mkdtemp(join(tmpdir(), "unrolled-solutions-"));
    try {
      await writeSolutions(join(root, "all-right"));
      const [place] = await findHandIns(root);
      const { results, remarks } = await gradeHandIn(foundIn(await readHandIn(place!), ids), {
        sandbox,
        exercises: manifest,
        seed: 20_261_124,
      });
      assert.deepEqual(remarks, []);
      assert.deepEqual(
        results.map(({ verdict }) => [verdict.exercise, verdict.status]),
        manifest.map(({ id }) => [id, "passed"]),
      );
      for (const { score, points } of results) assert.equal(score, points);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });

  it("judges the same answers once, and leaves to each hand-in its own lines and console", async () => {
    const right = readFileSync(inPack("exercises", "rnnCellForward", "solution.ts"), "utf8");
    const wrong = right.replace(".add(ba)", "");
    assert.notEqual(wrong, right);
    const texts = [wrong, `// mine\n${wrong.replace("{\n", '{\n  console.log("hers");\n')}`, right];
    const exercises = [exercise("rnnCellForward")];
    const inputs = new AssignmentInputs(7);
    const graded: GradedExercise[] = [];
    for (const text of texts) {
      await inFolder({ "rnnCellForward.ts": text }, async (folder) => {
        const found = foundIn(await readHandIn({ student: "ada", assignment: "ps1", folder }), ids);
        const { results } = await gradeHandIn(found, { sandbox, exercises, inputs, seed: 7 });
        graded.push(results[0]!);
      });
    }
    const [his, hers, other] = graded as [GradedExercise, GradedExercise, GradedExercise];
    assert.equal(his.verdict.status, "wrong");
    assert.equal(hers.verdict, his.verdict);
    assert.deepEqual([his.console, hers.console.includes("hers")], ["", true]);
    assert.notDeepEqual(hers.code, his.code);
    assert.equal(other.verdict.status, "passed");
  });

  for (const folder of ["class", "nbgrader"]) {
    describe(folder, () => {
      for (const student of studentsIn(folder)) {
        it(`${student} gets the verdicts of its expected.json`, async function () {
          this.timeout(120_000);
          await assertGraded(sandbox, folder, student);
        });
      }
    });
  }
});

describe("the small class's hostile hand-ins, in the second box", () => {
  let sandbox: Sandbox;

  before(async function () {
    this.timeout(60_000);
    sandbox = await sandboxOrSkip(this, "other-user");
  });
  after(async () => {
    await sandbox?.close();
  });

  // Honest ones are called by a name alone.
  for (const student of studentsIn("class").filter((name) => name.includes("-"))) {
    it(`${student} gets the verdicts of its expected.json`, async function () {
      this.timeout(120_000);
      await assertGraded(sandbox, "class", student);
    });
  }
});

/** Grades a student of the small class, and compares. */
async function assertGraded(sandbox: Sandbox, folder: string, student: string): Promise<void> {
  const places = await findHandIns(join(SUBMISSIONS, folder));
  const place = places.find((one) => one.student === student);
  assert.ok(place !== undefined);
  const graded = await gradeHandIn(foundIn(await readHandIn(place), ids), {
    sandbox,
    exercises: manifest,
    seed: 20_261_124,
  });
  assertExpected(graded, expectedOf(place));
}

/** The hand-ins' folders: an nbgrader tree has them below "submitted". */
function studentsIn(folder: string): readonly string[] {
  const root = join(SUBMISSIONS, folder === "nbgrader" ? "nbgrader/submitted" : folder);
  return readdirSync(root).sort();
}

function assertExpected(graded: Graded, expected: Expected): void {
  const ids = new Set(graded.results.map(({ verdict }) => verdict.exercise));
  for (const id of expected.exercises.keys()) assert.ok(ids.has(id), `no exercise ${id}`);
  for (const { verdict, console: said, score, points } of graded.results) {
    const { exercise, status, cases, diagnosis } = verdict;
    const expectation = expected.exercises.get(exercise) ?? { status: "not-run" };
    const failing = cases.find((one) => one.status !== "passed");
    const about = `${exercise}: ${status}, ${failing?.message ?? JSON.stringify(failing?.difference)}; ${said}`;
    assert.ok([expectation.status].flat().includes(status), about);
    assert.equal(score === points, status === "passed", `${exercise}: ${score} of ${points}`);
    if (expectation.diagnosis !== undefined) {
      const named = diagnosis?.mutants ?? [];
      const isRight =
        expectation.diagnosis === null ? named.length === 0 : named.includes(expectation.diagnosis);
      assert.ok(isRight, `${exercise}: diagnosed as ${named.join(", ")}`);
    }
    if (expectation.says !== undefined) assert.match(said, new RegExp(expectation.says), about);
    if (expectation.neverSays !== undefined) {
      assert.doesNotMatch(said, new RegExp(expectation.neverSays), about);
    }
    if (expectation.message !== undefined) {
      assert.ok(failing?.message?.includes(expectation.message), about);
    }
  }
  const remarks = graded.remarks.map(({ file, text }) => `${file}: ${text}`);
  for (const part of expected.remarks) {
    assert.ok(
      remarks.some((remark) => remark.includes(part)),
      `no remark on ${part} in ${JSON.stringify(remarks)}`,
    );
  }
}
