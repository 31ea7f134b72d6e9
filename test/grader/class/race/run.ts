/**
 * `npm run class-race [-- --rounds 3] [--ours 100] [--theirs 10]`: our `grade`, nbgrader and Otter side by side.
 *
 * The assignment is the same ten exercises, in NumPy for the graders in Python: the same functions, cases,
 * inputs, right answers and tolerances, and students who got the same ones right, wrong, crashing and not begun. Each must
 * pass exactly what is right, or the race does not count. They take turns, a lap each a round. race.md beside this file
 * keeps the last race.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { exitCodes } from "#common/exit-codes";
import { inPack } from "#common/pack-root";
import { median } from "../../../../grader/class/report/statistics.js";
import { type Contestant, type Lap, nbgrader, otter, unrolled } from "./contestants.js";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    ours: { type: "string", default: "100" },
    theirs: { type: "string", default: "10" },
  },
});
const [rounds, ours, theirs] = [values.rounds, values.ours, values.theirs].map(Number) as [
  number,
  number,
  number,
];
if (![rounds, ours, theirs].every((n) => Number.isInteger(n) && n > 0)) {
  console.error("class-race: expected whole numbers above 0, such as --rounds 3 --ours 100");
  process.exit(exitCodes.usage);
}
if (!existsSync(inPack("test", "grader", "class", "race", ".venv"))) {
  process.exit(exitCodes.notYet); // the set-up before this has said why
}

const folder = mkdtempSync(join(tmpdir(), "unrolled-class-race-"));
const fresh = (name: string): string => {
  mkdirSync(join(folder, name));
  return join(folder, name);
};
try {
  const all = [
    unrolled(ours),
    await nbgrader(theirs, fresh("nbgrader")),
    await otter(theirs, fresh("otter")),
  ];
  const laps = new Map<Contestant, Lap[]>(all.map((one) => [one, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const one of all) {
      const lap = await one.lap();
      laps.get(one)!.push(lap);
      const each = (lap.seconds / one.students).toFixed(3);
      console.error(`round ${round} of ${rounds}: ${one.name}: ${each} s a hand-in`);
    }
  }
  show(laps);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function show(laps: ReadonlyMap<Contestant, readonly Lap[]>): void {
  console.log(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${availableParallelism()} cores; medians of ${rounds} rounds:`,
  );
  console.log("");
  console.log(
    "| grader | hand-ins | seconds a hand-in (least to most) | hand-ins a second | times nbgrader |",
  );
  console.log("| --- | ---: | ---: | ---: | ---: |");
  const each = (one: Contestant): readonly number[] =>
    laps.get(one)!.map(({ seconds }) => seconds / one.students);
  const slow: string[] = [];
  const base = Array.from(laps.keys()).find(({ name }) => name === "nbgrader")!;
  for (const [one, its] of laps) {
    const times = each(one);
    const own = median(times);
    const ratio = median(each(base)) / own;
    console.log(
      `| ${one.name} | ${one.students} | ${own.toFixed(3)} (${Math.min(...times).toFixed(3)} to ${Math.max(...times).toFixed(3)}) | ${(1 / own).toFixed(2)} | ${ratio.toFixed(2)} |`,
    );
    const slowest = its.flatMap(({ slowestTwentieth }) => slowestTwentieth ?? []);
    if (slowest.length > 0) slow.push(`${one.name}: ${median(slowest).toFixed(0)} ms`);
  }
  console.log("");
  console.log(`A hand-in at the slowest twentieth: ${slow.join(", ")}.`);
}
