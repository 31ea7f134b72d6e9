/**
 * `npm run bench`: the fast engine beside PyTorch, TensorFlow.js and NumPy, all in one run; prints
 * tables and writes bench/results.json. bench/README.md says how it measures.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { exitCodes } from "#common/exit-codes";
import { inPack } from "#common/pack-root";
import { chartSvg } from "../src/display/chartBundle.js";
import { measureAgreement } from "./agreement.js";
import { contestants } from "./contestants.js";
import { languageModelTable, measureLanguageModel } from "./languageModel.js";
import { describeMachine } from "./machine.js";
import { rows } from "./rows.js";
import { growths, measureScaling, scalingTables } from "./scaling.js";
import { scalingChart } from "./scalingChart.js";
import { type Effort, measureRows } from "./steps.js";
import { disagreements, goals, goalsTable, tables } from "./table.js";

const usage = `npm run bench -- [--row NAME]... [--language-model | --scaling | --agreement] [--quick] [--save]
  --row NAME         only this row: ${rows.map(({ name }) => name).join(", ")}
  --language-model   seconds to train a language model, in place of the rows
  --scaling          the cost against n_a, T and m, and the memory against T, in place of the rows
  --agreement        losses, gradients and Adam's steps beside TensorFlow.js's and PyTorch's, in place of the rows
  --quick            a minute or two instead of four; medians of fewer repetitions
  --save             keep what is printed in bench/results.txt (language-model.txt;
                     scaling.txt and scaling.svg; agreement.txt)`;

const thorough: Effort = {
  rounds: 6,
  repetitions: 5,
  milliseconds: 120,
  mostMilliseconds: 500,
  warmUp: 50,
  firstWarmUp: 300,
};
const quick: Effort = {
  rounds: 2,
  repetitions: 3,
  milliseconds: 50,
  mostMilliseconds: 150,
  warmUp: 10,
  firstWarmUp: 100,
};

const folder = inPack("bench");

process.exitCode = await main();

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) return exitCodes.usage;
  const say = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const started = performance.now();
  const { name, text, picture, result, wrong } = await measure(options, say);
  const machine = describeMachine();
  const seconds = Math.round((performance.now() - started) / 1000);
  const { processor, cores, system, node } = machine;
  const report = [`${processor}, ${cores} cores, ${system}, Node ${node}; ${seconds} s`, ...text];
  console.log(report.join("\n\n"));
  const json = JSON.stringify({ machine, seconds, ...result }, undefined, 2);
  writeFileSync(join(folder, `${name}.json`), `${json}\n`);
  if (options.save) writeFileSync(join(folder, `${name}.txt`), `${report.join("\n\n")}\n`);
  if (options.save && picture !== undefined) writeFileSync(join(folder, `${name}.svg`), picture);
  return wrong ? exitCodes.notYet : exitCodes.fine;
}

interface Options {
  readonly row: readonly string[];
  readonly languageModel: boolean;
  readonly scaling: boolean;
  readonly agreement: boolean;
  readonly quick: boolean;
  readonly save: boolean;
}

/** What was measured: the name of its files, paragraphs to print, all figures, and whether results differed. */
interface Outcome {
  readonly name: string;
  readonly text: readonly string[];
  readonly result: object;
  /** As SVG. */
  readonly picture?: string;
  readonly wrong: boolean;
}

async function measure(options: Options, say: (progress: string) => void): Promise<Outcome> {
  if (options.languageModel) {
    const result = await measureLanguageModel(options.quick ? 1 : 3, say);
    return { name: "language-model", text: [languageModelTable(result)], result, wrong: false };
  }
  if (options.scaling) {
    const result = await measureScaling(options.quick ? 1 : 3, say);
    const picture = await chartSvg(scalingChart(result));
    const text = [scalingTables(result)];
    return {
      name: "scaling",
      text,
      picture,
      result: { ...result, growths: growths(result) },
      wrong: false,
    };
  }
  if (options.agreement) {
    const { table, wrong, rows: result } = await measureAgreement(say);
    const text = [table, ...wrong.map((line) => `WRONG: ${line}`)];
    return { name: "agreement", text, result: { rows: result, wrong }, wrong: wrong.length > 0 };
  }
  const measured = await measureRows(
    rows.filter(({ name }) => options.row.includes(name)),
    contestants,
    options.quick ? quick : thorough,
    say,
  );
  const found = goals(measured.rows);
  const wrong = disagreements(measured.rows);
  const versions = Object.entries(measured.versions)
    .map(([name, parts]) => `${name} (${Object.values(parts).join(", ")})`)
    .join("; ");
  const text = [
    versions,
    ...measured.leftOut.map((line) => `left out: ${line}`),
    tables(measured.rows),
    goalsTable(found),
    ...wrong.map((line) => `WRONG: ${line}`),
  ];
  const result = { ...measured, goals: found, wrong };
  return { name: "results", text, result, wrong: wrong.length > 0 };
}

/** The options; undefined, and said why, when there is one that is not known. */
function readOptions(): Options | undefined {
  try {
    const { values } = parseArgs({
      options: {
        row: { type: "string", multiple: true },
        "language-model": { type: "boolean", default: false },
        scaling: { type: "boolean", default: false },
        agreement: { type: "boolean", default: false },
        quick: { type: "boolean", default: false },
        save: { type: "boolean", default: false },
      },
    });
    const { row = rows.map(({ name }) => name), quick, save, scaling, agreement } = values;
    const unknown = row.find((name) => !rows.some((known) => known.name === name));
    if (unknown !== undefined) throw new Error(`no row is called ${unknown}`);
    return { row, quick, save, scaling, agreement, languageModel: values["language-model"] };
  } catch (error) {
    console.error(`bench: ${(error as Error).message}\n${usage}`);
    return undefined;
  }
}
