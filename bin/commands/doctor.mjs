// What works on this machine: each part is really tried, nothing is installed or changed.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { marks } from "../common/marks.mjs";
import { buildStep } from "../setup/build.mjs";
import { jupyterEnvironment } from "../setup/jupyter.mjs";
import { probeNative } from "../setup/native.mjs";
import { npmCommand, packagesStep } from "../setup/packages.mjs";
import { inProject, inVenv } from "../setup/places.mjs";
import { withLiveLine } from "../setup/live-line.mjs";
import { findPython } from "../setup/python.mjs";
import { run } from "../setup/run.mjs";
import { installCommand, onPath } from "../setup/system-packages.mjs";

/**
 * @typedef {object} Finding
 * @property {boolean} works
 * @property {string} says A version if it works; what is wrong if it doesn't.
 * @property {string} [mend] The command that mends it.
 *
 * @typedef {object} Check
 * @property {string} name
 * @property {string} needed What can't be done without it.
 * @property {boolean} lessons Whether the lessons need it.
 * @property {() => Promise<Finding>} look
 */

/** @type {readonly Check[]} */
const checks = [
  { name: "Node", needed: "everything", lessons: true, look: node },
  { name: "npm", needed: "installing the packages", lessons: true, look: npm },
  { name: "npm packages", needed: "everything", lessons: true, look: packages },
  { name: "library", needed: "everything", lessons: true, look: library },
  { name: "Python", needed: "JupyterLab", lessons: true, look: python },
  { name: "JupyterLab", needed: "the lessons", lessons: true, look: jupyterLab },
  { name: "kernel", needed: "the lessons", lessons: true, look: kernel },
  { name: "engine", needed: "training at full speed", lessons: false, look: engine },
  { name: "sandbox", needed: "grading a class", lessons: false, look: sandbox },
  { name: "tfjs-node", needed: "fast training with TensorFlow", lessons: false, look: tfjsNode },
  { name: "browser", needed: "the tests of the page", lessons: false, look: browser },
  { name: "git", needed: "updating the pack", lessons: false, look: git },
];

/**
 * Prints a table of what works and what does not.
 * @param {readonly string[]} args --json prints the findings as JSON.
 * @returns {Promise<number>} 0 if the lessons can run, 1 otherwise.
 */
export async function doctor(args) {
  const rows = [];
  await withLiveLine("Trying each part", async (say) => {
    for (const { look, ...check } of checks) {
      say(check.name);
      rows.push({ ...check, ...(await look()) });
    }
  });
  if (args.includes("--json")) {
    console.log(JSON.stringify(rows, null, 2));
  } else {
    for (const row of rows) console.log(line(row));
    console.log("");
  }
  const broken = rows.filter(({ works, lessons }) => !works && lessons);
  if (!args.includes("--json")) {
    console.log(
      broken.length === 0
        ? "The lessons can run: npm start"
        : `The lessons can't run yet: ${broken.map(({ name }) => name).join(", ")}.`,
    );
  }
  return broken.length === 0 ? 0 : 1;
}

function line({ name, works, says, needed, mend, lessons }) {
  const mark = works ? marks.passed : lessons ? marks.failed : marks.open;
  const detail = works ? says : `${says}; needed for ${needed}; mend it with: ${mend}`;
  return `${mark} ${name.padEnd(13)} ${detail}`;
}

function node() {
  return Promise.resolve({ works: true, says: process.version });
}

async function npm() {
  const { program, args } = npmCommand();
  const { code, output } = await run(program, [...args, "--version"], { seconds: 20 });
  const mend = "nvm install 22   (or: sudo npx n 22)";
  return code === 0
    ? { works: true, says: lastLine(output) }
    : { works: false, says: "not found", mend };
}

async function packages() {
  return (await packagesStep.isDone())
    ? { works: true, says: "as package-lock.json names them" }
    : { works: false, says: "not installed, or not up to date", mend: "npx unrolled setup" };
}

async function library() {
  return (await buildStep.isDone())
    ? { works: true, says: "built from the sources as they are" }
    : { works: false, says: "not built, or the sources changed", mend: "npx unrolled setup" };
}

