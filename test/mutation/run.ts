/**
 * `npm run mutation [-- ROOM…]`: what would the tests notice?
 *
 * Stryker changes the built code of a room in one small place at a time (a mutant) and runs the
 * room's own tests: a mutant that no test notices has survived. Each survivor that is left is
 * explained in survivors.md beside this file, with the counts of the last run.
 *
 * The built files are changed, not the sources, so that no mutant has to be compiled. Stryker runs
 * a command for each, since its own runner does not take this mocha; it comes by npx, because
 * nobody who learns or tests should have to install its 130 packages.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { exitCodes } from "#common/exit-codes";
import { inPack, packRoot } from "#common/pack-root";

const STRYKER = "@stryker-mutator/core@9.6.1";

interface Room {
  /** Built files, changed in turn. */
  readonly mutate: string;
  /** The tests that should notice; few, since they run for every mutant. */
  readonly tests: readonly string[];
  /** The share of mutants that must be noticed, in percent. */
  readonly atLeast: number;
}

const compareAndValues = ["compare", "values", "words"].map(
  (room) => `dist/test/grader/${room}/*.test.js`,
);

const rooms: Readonly<Record<string, Room>> = {
  cells: {
    mutate: "dist/src/cells/*.js",
    tests: [
      "dist/test/src/cells/oneStep.test.js",
      "dist/test/src/cells/refusals.test.js",
      "dist/test/src/published.test.js",
    ],
    atLeast: 95,
  },
  compare: { mutate: "dist/grader/compare/*.js", tests: compareAndValues, atLeast: 85 },
  values: { mutate: "dist/grader/values/*.js", tests: compareAndValues, atLeast: 85 },
};

/** The part of Stryker's report that is read here. */
interface Report {
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>
  >;
}

interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

/** Line and column, both from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/** Lets Stryker change one room; its report, or undefined when it had none. */
function mutate(name: string, { mutate: files, tests }: Room): Report | undefined {
  const folder = inPack("coverage", "mutation");
  mkdirSync(folder, { recursive: true });
  const report = join(folder, `${name}.json`);
  const configuration = join(folder, `${name}.stryker.json`);
  rmSync(report, { force: true });
  const mocha = inPack("node_modules", "mocha", "bin", "mocha.js");
  const command = [
    JSON.stringify(process.execPath),
    JSON.stringify(mocha),
    ...["--no-config", "--timeout", "10000", "--bail", "--reporter", "dot"],
    ...tests,
  ].join(" ");
  writeFileSync(
    configuration,
    JSON.stringify({
      mutate: [files],
      ignorePatterns: [".venv", "my-work", "coverage", "bench", "notebooks", "test/submissions"],
      testRunner: "command",
      commandRunner: { command },
      coverageAnalysis: "off",
      concurrency: 1,
      timeoutMS: 5000,
      reporters: ["json", "progress-append-only"],
      jsonReporter: { fileName: report },
      disableTypeChecks: false,
      tsconfigFile: "none.json", // nothing is compiled
      tempDirName: inPack("node_modules", ".cache", "stryker"),
    }),
  );
  spawnSync("npx", ["--yes", "-p", STRYKER, "stryker", "run", configuration], {
    cwd: packRoot,
    stdio: "inherit",
  });
  try {
    return JSON.parse(readFileSync(report, "utf8")) as Report;
  } catch {
    return undefined;
  }
}

/** Prints what came of a room; whether enough mutants were noticed. */
function tell(name: string, { atLeast }: Room, report: Report): boolean {
  let noticed = 0;
  let all = 0;
  for (const [file, { source, mutants }] of Object.entries(report.files)) {
    const survivors = mutants.filter(({ status }) => status === "Survived");
    const killed = mutants.filter(({ status }) => status === "Killed" || status === "Timeout");
    noticed += killed.length;
    all += killed.length + survivors.length;
    console.log(`${basename(file)}: ${killed.length} of ${killed.length + survivors.length}`);
    for (const mutant of survivors) console.log(`  ${changeOf(source, mutant)}`);
  }
  const percent = (100 * noticed) / all;
  console.log(
    `${name}: ${noticed} of ${all} noticed, ${percent.toFixed(1)}% (at least ${atLeast}%)\n`,
  );
  return percent >= atLeast;
}

/** "in the built line: this → that", the line cut to what was changed. */
function changeOf(source: string, { location, replacement = "", mutatorName }: Mutant): string {
  const { start, end } = location;
  const lines = source.split("\n").slice(start.line - 1, end.line);
  const line = lines[0]!.trim();
  const last = lines.pop()!.slice(0, end.column - 1);
  const text = [...lines, last].join("\n").slice(start.column - 1);
  const short = (code: string): string => code.replaceAll(/\s+/g, " ").slice(0, 90);
  return `${mutatorName}: ${short(text)} → ${short(replacement)}   [${short(line)}]`;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(rooms, name));
if (unknown.length > 0) {
  const known = Object.keys(rooms).join(", ");
  console.error(`mutation: no room ${unknown.join(", ")}: expected one of ${known}`);
  process.exit(exitCodes.usage);
}
const results = Object.entries(rooms)
  .filter(([name]) => asked.length === 0 || asked.includes(name))
  .map(([name, room]) => ({ name, room, report: mutate(name, room) }));
const isEnough = results.map(({ name, room, report }) => {
  if (report !== undefined) return tell(name, room, report);
  console.error(`mutation: ${name}: Stryker came to no result; its words are above`);
  return false;
});
if (isEnough.includes(false)) process.exitCode = exitCodes.notYet;
