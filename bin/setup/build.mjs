// Step 2: TypeScript to JavaScript in dist/.
import { existsSync, readFileSync, readdirSync, rmSync, statSync, statfsSync } from "node:fs";
import { join, relative } from "node:path";
import process from "node:process";
import { inProject, root } from "./places.mjs";
import { Problem, problemFrom } from "./problem.mjs";
import { putTogether } from "./put-together.mjs";
import { run } from "./run.mjs";
import { digest, stamp, stampState } from "./stamp.mjs";
import { packagesStep } from "./packages.mjs";

// By its own path: tslab's fork of TypeScript 5.0.4 takes the name node_modules/.bin/tsc.
const compiler = inProject("node_modules", "@typescript", "native", "bin", "tsc");
const compilerVersion = "7.0.2";
const stampFile = inProject("dist", ".built");
const projectFile = inProject("tsconfig.json");

/** The compiler's messages are its `details`. */
export class SourcesDontCompile extends Problem {}

/** @type {import("./steps.mjs").Step} */
export const buildStep = {
  title: "Building the library",
  needs: [packagesStep],
  made: "library, exercises and grader",
  where: "dist",
  isDone: () => Promise.resolve(stampState(stampFile, inputs()) === "fresh"),
  async run() {
    const version = await run(process.execPath, [compiler, "--version"]);
    if (!version.output.includes(compilerVersion)) {
      throw new Problem({
        what: `The TypeScript compiler is not ${compilerVersion}`,
        why: `node_modules holds another one (${version.output.trim().split("\n")[0]})`,
        mend: "npm ci",
      });
    }
    const { code, output } = await run(process.execPath, [compiler, "--build"]);
    if (code !== 0 && !/error TS\d+/.test(output)) {
      // The compiler doesn't say that it could not write: it falls over.
      const said = isFull(inProject("dist")) ? "ENOSPC: no space left on device" : output;
      throw problemFrom("The build", said, "npm start");
    }
    if (code !== 0) {
      throw new SourcesDontCompile({
        what: "The TypeScript sources don't compile",
        why: "the compiler's messages are below",
        mend: "git status   (undo what was changed in the sources)",
        details: output.trim().split("\n").slice(0, 20).join("\n"),
      });
    }
    await putTogether();
    removeOrphanedTests();
    stamp(stampFile, inputs());
  },
};

function isFull(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < 1_000_000;
}

/** Which sources there are, and when each was written: enough to know that nothing changed. */
function inputs() {
  const sources = folders().flatMap((folder) => filesIn(inProject(folder)));
  return digest({
    values: sources.map((file) => {
      const { mtimeMs, size } = statSync(file);
      return [relative(root, file), mtimeMs, size];
    }),
    files: [projectFile, inProject("tsconfig.base.json"), inProject("package-lock.json")],
  });
}

/** The folders that the build compiles, as tsconfig.json names them; those inside another are seen with it. */
function folders() {
  const { references } = JSON.parse(readFileSync(projectFile, "utf8"));
  const paths = references.map(({ path }) => path);
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}/`)));
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesIn(path);
      return entry.isFile() && /\.([cm]?ts|mjs|json)$/.test(entry.name) ? [path] : [];
    })
    .sort();
}

/** A test whose source is gone must not be run from what an earlier build left. */
function removeOrphanedTests() {
  const built = inProject("dist", "test");
  if (!existsSync(built)) return;
  for (const file of readdirSync(built, { recursive: true })) {
    if (!file.endsWith(".test.js")) continue;
    if (!existsSync(inProject("test", file.replace(/\.js$/, ".ts")))) rmSync(join(built, file));
  }
}
