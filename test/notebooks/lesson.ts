/** What every lesson must hold, as shipped and with its exercises solved. */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inPack } from "#common/pack-root";
import { Ajv } from "ajv";
import { exercise } from "../../exercises/manifest.js";
import type { Notebook } from "../../grader/notebook/lessonCells.js";
import { addMissingExercises, exerciseFile } from "../../grader/practice/workspace.js";
import { requireOrSkip } from "../requirements.js";
import { type Bindable, bindingsOf, saidBy, type Words } from "./bindings.js";
import {
  charts,
  execute,
  type ExecutedCell,
  type ExecutedNotebook,
  foreignFolder,
  type Output,
  outputText,
  pythonEnvironment,
  stockKernel,
} from "./execute.js";
import { keptOutputs, staleness } from "./keptOutputs.js";

/** A number that a lesson claims: found in the text that its cells show, or computed here. */
export type Claim = {
  /** What is claimed, in words; without them the sentence's own. */
  readonly what?: string;
  /** The lesson's words that this proves; several claims may prove the same. */
  readonly says?: Words;
  readonly atLeast?: number;
  readonly atMost?: number;
} & (
  | {
      /** Finds the number: its first group. */
      readonly pattern: RegExp;
    }
  | {
      /** Computes it. */
      readonly value: () => number | Promise<number>;
    }
);

/** What a lesson is expected to show. */
export interface LessonExpectation {
  /** The notebook's file name without its ending, such as "02-the-rnn-cell". */
  readonly name: string;
  /** How many charts it shows at the least. */
  readonly charts: number;
  readonly claims: readonly Claim[];
  /** The exercises of other lessons whose solutions the learner has in `my-work/`, for a project. */
  readonly ownWork?: readonly string[];
  /** Words that look like a claim and are none. */
  readonly noClaims?: Bindable["noClaims"];
}

/** The lessons whose tests are declared. */
export const declaredLessons: LessonExpectation[] = [];

/** Every lesson ends within this many seconds on two cores, the kernel's start included. */
const secondsAllowed = 60;
/** What stock tslab says, now and then and whatever the cell, where two of its timers meet: such a run tells nothing of a lesson. */
const STOCK_ERROR = "Unexpected pending rebuildTimer";

