/**
 * What the lessons claim, and what proves it: `npm run claims`, or `npm run claims -- 00 05` for some of them (minutes).
 *
 * Each lesson runs once, as shipped. A line for each claim: its cell, the sentence, the value, what is asserted of it,
 * and the margin that is left. It fails on an assertion that does not hold, on one whose words no lesson says any more,
 * and on a sentence with a checkable word that nothing proves. What counts as checkable: checkableWords.ts.
 */
import { readdirSync } from "node:fs";
import Mocha from "mocha";
import { inPack } from "#common/pack-root";
import { bindingsOf, saidBy, sentenceOf } from "./bindings.js";
import { execute, type ExecutedNotebook } from "./execute.js";
import {
  type Claim,
  declaredLessons,
  type LessonExpectation,
  readLesson,
  valueOf,
} from "./lesson.js";

const wanted = process.argv.slice(2);

/** A number as short as it can be told apart. */
const short = (value: number): string => String(Number(value.toPrecision(4)));

function asserted({ atLeast, atMost }: Claim): string {
  if (atLeast === undefined) return `at most ${short(atMost!)}`;
  if (atMost === undefined) return `at least ${short(atLeast)}`;
  return atLeast === atMost ? `is ${short(atLeast)}` : `${short(atLeast)} … ${short(atMost)}`;
}

/** Whether a claim holds, and by how much; a value that the lesson does not show is a claim that does not. */
async function judged(
  claim: Claim,
  run: ExecutedNotebook,
): Promise<{ holds: boolean; result: string }> {
  try {
    const value = await valueOf(claim, run);
    const { atLeast = -Infinity, atMost = Infinity } = claim;
    const margin = Math.min(value - atLeast, atMost - value);
    const result = `${short(value)} (${asserted(claim)}; margin ${short(margin)})`;
    return { holds: margin >= 0, result };
  } catch (error) {
    return { holds: false, result: (error as Error).message };
  }
}

/** Prints a lesson's claims and gives how much of it fails. */
async function report(lesson: LessonExpectation): Promise<number> {
  const notebook = readLesson(lesson.name);
  const run = await execute(notebook);
  const { lost, unbound, checkable } = bindingsOf(notebook, lesson);
  let failures = lost.length + unbound.length;
  console.log(`\n${lesson.name}`);
  for (const claim of lesson.claims) {
    const sentences = saidBy(claim).map((words) => sentenceOf(notebook, words));
    const told = sentences.map((found) => `[${found?.cell ?? "?"}] ${found?.sentence ?? ""}`);
    const { holds, result } = await judged(claim, run);
    if (!holds) failures++;
    console.log(`${holds ? "✓" : "✗"} ${told.join(" / ") || claim.what!}\n    ${result}`);
  }
  for (const words of lost) console.log(`✗ no longer said: ${words}`);
  for (const { cell, sentence, words } of unbound)
    console.log(`✗ unproven: [${cell}] {${words.join(", ")}} ${sentence}`);
  console.log(
    `${lesson.claims.length} claims; ${checkable} checkable sentences, ${unbound.length} unproven`,
  );
  return failures;
}

// The tests' files say what the lessons claim: they are loaded, and none of them runs.
const folder = inPack("dist", "test", "notebooks");
const mocha = new Mocha();
for (const file of readdirSync(folder)
  .filter((name) => /^\d\d-.*\.test\.js$/.test(name))
  .sort())
  if (wanted.length === 0 || wanted.some((start) => file.startsWith(start)))
    mocha.addFile(`${folder}/${file}`);
await mocha.loadFilesAsync();

let failures = 0;
for (const lesson of declaredLessons) failures += await report(lesson);
console.log(failures === 0 ? "\neach claim holds" : `\n${failures} do not hold`);
process.exitCode = failures === 0 ? 0 : 1;
