/** The same code gets the same verdict, for the same cause, in a notebook, in the terminal and in a class. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packRoot } from "#common/pack-root";
import type { AnyFunction, Exercise } from "../../exercises/exercise.js";
import { exercise as findExercise } from "../../exercises/manifest.js";
import { foundIn } from "../../grader/class/intake/foundHandIn.js";
import { gradeHandIn } from "../../grader/class/gradeHandIn.js";
import { judge } from "../../grader/judge/judge.js";
import type { Verdict } from "../../grader/judge/verdict.js";
import { inProcess } from "../../grader/practice/inProcess.js";
import { checkFile } from "../../grader/practice/learn/checkFile.js";
import { PRACTICE_LIMITS } from "../../grader/practice/learn/runFile.js";
import { ReadyChild } from "../../grader/practice/learn/readyChild.js";
import { createCompiler } from "../../grader/practice/learn/typeCheck.js";
import { exerciseFile } from "../../grader/practice/workspace.js";
import { asWhereGraded } from "../../grader/source/asGraded.js";
import type { Sandbox } from "../../grader/sandbox/sandbox.js";
import { differenceDetails, headline } from "../../grader/words/sentences.js";
import { CellRunner } from "../../src/kernel/run/cellRunner.js";
import { ModuleLoader } from "../../src/kernel/run/modules.js";
import { Scope } from "../../src/kernel/run/scope.js";
import { compilerFor, loadTypeScript } from "../../src/kernel/start/compiler.js";
import { ExchangeableRequire } from "../../src/kernel/start/exchangeableRequire.js";
import { evaluate, metaOf, nodeModules } from "../../src/kernel/start/nodeModules.js";
import { type KernelHook, kernelHook } from "../../src/index.js";
import { type Form, forms } from "./forms.js";
import { sandboxOrSkip } from "./sandbox/box.js";

const globals = globalThis as { [kernelHook]?: KernelHook };

const SEED = 20_261_125;

/** What a door says: the verdict, or no more than a status where no function could be called. */
type Said = Pick<Verdict, "status"> & Partial<Verdict>;