async function python() {
  try {
    const command = await findPython();
    const { output } = await run(command, ["--version"]);
    return { works: true, says: output.trim() };
  } catch (error) {
    return {
      works: false,
      says: error.message.split("; mend it with: ")[0],
      mend: installCommand("python"),
    };
  }
}

async function jupyterLab() {
  const { code, output } = await run(inVenv("python"), ["-m", "jupyterlab", "--version"], {
    env: jupyterEnvironment(),
    seconds: 60,
  });
  return code === 0
    ? { works: true, says: lastLine(output) }
    : { works: false, says: "not in .venv", mend: "npx unrolled setup" };
}

async function kernel() {
  if (!existsSync(inVenv("python"))) {
    return { works: false, says: "not registered yet", mend: "npx unrolled setup" };
  }
  const asker = fileURLToPath(new URL("../setup/ask-kernel.py", import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "unrolled-doctor-"));
  try {
    const { code, output } = await run(inVenv("python"), [asker, "tslab"], {
      cwd: folder,
      env: { ...jupyterEnvironment(), JUPYTER_RUNTIME_DIR: folder },
      seconds: 90,
    });
    return code === 0
      ? { works: true, says: "started, and answered 1 + 1" }
      : { works: false, says: `no right answer (${lastLine(output)})`, mend: "npx unrolled setup" };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The grader's own box, as it is used for a class, is opened and greeted. */
async function sandbox() {
  const status = inProject("dist", "grader", "sandbox", "status.js");
  if (!existsSync(status))
    return { works: false, says: "not built yet", mend: "npx unrolled setup" };
  const { sandboxStatus } = await import(pathToFileURL(status).href);
  const { works, message } = await sandboxStatus();
  if (works) return { works, says: message };
  const [, says, mend] = /^(?:sandbox: )?(.*?); (.*)$/s.exec(message) ?? [];
  return { works, says: says ?? message, mend: mend ?? installCommand("bubblewrap") };
}

/** The fast engine multiplies, on the path that the lessons will take. */
async function engine() {
  const built = inProject("dist", "src", "engine", "index.js");
  if (!existsSync(built))
    return { works: false, says: "not built yet", mend: "npx unrolled setup" };
  try {
    const { openEngine } = await import(pathToFileURL(built).href);
    const { path, reason, isFallback } = openEngine();
    const says = `${path}: ${reason}`;
    return isFallback ? { works: false, says, mend: "npx unrolled setup" } : { works: true, says };
  } catch (error) {
    return { works: false, says: error.message, mend: "unset UNROLLED_ENGINE" };
  }
}

async function tfjsNode() {
  const { works, says } = await probeNative();
  return works
    ? { works, says }
    : { works, says: "its native part is not built", mend: "npm run setup:native" };
}

/** A page is really loaded: a browser that is there may still lack a library. */
async function browser() {
  for (const program of ["chromium", "chromium-browser", "google-chrome", "chrome"]) {
    if (!onPath(program)) continue;
    const profile = mkdtempSync(join(tmpdir(), "unrolled-doctor-"));
    try {
      const { output } = await run(
        program,
        [
          ...["--headless", "--disable-gpu", "--no-first-run", `--user-data-dir=${profile}`],
          ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
          ...[
            "--dump-dom",
            "data:text/html,<p>6 times 7 is <script>document.write(6*7)</script></p>",
          ],
        ],
        { seconds: 30 },
      );
      return output.includes("</script>42</p>")
        ? { works: true, says: `${program} loaded a page` }
        : { works: false, says: `${program} loads no page`, mend: installCommand("chromium") };
    } finally {
      rmSync(profile, { recursive: true, force: true });
    }
  }
  return { works: false, says: "no Chromium", mend: installCommand("chromium") };
}

async function git() {
  const { code, output } = await run("git", ["--version"], { seconds: 20 });
  return code === 0
    ? { works: true, says: lastLine(output) }
    : { works: false, says: "not found", mend: installCommand("git") };
}

const lastLine = (text) => text.trim().split("\n").at(-1) ?? "";
