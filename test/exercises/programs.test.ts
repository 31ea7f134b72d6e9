/**
 * Whole programs as learners hand them in, right and wrong, in text (programs/): written from the statements alone by
 * somebody who had not seen the known mistakes. Each begins with what is wrong in it; two of the wrong ones do what the
 * statements leave open. What each is told is kept in programs.json: another name has to be looked at.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inPack } from "#common/pack-root";
import ts from "typescript";
import type { AnyFunction } from "../../exercises/exercise.js";
import { exercise } from "../../exercises/manifest.js";
import { judge } from "../../grader/judge/judge.js";
import type { Verdict } from "../../grader/judge/verdict.js";
import { inProcess } from "../../grader/practice/inProcess.js";

const SEED = 1;

/** Wrong by their author's word, and right by the statement's. */
const OPEN: ReadonlySet<string> = new Set(["perplexity/11", "sample/14"]);

interface Program {
  /** Such as "rnnForward/10". */
  readonly name: string;
  readonly id: string;
  readonly isRight: boolean;
  /** TypeScript. */
  readonly text: string;
}

function programs(): readonly Program[] {
  const folder = inPack("test", "exercises", "programs");
  return readdirSync(folder).flatMap((file) => {
    const id = file.replace(".txt", "");
    const [, ...parts] = readFileSync(join(folder, file), "utf8").split(/^\/\/ ---- /m);
    return parts.map((part): Program => {
      const [number, ...lines] = part.split("\n");
      return {
        ...{ name: `${id}/${number!}`, id, text: lines.join("\n") },
        isRight: lines[0]!.startsWith("// right"),
      };
    });
  });
}

describe("programs of somebody who had not seen the known mistakes", function () {
  this.timeout(240_000);
  const verdicts = new Map<Program, Verdict>();
  let folder: string;

  before(async () => {
    folder = mkdtempSync(inPack("dist", "test", "programs-"));
    const compilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext };
    for (const [n, program] of programs().entries()) {
      const file = join(folder, `${n}.js`);
      writeFileSync(file, ts.transpileModule(program.text, { compilerOptions }).outputText);
      const module = (await import(pathToFileURL(file).href)) as Record<string, AnyFunction>;
      const own = exercise(program.id);
      const caller = inProcess(module[program.id]!, own.ignore, () => undefined);
      verdicts.set(program, await judge(own, caller, { seed: SEED, hidden: false }));
    }
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function named(wanted: (program: Program, verdict: Verdict) => boolean): readonly string[] {
    return Array.from(verdicts)
      .filter(([program, verdict]) => wanted(program, verdict))
      .map(([{ name }]) => name);
  }

  it("pass where they are right", () => {
    assert.deepEqual(
      named(({ isRight }, { status }) => isRight && status !== "passed"),
      [],
    );
    assert.ok(verdicts.size >= 500);
  });

  it("pass nowhere else, but where the statement leaves it open", () => {
    const passing = named(({ isRight }, { status }) => !isRight && status === "passed");
    assert.deepEqual(new Set(passing), OPEN);
  });

  it("are told what is told here, and 9 of 10 wrong ones are told their cause", () => {
    const told = Array.from(verdicts)
      .filter(([{ isRight, name }]) => !isRight && !OPEN.has(name))
      .map(([{ name }, { diagnosis }]) => [name, diagnosis?.mistake ?? ""] as const);
    const file = inPack("test", "exercises", "programs.json");
    if (process.env["UNROLLED_KEEP_PROGRAMS"] !== undefined)
      writeFileSync(file, `${JSON.stringify(Object.fromEntries(told), null, 2)}\n`);
    const kept = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
    assert.deepEqual(Object.fromEntries(told), kept);
    const right = told.filter(([, mistake]) => mistake !== "");
    assert.ok(right.length >= 0.9 * told.length, `${right.length} of ${told.length}`);
  });
});
