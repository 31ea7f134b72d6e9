/**
 * `npm run laws [-- --cases N] [--seed S]`: asks every law of everyone that this machine has, 100,000 cases in
 * all unless said, some minutes; what came out of the last run stays in laws.md beside this file.
 */
import { writeFileSync } from "node:fs";
import process from "node:process";
import { parseArgs } from "node:util";
import { exitCodes } from "#common/exit-codes";
import { inPack } from "#common/pack-root";
import { ask, questions } from "./ask.js";
import { laws } from "./laws.js";
import { engineSubject, readable, type Subject } from "./subjects.js";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
  },
});
process.exitCode = run(Number(values.cases), Number(values.seed));

function run(cases: number, seed: number): number {
  if (![cases, seed].every((n) => Number.isInteger(n) && n >= 1)) {
    console.error(`laws: expected whole numbers of at least 1 for --cases and --seed`);
    return exitCodes.usage;
  }
  const { subjects, missing } = everyone();
  const asked = questions(laws, subjects);
  const each = Math.ceil(cases / asked.length);
  const started = performance.now();
  const fallen: string[] = [];
  asked.forEach((question, k) => {
    const name = `${question.law.name} (${question.subject.name})`;
    try {
      ask(question, each, seed);
    } catch (error) {
      fallen.push(`${name}: ${(error as Error).message.split("\nHint")[0]!.replaceAll("\n", " ")}`);
    }
    bar(k + 1, asked.length, fallen.length);
  });
  for (const subject of subjects) subject.close();
  const seconds = Math.round((performance.now() - started) / 1000);
  const count = each * asked.length;
  const said = `${count.toLocaleString("en")} cases, seed ${seed}, ${seconds} s: ${fallen.length === 0 ? "every law holds" : `${fallen.length} fell`}`;
  console.log([said, ...fallen, ...missing].join("\n"));
  writeFileSync(inPack("test", "laws", "laws.md"), page(said, each, subjects, fallen, missing));
  return fallen.length === 0 ? exitCodes.fine : exitCodes.notYet;
}

/** Those whom this machine has, and what it lacks. */
function everyone(): {
  readonly subjects: readonly Subject[];
  readonly missing: readonly string[];
} {
  const subjects = [readable];
  const missing: string[] = [];
  for (const path of ["js", "wasm", "blas"] as const) {
    for (const threads of [1, 2]) {
      try {
        subjects.push(engineSubject(path, threads));
      } catch (error) {
        missing.push(`left out: engine ${path}, ${threads} threads: ${(error as Error).message}`);
      }
    }
  }
  return { subjects, missing };
}

function bar(done: number, all: number, fallen: number): void {
  const filled = Math.round((30 * done) / all);
  const line = `[${"#".repeat(filled)}${".".repeat(30 - filled)}] ${done} of ${all}${fallen === 0 ? "" : `, ${fallen} fell`}`;
  if (process.stderr.isTTY) process.stderr.write(`\r${line}${done === all ? "\n" : ""}`);
  else if (done % 10 === 0 || done === all) process.stderr.write(`${line}\n`);
}

function page(
  said: string,
  each: number,
  subjects: readonly Subject[],
  fallen: readonly string[],
  missing: readonly string[],
): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const table = laws.map((law) => {
    const whom = subjects.filter((subject) => questions([law], [subject]).length > 0);
    const names = whom.length === subjects.length ? "all" : whom.map(({ name }) => name).join("; ");
    return row([law.name, law.forms.join("; "), names, String(each * whom.length)]);
  });
  const date = new Date().toISOString().slice(0, 10);
  return [
    "# The laws, as they were last asked",
    `\`npm run laws\`, ${date}: ${said}.`,
    `Asked of: ${subjects.map(({ name }) => name).join("; ")}. Sizes and weights are drawn from seeds; most batches are padded, those of the readable functions at any steps.`,
    [row(["law", "forms", "of", "cases"]), row(["---", "---", "---", "---"]), ...table].join("\n"),
    ...fallen.map((line) => `- fell: ${line}`),
    ...missing.map((line) => `- ${line}`),
    "",
  ].join("\n\n");
}
