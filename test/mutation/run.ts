/**
 * `npm run mutation [-- ROOM…]`: what would the tests notice? `judge/diagnosis/parts` is one file of a
 * room, with the test of its own where it has one.
 *
 * Stryker changes the built code of a room in one small place at a time (a mutant) and runs the
 * room's own tests: a mutant that no test notices has survived. Each survivor that is left is
 * explained in survivors.md beside this file, with the counts of the last run.
 *
 * The built files are changed, not the sources, so that no mutant has to be compiled. The tests are
 * run by mochaRunner.ts, since Stryker's own runner does not take this mocha; Stryker comes by npx,
 * because nobody who learns or tests should have to install its 130 packages.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { exitCodes } from "#common/exit-codes";
import { inPack, packRoot } from "#common/pack-root";

/** Tests of the judge over whole exercises: too slow to run for each mutant. */
const SLOW = /judge\/(?:diagnosis|lacking|trace\/unusualWays)\.test\.js$/;

const STRYKER = "@stryker-mutator/core@9.6.1";

interface Room {
  /** The folder of the built files that are changed in turn. */
  readonly folder: string;
  /** The tests that should notice; quick ones, since they run for every mutant in code that they reach. */
  readonly tests: readonly string[];
  /** The share of mutants that must be noticed, in percent. */
  readonly atLeast: number;
}

const compareAndValues = testsIn("grader/compare", "grader/values", "grader/words");

const rooms: Readonly<Record<string, Room>> = {
  cells: {
    folder: "dist/src/cells",
    tests: [
      "dist/test/src/cells/oneStep.test.js",
      "dist/test/src/cells/refusals.test.js",
      "dist/test/src/published.test.js",
    ],
    atLeast: 95,
  },
  compare: { folder: "dist/grader/compare", tests: compareAndValues, atLeast: 85 },
  values: { folder: "dist/grader/values", tests: compareAndValues, atLeast: 85 },
  judge: {
    folder: "dist/grader/judge",
    // the quick ones first: most mutants live no longer
    tests: testsIn("grader/judge/diagnosis", "grader/judge/trace", "grader/judge").filter(
      (file) => !SLOW.test(file),
    ),
    atLeast: 85,
  },
  policy: {
    folder: "dist/grader/class/policy",
    tests: testsIn("grader/class/policy"),
    atLeast: 85,
  },
};

/** The test files of these folders, in the order of their names. */
function testsIn(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(inPack("dist", "test", folder))
      .filter((name) => name.endsWith(".test.js"))
      .sort()
      .map((name) => `dist/test/${folder}/${name}`),
  );
}

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

/** Lets Stryker change a room, or one file of it; its report, or undefined when it had none. */
function mutate(name: string, { folder: changed, tests }: Room): Report | undefined {
  const folder = inPack("coverage", "mutation");
  mkdirSync(folder, { recursive: true });
  const [, ...file] = name.split("/");
  const own = `${changed.replace("dist/", "dist/test/")}/${file.join("/")}.test.js`;
  const hasOwn = file.length > 0 && existsSync(inPack(own));
  const report = join(folder, `${name.replaceAll("/", "-")}.json`);
  const configuration = join(folder, "stryker.json");
  rmSync(report, { force: true });
  writeFileSync(
    configuration,
    JSON.stringify({
      mutate: [`${changed}/${file.length === 0 ? "**/*" : file.join("/")}.js`],
      ignorePatterns: [".venv", "my-work", "coverage", "bench", "notebooks", "test/submissions"],
      plugins: [inPack("dist", "test", "mutation", "mochaRunner.js")],
      testRunner: "unrolled",
      mochaFiles: hasOwn ? [own] : tests,
      warnings: { unknownOptions: false }, // mochaFiles is mochaRunner.ts's own
      coverageAnalysis: "perTest",
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
    const survivors = mutants.filter(({ status }) => /^(?:Survived|NoCoverage)$/.test(status));
    const killed = mutants.filter(({ status }) => status === "Killed" || status === "Timeout");
    noticed += killed.length;
    all += killed.length + survivors.length;
    console.log(`${basename(file)}: ${killed.length} of ${killed.length + survivors.length}`);
    for (const mutant of survivors) console.log(`  ${changeOf(source, mutant)}`);
  }
  const percent = all === 0 ? 100 : (100 * noticed) / all;
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
const roomOf = (name: string): Room | undefined => {
  const [room] = name.split("/");
  return Object.hasOwn(rooms, room!) ? rooms[room!] : undefined;
};
const unknown = asked.filter((name) => roomOf(name) === undefined);
if (unknown.length > 0) {
  const known = Object.keys(rooms).join(", ");
  console.error(`mutation: no room ${unknown.join(", ")}: expected one of ${known}`);
  process.exit(exitCodes.usage);
}
const isEnough = (asked.length === 0 ? Object.keys(rooms) : asked).map((name) => {
  const room = roomOf(name)!;
  const report = mutate(name, room);
  if (report !== undefined) return tell(name, room, report);
  console.error(`mutation: ${name}: Stryker came to no result; its words are above`);
  return false;
});
if (isEnough.includes(false)) process.exitCode = exitCodes.notYet;
