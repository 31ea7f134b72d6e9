/**
 * `npm run coverage`: how much of each folder the tests run, as c8 counts it in the sources.
 *
 * The tests of the library and of the grader run; left out are those that take minutes and whose
 * subjects are not counted here: the kernel, the notebooks in JupyterLab, the set-up, the benchmark,
 * TensorFlow.js beside the library, every exercise over twenty seeds, and the hostile class; and the
 * test of how fast `check` is loaded, which counting slows down. So a figure is a lower bound.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { exitCodes } from "#common/exit-codes";
import { inPack, packRoot } from "#common/pack-root";

/** In percent of the statements, each folder with those inside it. */
const AT_LEAST = 90;
const HELD = ["grader/judge", "grader/compare", "grader/class", "src/core"];

const tests = [
  "dist/test/src/{cells,core,notation,sequence}/*.test.js",
  ...["gradients", "losses", "optimisers", "published"].map(
    (name) => `dist/test/src/${name}.test.js`,
  ),
  "dist/test/grader/*.test.js",
  "dist/test/grader/{class,compare,judge,sandbox,values,words}/**/*.test.js",
  "dist/test/grader/practice/*.test.js",
];

interface Count {
  readonly total: number;
  readonly covered: number;
}

const folder = inPack("coverage", "report");
const summary = join(folder, "coverage-summary.json");
rmSync(summary, { force: true });
const { status } = spawnSync(
  process.execPath,
  [
    inPack("node_modules", "c8", "bin", "c8.js"),
    ...["--exclude-after-remap", "--include", "src/**", "--include", "grader/**"],
    ...["--reporter", "json-summary", "--reporter", "html", "--reports-dir", folder],
    ...["--temp-directory", inPack("coverage", "raw")],
    ...[process.execPath, inPack("node_modules", "mocha", "bin", "mocha.js")],
    ...["--reporter", "dot", "--timeout", "60000"],
    ...["--invert", "--grep", "is imported in less than", ...tests],
  ],
  { cwd: packRoot, stdio: "inherit" },
);
if (status !== 0) {
  console.error("coverage: the tests did not pass, so that nothing can be said; run: npm test");
  process.exit(exitCodes.notYet);
}

const files = JSON.parse(readFileSync(summary, "utf8")) as Record<string, { statements: Count }>;
const byFolder = new Map<string, { total: number; covered: number }>();
for (const [file, { statements }] of Object.entries(files)) {
  if (file === "total") continue;
  const own = relative(packRoot, dirname(file)).split(sep);
  for (let depth = 1; depth <= own.length; depth++) {
    const name = own.slice(0, depth).join("/");
    const sum = byFolder.get(name) ?? { total: 0, covered: 0 };
    sum.total += statements.total;
    sum.covered += statements.covered;
    byFolder.set(name, sum);
  }
}
const percentOf = (name: string): number => {
  const { total, covered } = byFolder.get(name) ?? { total: 1, covered: 0 };
  return (100 * covered) / total;
};
for (const name of Array.from(byFolder.keys()).sort()) {
  const bound = HELD.includes(name) ? `   at least ${AT_LEAST}` : "";
  console.log(`${percentOf(name).toFixed(1).padStart(6)}%  ${name}${bound}`);
}
console.log("Line by line: coverage/report/index.html");
const low = HELD.filter((name) => percentOf(name) < AT_LEAST);
if (low.length > 0) {
  console.error(`coverage: below ${AT_LEAST}% of the statements: ${low.join(", ")}`);
  process.exitCode = exitCodes.notYet;
}
