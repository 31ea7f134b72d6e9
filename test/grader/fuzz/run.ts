/**
 * `npm run fuzz [-- --inputs 1000000] [-- --from N]`: every parser of what others wrote, under so many changed inputs;
 * a line for each, and the seed of each input that it did not stand. fuzz.md beside this file keeps the last long run.
 */
import { parseArgs } from "node:util";
import { exitCodes } from "#common/exit-codes";
import { attack } from "./fuzz.js";
import { parsers } from "./parsers.js";

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "1000000" },
    from: { type: "string", default: "1" },
  },
});
const [inputs, from] = [Number(values.inputs), Number(values.from)];
if (!Number.isInteger(inputs) || inputs < parsers.length || !Number.isInteger(from) || from < 1) {
  console.error("fuzz: --inputs and --from: expected whole numbers, such as --inputs 10000");
  process.exit(exitCodes.usage);
}

const each = Math.ceil(inputs / parsers.length);
let fallen = 0;
for (const parser of parsers) {
  const start = performance.now();
  let told = 0;
  const falls = await attack(parser, { from, to: from + each }, (seed) => {
    if (!process.stderr.isTTY || performance.now() - told < 500) return;
    told = performance.now();
    process.stderr.write(`\r${parser.name}: ${seed - from} of ${each} `);
  });
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  fallen += falls.length;
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `${parser.name}: ${each} inputs in ${seconds.toFixed(0)} s, ${falls.length} not stood`,
  );
  for (const { seed, why } of falls.slice(0, 10)) console.log(`  seed ${seed}: ${why}`);
}
process.exitCode = fallen === 0 ? exitCodes.fine : exitCodes.notYet;