/** Declares the tests of one lesson. */
export function testLesson(lesson: LessonExpectation): void {
  declaredLessons.push(lesson);
  testClaims(lesson);
  describe(`lesson ${lesson.name}`, function () {
    this.timeout(4 * secondsAllowed * 1000);
    const notebook = readLesson(lesson.name);

    before(function () {
      requireOrSkip(this, "the Python environment", pythonEnvironment, "npm run setup");
    });

    for (const solved of [false, true]) {
      describe(solved ? "with the exercises solved" : "as shipped", () => {
        let run: ExecutedNotebook;

        before(async () => {
          if (!solved) run = await execute(notebook);
          else if (lesson.ownWork === undefined) run = await execute(withSolutions(notebook));
          else run = await executeBeside(lesson.ownWork, notebook);
        });

        const { ownWork = [] } = lesson;
        if (solved && ownWork.length > 0) {
          it("works with the learner's own functions", () => {
            const text = run.cells.flatMap(shownText).join("\n");
            assert.ok(text.includes(`${ownWork.length} of ${ownWork.length} functions are yours`));
          });
        }

        it("runs every code cell, in order and without an error", () => {
          for (const cell of run.cells) {
            const error = cell.outputs.find((output) => output.output_type === "error");
            assert.equal(error, undefined, failureText(cell));
          }
          assert.deepEqual(
            run.cells.map((cell) => cell.executionCount),
            run.cells.map((_, index) => index + 1),
          );
        });

        it("shows something wherever it says show", () => {
          for (const cell of run.cells.filter(({ source }) => /\bshow\w*\(/.test(source))) {
            assert.ok(cell.outputs.length > 0, `nothing shown by ${cell.id}:\n${cell.source}`);
          }
        });

        it(`draws at least ${lesson.charts} charts, valid as Vega-Lite 5`, () => {
          const drawn = run.cells.flatMap(charts);
          assert.ok(drawn.length >= lesson.charts, `${drawn.length} charts`);
          for (const spec of drawn) assertVegaLite(spec);
        });

        it(solved ? "passes every exercise" : 'says "not written yet" for every exercise', () => {
          for (const cell of run.cells.filter((one) => exerciseRole(one) === "check")) {
            const text = cell.outputs.map(outputText).join("\n");
            assert.match(text, solved ? /\d+ of \d+ cases? pass/ : /not written yet/, cell.source);
            if (solved) assert.doesNotMatch(text, /not written yet/, cell.source);
          }
        });

        for (const claim of lesson.claims.filter(isShown))
          it(titleOf(claim), () => assertClaim(claim, numberShown(claim, run)));

        if (!solved) {
          it("shows what is kept with it (mend: npm run notebooks)", () => {
            for (const cell of run.cells) {
              const { outputs = [] } = notebook.cells.find(({ id }) => id === cell.id)!;
              const found = staleness(outputs as readonly Output[], keptOutputs(cell));
              assert.equal(found, undefined, `${cell.id}: ${found ?? ""}`);
            }
          });
        }

        it(`takes less than ${secondsAllowed} s`, () => {
          assert.ok(run.seconds < secondsAllowed, `${run.seconds.toFixed(1)} s`);
        });
      });
    }

    it("shows the same numbers and draws its charts on the stock tslab kernel", async () => {
      let run = await execute(notebook, { kernel: stockKernel });
      if (JSON.stringify(run.cells).includes(STOCK_ERROR))
        run = await execute(notebook, { kernel: stockKernel });
      for (const cell of run.cells) {
        // It tells errors on its standard error.
        const failed = cell.outputs.some(({ name }) => name === "stderr");
        assert.equal(failed, false, failureText(cell));
      }
      for (const claim of lesson.claims.filter(isShown))
        assertClaim(claim, numberShown(claim, run));
      const drawn = run.cells.flatMap(charts);
      assert.ok(drawn.length >= lesson.charts, `${drawn.length} charts`);
    });
  });
}

/** Runs a lesson in a learner's folder that holds solutions of other lessons' exercises. */
async function executeBeside(
  solved: readonly string[],
  notebook: Notebook,
): Promise<ExecutedNotebook> {
  const folder = foreignFolder();
  try {
    addMissingExercises(folder);
    for (const id of solved) {
      const solution = readFileSync(inPack("exercises", id, "solution.ts"));
      writeFileSync(exerciseFile(folder, exercise(id)), solution);
    }
    return await execute(notebook, { folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Declares what needs no kernel: the claims' words stand in the lesson, and what is computed here holds. */
function testClaims(lesson: LessonExpectation): void {
  describe(`lesson ${lesson.name}, word by word`, function () {
    this.timeout(secondsAllowed * 1000); // some claims train a network
    const { lost, unbound } = bindingsOf(readLesson(lesson.name), lesson);

    it("still says all that its claims prove", () => {
      assert.deepEqual(lost, []);
    });

    it("says nothing checkable that no claim proves", () => {
      assert.deepEqual(unbound, []);
    });

    for (const claim of lesson.claims) {
      if (!isShown(claim)) it(titleOf(claim), async () => assertClaim(claim, await claim.value()));
    }
  });
}

/** Whether a claim is read off what the lesson shows. */
function isShown(claim: Claim): claim is Claim & { readonly pattern: RegExp } {
  return "pattern" in claim;
}

function titleOf(claim: Claim): string {
  return claim.what ?? saidBy(claim).join(" … ");
}

/**
 * The number that a claim is about.
 *
 * @param claim - a claim of the lesson
 * @param run - the lesson, executed
 * @returns what its cells show, or what is computed here
 */
export async function valueOf(claim: Claim, run: ExecutedNotebook): Promise<number> {
  return isShown(claim) ? numberShown(claim, run) : await claim.value();
}

function numberShown({ pattern }: { readonly pattern: RegExp }, run: ExecutedNotebook): number {
  const text = run.cells.flatMap(shownText).join("\n");
  const found = pattern.exec(text)?.[1];
  assert.ok(found !== undefined, `nothing shown matches ${String(pattern)}`);
  return Number(found.replace("−", "-"));
}

function assertClaim({ atLeast = -Infinity, atMost = Infinity }: Claim, value: number): void {
  assert.ok(value >= atLeast, `${value} < ${atLeast}`);
  assert.ok(value <= atMost, `${value} > ${atMost}`);
}

/** All that a cell shows, also where a kernel sends a table as HTML or a chart as its specification alone. */
function shownText(cell: ExecutedCell): string[] {
  const texts = cell.outputs.map(outputText);
  const alone = texts.map((text) => text.replace(/(<[^>]*>\s*)+/g, " ").replaceAll("&lt;", "<"));
  const alt = charts(cell).map((chart) => String((chart as { description?: unknown }).description));
  return [...texts, ...alone, ...alt];
}

/** The lesson as it lies in notebooks/. */
export function readLesson(name: string): Notebook {
  return JSON.parse(readFileSync(inPack("notebooks", `${name}.ipynb`), "utf8")) as Notebook;
}

/** The lesson with each starter replaced by a learner's solution (a right hand-in of the test class). */
export function withSolutions(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) => {
    if (exerciseRole(cell) !== "starter") return cell;
    const { exercise: id } = cell.metadata["unrolled"] as { exercise: string };
    const solution = readFileSync(inPack("exercises", id, "solution.ts"), "utf8");
    // as a starter stands in its cell: the stock tslab refuses an `export`
    return { ...cell, source: [solution.replace(/^export /gm, "")] };
  });
  return { ...notebook, cells };
}

const schema = createRequire(import.meta.url)("vega-lite/build/vega-lite-schema.json") as Readonly<
  Record<string, unknown>
>;
const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

function assertVegaLite(spec: object): void {
  assert.ok(validate(spec), `not Vega-Lite 5: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
  const { description } = spec as { description?: unknown };
  assert.ok(typeof description === "string" && description !== "", "a chart has no alt text");
}

function exerciseRole(cell: { readonly metadata: Readonly<Record<string, unknown>> }): unknown {
  return (cell.metadata["unrolled"] as { role?: unknown } | undefined)?.role;
}

function failureText(cell: ExecutedCell): string {
  return `${cell.id} failed:\n${cell.source}\n${cell.outputs.map(outputText).join("\n")}`;
}
