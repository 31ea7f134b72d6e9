// Step 1: the npm packages, exactly as package-lock.json names them.
//
// No package's install script is run: none is needed (zeromq, libsql and deno bring their
// binaries as packages), and tfjs-node's would download from outside the registry, which fails or hangs
// behind many networks. Its native part is a step of its own (native.mjs).
import { readFileSync } from "node:fs";
import process from "node:process";
import { inProject } from "./places.mjs";
import { Problem, problemFrom } from "./problem.mjs";
import { run } from "./run.mjs";

/** @type {import("./steps.mjs").Step} */
export const packagesStep = {
  title: "Installing the npm packages",
  needs: [],
  made: "npm packages",
  where: "node_modules",
  isDone: () => Promise.resolve(matchesLock()),
  async run(say) {
    const npm = npmCommand();
    const { code, output, missing } = await run(
      npm.program,
      [
        ...npm.args,
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-factor=3",
      ],
      {
        env: { ...process.env, npm_config_loglevel: "http" },
        onLine: (line) => say(shortened(line)),
      },
    );
    if (missing) {
      throw new Problem({
        what: "npm was not found",
        why: "it installs the packages that the lessons use",
        mend: "nvm install 22   (or: sudo npx n 22; both bring npm along)",
      });
    }
    if (code !== 0) throw problemFrom("npm ci", output, "npm ci");
  },
};

/**
 * npm writes node_modules/.package-lock.json last, when all packages are in place: what it lists
 * is what is there. A package that is optional (another platform's, say) may be left out.
 */
function matchesLock() {
  const installed = packagesOf(inProject("node_modules", ".package-lock.json"));
  const wanted = packagesOf(inProject("package-lock.json"));
  if (installed === undefined || wanted === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === "") return true;
    const found = installed[path];
    return found === undefined ? optional === true : found.version === version;
  });
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** npm as it was started (npm start), or the one on the PATH. */
export function npmCommand() {
  const running = process.env.npm_execpath;
  return running !== undefined && /npm-cli\.js$/.test(running)
    ? { program: process.execPath, args: [running] }
    : { program: "npm", args: [] };
}

/** The name of the package that a line of npm's log is about. */
function shortened(line) {
  const fetched = /\/((?:@[^/]+\/)?[^/]+)\/-\//.exec(line);
  return fetched ? fetched[1] : "";
}
