// Step 4: a Python environment in .venv/ with JupyterLab, every package by its hash.
//
// The stamps are written last. Without one the folder is what a killed run left, and is made
// anew; with an old one the packages are brought up to date in place, so that a learner who is
// offline keeps an environment that works.
import { rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { inProject, inVenv, root, venv } from "./places.mjs";
import { Problem, problemFrom } from "./problem.mjs";
import { run } from "./run.mjs";
import { digest, stamp, stampState } from "./stamp.mjs";
import { installCommand } from "./system-packages.mjs";
import { writeWhole } from "../common/write-whole.mjs";

const oldest = [3, 10];

/** Files of the environment that are ours, by their path in it. */
const settings = {
  // JupyterLab asks for news and updates on the network; lessons work without one.
  "share/jupyter/lab/settings/overrides.json": {
    "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
    // At 1024 pixels with the side bar open a cell holds 75 letters in a line.
    "@jupyterlab/notebook-extension:tracker": { codeCellConfig: { lineWrap: true } },
  },
  // Its JavaScript is CommonJS, which our package.json's "type": "module" would deny.
  "package.json": { private: true, type: "commonjs" },
};

/** @type {import("./steps.mjs").Step} */
export const pythonStep = {
  title: "Installing JupyterLab into .venv",
  needs: [],
  made: "Python environment with JupyterLab",
  where: ".venv",
  isDone: async () => lessonsState() === "fresh" && (await works()),
  async run(say) {
    if (lessonsState() === "missing" || !(await works())) {
      const python = await findPython();
      say(`with ${python}`);
      rmSync(venv, { recursive: true, force: true });
      const made = await run(python, ["-m", "venv", venv], {
        env: withoutPythonSettings(process.env),
      });
      if (made.code !== 0) throw problemFrom("python -m venv", made.output, "npm start");
    }
    await install("requirements.txt", say);
    settleJupyterLab();
    stamp(lessonsStamp, lessonsInputs());
  },
};

/** @type {import("./steps.mjs").Step} */
export const testPythonStep = {
  title: "Installing what the tests need into .venv",
  needs: [pythonStep],
  made: "Python packages for the tests",
  where: ".venv",
  isDone: () => Promise.resolve(stampState(testsStamp, testsInputs()) === "fresh"),
  async run(say) {
    await install("requirements-test.txt", say);
    stamp(testsStamp, testsInputs());
  },
};

const lessonsStamp = join(venv, ".installed-lessons");
const testsStamp = join(venv, ".installed-tests");
// The project's folder is an input: an environment holds absolute paths, and doesn't survive a move.
const lessonsInputs = () =>
  digest({ values: [root, settings], files: [inProject("requirements.txt")] });
const testsInputs = () =>
  digest({ values: [root, lessonsInputs()], files: [inProject("requirements-test.txt")] });

function lessonsState() {
  return stampState(lessonsStamp, lessonsInputs());
}

/** Whether the environment's Python runs: it doesn't once the system's Python was replaced, or the folder moved. */
async function works() {
  const { code, output } = await run(inVenv("python"), ["-c", "import sys; print(sys.prefix)"]);
  return code === 0 && output.trim() === venv;
}

async function install(requirements, say) {
  const { code, output } = await run(
    inVenv("python"),
    [
      ...["-m", "pip", "install", "--require-hashes", "-r", inProject(requirements)],
      ...["--prefer-binary", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"],
      ...["--retries", "2", "--timeout", "60"],
    ],
    { env: withoutPythonSettings(process.env), onLine: (line) => say(shortened(line)) },
  );
  if (code !== 0) throw problemFrom("pip install", output, "npm start");
}

/** An environment in which the user's own Python settings change nothing. */
export function withoutPythonSettings(environment) {
  const theirs = new Set(["PYTHONHOME", "PYTHONPATH", "PIP_TARGET"]);
  const rest = Object.entries(environment).filter(([name]) => !theirs.has(name));
  return { ...Object.fromEntries(rest), PIP_USER: "0", PYTHONNOUSERSITE: "1" };
}

/**
 * A Python that is new enough and can make environments.
 * @returns {Promise<string>} Its command.
 */
export async function findPython() {
  const named = process.env.PYTHON === undefined ? [] : [process.env.PYTHON];
  const usual = [
    "python3",
    "python3.14",
    "python3.13",
    "python3.12",
    "python3.11",
    "python3.10",
    "python",
  ];
  let tooOld;
  let withoutVenv;
  for (const python of [...named, ...usual]) {
    const { code, output } = await run(python, [
      "-c",
      "import sys; print('%d.%d' % sys.version_info[:2]); import venv, ensurepip",
    ]);
    const [, version] = /^(\d+\.\d+)$/m.exec(output) ?? [];
    if (version === undefined) continue;
    const [major, minor] = version.split(".").map(Number);
    if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) tooOld ??= version;
    else if (code !== 0) withoutVenv ??= version;
    else return python;
  }
  if (withoutVenv !== undefined) {
    throw new Problem({
      what: `Python ${withoutVenv} can't make environments`,
      why: "its venv module is a package of its own on this system, and JupyterLab is kept inside the project",
      mend: installCommand("python"),
    });
  }
  throw new Problem({
    what: tooOld === undefined ? "Python was not found" : `Python ${tooOld} is too old`,
    why: `JupyterLab needs Python ${oldest.join(".")} or newer`,
    mend: installCommand("python"),
  });
}

/** Writes the files that make JupyterLab at home in this project. */
function settleJupyterLab() {
  for (const [file, value] of Object.entries(settings)) {
    writeWhole(join(venv, file), `${JSON.stringify(value, null, 2)}\n`);
  }
}

/** What pip is at. */
function shortened(line) {
  const [, name] = /^(?:Collecting|Processing) (?:.*\/)?([A-Za-z0-9_.-]+)/.exec(line) ?? [];
  if (name !== undefined) return name;
  return line.startsWith("Installing collected") ? "unpacking" : "";
}
