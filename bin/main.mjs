// The commands, and what becomes of their errors.
import { readFileSync } from "node:fs";
import process from "node:process";
import { exitCodes } from "./common/exit-codes.mjs";
import { nearest } from "./common/nearest.mjs";
import { inProject, isPackage } from "./setup/places.mjs";
import { Problem } from "./setup/problem.mjs";

/**
 * @typedef {object} Command
 * @property {string} says One line for the help.
 * @property {readonly string[]} [options] All that it takes; undefined: what runs it looks at its arguments itself.
 * @property {() => Promise<(args: readonly string[]) => Promise<number>>} load What runs it, loaded when needed.
 */

const fromGrader = (command) => async () =>
  (await import("./commands/delegate.mjs")).graderCommand(command);

/** @type {Record<string, Command>} */
const commands = {
  start: {
    says: "open the lessons in JupyterLab (--no-browser: print the address only)",
    load: async () => (await import("./commands/start.mjs")).start,
  },
  learn: { says: "be guided through the exercises in the terminal", load: fromGrader("learn") },
  check: { says: "check one exercise, or all of them, once", load: fromGrader("check") },
  list: { says: "list the exercises and what you have solved", load: fromGrader("list") },
  hint: { says: "a hint for an exercise", load: fromGrader("hint") },
  reset: { says: "put an exercise's starter back", load: fromGrader("reset") },
  solution: {
    says: "the library's own version of an exercise that you have passed",
    load: fromGrader("solution"),
  },
  pack: { says: "pack what you wrote into one file to hand in", load: fromGrader("pack") },
  grade: { says: "grade a folder of submissions", load: fromGrader("grade") },
  course: { says: "begin or check a course's settings", load: fromGrader("course") },
  regrade: {
    says: "grade again what has changed: who, by how much and why, before it counts",
    load: fromGrader("regrade"),
  },
  release: {
    says: "an assignment's notebooks, for learners and for nbgrader",
    load: fromGrader("release"),
  },
  gradebook: {
    says: "grades: list, show, set, comment, excuse, export, verify, delete",
    load: fromGrader("gradebook"),
  },
  desk: { says: "the gradebook as a local page: look, comment, decide", load: fromGrader("desk") },
  autograder: {
    says: "an autograder for Gradescope or GitHub Classroom",
    load: fromGrader("autograder"),
  },
  worker: {
    says: "grade what another machine's grade --database sends",
    load: fromGrader("worker"),
  },
  exercise: {
    says: "for authors: begin an exercise (new), or prove it (check)",
    load: async () => (await import("./commands/delegate.mjs")).exercise,
  },
  test: {
    says: "run all tests (arguments go to mocha)",
    load: async () => (await import("./commands/test.mjs")).test,
  },
  doctor: {
    says: "say what works on this machine, and what mends the rest (--json)",
    options: ["--json"],
    load: async () => (await import("./commands/doctor.mjs")).doctor,
  },
  kernel: {
    says: "install, uninstall or list the kernel in a Jupyter of your own",
    load: async () => (await import("./commands/delegate.mjs")).kernel,
  },
  "kernel-test": {
    says: "measure the kernel beside Python's, Deno's and the stock tslab",
    options: [],
    load: async () => (await import("./commands/test.mjs")).kernelTest,
  },
  setup: {
    says: "set up what start needs, without starting",
    options: [],
    load: async () => (await import("./commands/setup.mjs")).setup,
  },
  "setup-native": {
    says: "make tfjs-node's native part from npm and PyPI (Linux x86-64)",
    options: [],
    load: async () => (await import("./commands/setup-native.mjs")).setupNative,
  },
};

/**
 * @param {readonly string[]} argv The arguments after the program's name.
 * @returns {Promise<void>} Sets the exit code: 0 done, 1 could not, 2 wrong usage; grade has more (grade --help).
 */
export async function run(argv) {
  process.stdout.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(); // nobody reads on: `… | head`
  });
  const [name = "help", ...args] = argv;
  if (["help", "--help", "-h"].includes(name)) {
    console.log(help());
    return;
  }
  if (["--version", "-V", "version"].includes(name)) {
    console.log(JSON.parse(readFileSync(inProject("package.json"), "utf8")).version);
    return;
  }
  try {
    refuseWindows();
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw unknown(name);
    if (command.options !== undefined) {
      if (args.includes("--help")) {
        console.log(usage(name, command));
        return;
      }
      refuseOtherThan(command.options, args, name);
    }
    if (isPackage && name !== "kernel") throw needsProject(name);
    process.exitCode = await (await command.load())(args);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(`unrolled: ${error.message}`);
    if (error.details !== "") console.error(error.details.replace(/^/gm, "  | "));
    process.exitCode = error.exitCode;
  }
}

function needsProject(name) {
  return new Problem({
    what: `${name} needs the whole project`,
    why: "this package is the library and the kernel alone",
    mend: "clone the project, and run the command there",
  });
}

function unknown(name) {
  const meant = nearest(name, Object.keys(commands));
  return new Problem({
    what: `There is no command ${JSON.stringify(name)}`,
    why: meant === undefined ? "it is none of the list's" : `the nearest is ${meant}`,
    mend: meant === undefined ? "npx unrolled help" : `npx unrolled ${meant}`,
    exitCode: exitCodes.usage,
  });
}

function refuseOtherThan(options, args, name) {
  const other = args.find((argument) => !options.includes(argument));
  if (other === undefined) return;
  throw new Problem({
    what: `${name} does not take ${JSON.stringify(other)}`,
    why: options.length === 0 ? "it has no options" : `it takes ${options.join(", ")}`,
    mend: `npx unrolled ${name}`,
    exitCode: exitCodes.usage,
  });
}

function refuseWindows() {
  if (process.platform !== "win32") return;
  throw new Problem({
    what: "Unrolled does not run on Windows itself",
    why: "its kernel and its sandbox are made for Linux and macOS; Windows' own Linux (WSL) runs them",
    mend: "wsl --install   (then clone and run npm start in there)",
  });
}

function usage(name, { says, options }) {
  return `Usage: npx unrolled ${[name, ...options.map((option) => `[${option}]`)].join(" ")}\n\n  ${says}`;
}

function help() {
  const here = Object.entries(commands).filter(([name]) => !isPackage || name === "kernel");
  const rows = here.map(([name, { says }]) => `  ${name.padEnd(13)} ${says}`);
  return ["Usage: npx unrolled COMMAND [ARGUMENTS]   (COMMAND --help says more)", "", ...rows].join(
    "\n",
  );
}