describe("one verdict", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "unrolled-forms-"));
  const workspace = join(folder, "my-work");
  const compiler = createCompiler(join(folder, "built"), false);
  const ready = new ReadyChild(PRACTICE_LIMITS.memoryMb);
  const typeScript = loadTypeScript();
  const shared = mkdtempSync(join(folder, "shared-"));
  const sharedCompiler = compilerFor(typeScript, shared);
  let sandbox: Sandbox;
  const folderBefore = process.cwd();
  before(async function () {
    globals[kernelHook] = { display: () => undefined }; // cells' own checks and charts
    mkdirSync(join(workspace, "exercises"), { recursive: true });
    process.chdir(workspace); // where cells' own checks keep what was reached
    sandbox = await sandboxOrSkip(this);
    await sandbox.provideMathjs();
  });
  after(async () => {
    Reflect.deleteProperty(globals, kernelHook);
    process.chdir(folderBefore);
    ready.close();
    rmSync(folder, { recursive: true, force: true });
    await sandbox?.close();
  });

  it("is asked of at least 80 forms, each with a name of its own", () => {
    assert.ok(forms.length >= 80, `${forms.length} forms`);
    assert.equal(new Set(forms.map(({ name }) => name)).size, forms.length);
  });

  for (const form of forms) {
    it(`${form.name}: ${form.status}`, async () => {
      const exercise = findExercise(form.exercise);
      const doors = { check: inNotebook, learn: inTerminal, grade: inClass };
      const said = new Map<string, Said>();
      for (const [door, ask] of Object.entries(doors)) {
        if (form.not?.includes(door as keyof typeof doors) === true) continue;
        said.set(door, await ask(form, exercise));
      }
      for (const [door, verdict] of said) {
        const words = wordsOf(verdict);
        assert.equal(verdict.status, form.status, `${door}: ${words}`);
        if (form.mistake !== undefined)
          assert.deepEqual(verdict.diagnosis?.mutants, [form.mistake], door);
        if (form.says !== undefined) assert.match(words, form.says, door);
      }
      const whole = Array.from(said).filter(([, { cases }]) => cases !== undefined);
      const [first] = whole;
      for (const [door, verdict] of whole.slice(1))
        assert.deepEqual(causeOf(verdict), causeOf(first![1]), `${door} and ${first![0]}`);
    });
  }

  /** What `check` says of the function that the cells leave behind. */
  async function inNotebook({ cells, helpers = {} }: Form, exercise: Exercise): Promise<Said> {
    let latest: unknown;
    const beside = Object.entries(helpers);
    // Without files beside it a notebook begins where the one before it has ended, as after a restart.
    const here = beside.length > 0 ? mkdtempSync(join(workspace, "notebook-")) : shared;
    for (const [name, text] of beside) writeFileSync(join(here, name), text);
    const cellCompiler = beside.length > 0 ? compilerFor(typeScript, here) : sharedCompiler;
    cellCompiler.beginAnew(String, undefined);
    const scope = new Scope();
    const modules = new ModuleLoader(nodeModules(cellCompiler, here, () => undefined));
    const required = new ExchangeableRequire(createRequire(join(packRoot, "cell.ts")));
    const runner = new CellRunner(cellCompiler, scope, modules, {
      environment: { require: required.require },
      meta: metaOf(here),
      evaluate,
      bundleOf: (value) => {
        latest = value;
        return Promise.resolve({});
      },
      textOf: String,
      turn: () => Promise.resolve(),
      collectGarbage: () => undefined,
      notice: () => undefined,
    });
    for (const [n, code] of [...cells, exercise.id].entries()) {
      const outcome = await runner.execute({
        code,
        count: n + 1,
        allowStdin: false,
        expressions: {},
      });
      if (outcome.status === "error") throw new Error(`${code}\n${outcome.traceback.join("\n")}`);
    }
    const around = await asWhereGraded({
      inputs: cells,
      exchange: (name, valueOf) =>
        name === "require" ? required.exchange(valueOf) : scope.exchange(name, valueOf),
      ownTexts: (name) => modules.textsBehind(name),
      importChanged: (name, change) => modules.importChanged(name, change),
    }); // as check does
    const caller = inProcess(latest as AnyFunction, exercise.ignore, undefined, around);
    return judge(exercise, caller, { seed: SEED, hidden: false });
  }

  /** What `learn` says of a file that holds the cells' code. */
  async function inTerminal({ cells, helpers = {} }: Form, exercise: Exercise): Promise<Said> {
    for (const [name, text] of Object.entries(helpers))
      writeFileSync(join(workspace, "exercises", name), text);
    writeFileSync(exerciseFile(workspace, exercise), cells.join("\n"));
    const check = await checkFile(exercise, workspace, compiler, { seed: SEED, ready });
    ready.prepare(); // the next form's process loads while this one is graded
    if (check.kind === "verdict") return check.verdict;
    return { status: check.kind === "unusable" ? check.status : "crashed" };
  }

  /** What `grade` says of a hand-in. */
  async function inClass(form: Form, exercise: Exercise): Promise<Said> {
    const { cells, helpers = {}, isNotebook = false, fileName = `${exercise.id}.ts` } = form;
    const sources = cells.map((source) => ({ cell_type: "code", metadata: {}, source }));
    const handed = isNotebook
      ? { path: "lesson.ipynb", text: JSON.stringify({ nbformat: 4, cells: sources }) }
      : { path: fileName, text: cells.join("\n") };
    const beside = Object.entries(helpers).map(([path, text]) => ({ path, text }));
    const { results } = await gradeHandIn(
      foundIn({ student: "ada", assignment: "forms", files: [handed, ...beside], remarks: [] }, [
        exercise.id,
      ]),
      { sandbox, exercises: [exercise], seed: SEED },
    );
    const { verdict } = results[0]!;
    return verdict.cases.length === 0 ? { status: verdict.status } : verdict;
  }
});

/** The words on the first case that does not pass. */
function wordsOf({ cases = [], diagnosis }: Said): string {
  const failing = cases.find(({ status }) => status !== "passed");
  if (failing === undefined) return "";
  const details = failing.difference === undefined ? [] : differenceDetails(failing.difference);
  return [headline(failing), ...details, diagnosis?.mistake].join("\n");
}

/**
 * What a verdict rests on, up to the first case in which the function gave no answer: what is run
 * behind that one differs with what a new process costs.
 */
function causeOf({ cases = [], diagnosis }: Said): unknown {
  const end = cases.findIndex(({ status }) => status !== "passed" && status !== "wrong");
  const counted = end < 0 ? cases : cases.slice(0, end + 1);
  const told = counted.map(({ name, status, difference, others, right }) => ({
    name,
    status,
    difference,
    others,
    right,
  }));
  return JSON.parse(JSON.stringify({ diagnosis, told })) as unknown;
}
