/**
 * `npm run bench`: the fast engine beside PyTorch, TensorFlow.js and NumPy, all in one run; prints
 * tables and writes bench/results.json. bench/README.md says how it measures.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { contestants, packFolder } from "./contestants.js";
import { describeMachine } from "./machine.js";
import { rows } from "./rows.js";
import { type Effort, measureRows } from "./steps.js";
import { disagreements, goals, goalsTable, tables } from "./table.js";

const usage = `npm run bench -- [--row NAME]... [--quick] [--save]
  --row NAME   only this row: ${rows.map(({ name }) => name).join(", ")}
  --quick      a minute instead of five; medians of fewer repetitions
  --save       keep what is printed in bench/results.txt`;

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

process.exitCode = await main();

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) {
    console.error(usage);
    return 2;
  }
  const names = options.row ?? rows.map(({ name }) => name);
  const unknown = names.find((name) => !rows.some((row) => row.name === name));
  if (unknown !== undefined) {
    console.error(`bench: no row is called ${unknown}\n${usage}`);
    return 2;
  }
  const machine = describeMachine();
  const started = performance.now();
  const measured = await measureRows(
    rows.filter(({ name }) => names.includes(name)),
    contestants,
    options.quick ? quick : thorough,
    (line) => process.stderr.write(`  ${line}\n`),
  );
  const seconds = Math.round((performance.now() - started) / 1000);
  const found = goals(measured.rows);
  const wrong = disagreements(measured.rows);
  const versions = Object.entries(measured.versions)
    .map(([name, parts]) => `${name} (${Object.values(parts).join(", ")})`)
    .join("; ");
  const text = [
    `${machine.processor}, ${machine.cores} cores, ${machine.system}, Node ${machine.node}; ${seconds} s\n${versions}`,
    ...measured.leftOut.map((line) => `left out: ${line}`),
    tables(measured.rows),
    goalsTable(found),
    ...wrong.map((line) => `WRONG: ${line}`),
  ].join("\n\n");
  console.log(text);
  const folder = join(packFolder, "bench");
  const result = { machine, seconds, ...measured, goals: found, wrong };
  writeFileSync(join(folder, "results.json"), `${JSON.stringify(result, undefined, 2)}\n`);
  if (options.save) writeFileSync(join(folder, "results.txt"), `${text}\n`);
  return wrong.length > 0 ? 1 : 0;
}

/** The options; undefined when there is one that is not known. */
function readOptions():
  | { readonly row: string[] | undefined; readonly quick: boolean; readonly save: boolean }
  | undefined {
  try {
    const { values } = parseArgs({
      options: {
        row: { type: "string", multiple: true },
        quick: { type: "boolean", default: false },
        save: { type: "boolean", default: false },
      },
    });
    return { row: values.row, quick: values.quick, save: values.save };
  } catch (error) {
    console.error(`bench: ${(error as Error).message}`);
    return undefined;
  }
}
