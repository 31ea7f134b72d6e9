// Set-up, once: each step knows whether it is done, and is run only if it is not. Steps that need
// nothing of each other run at the same time: npm's packages and Python's are fetched side by side.
import { withLock } from "./lock.mjs";
import { withLiveLine } from "./live-line.mjs";
import { run, stopRunning } from "./run.mjs";
import { problemFrom, Problem } from "./problem.mjs";
import { inProject, root } from "./places.mjs";

/**
 * @typedef {object} Step
 * @property {string} title What is being done, for the progress line.
 * @property {string | undefined} made What it made, for the summary; undefined: not worth a line.
 * @property {string} where The folder it made, relative to the project.
 * @property {readonly Step[]} needs What must be done before; steps that a command leaves out are done already.
 * @property {() => string} [outside] What it keeps outside the project, if anything.
 * @property {() => Promise<boolean>} isDone Whether it is done, for the inputs as they are now.
 * @property {(say: (detail: string) => void) => Promise<void>} run Does it; may say what it is at.
 */

/**
 * Runs those steps that are not done, each as soon as what it needs is done, and says what they did.
 * The steps stand in an order in which each comes after what it needs.
 * @param {readonly Step[]} steps
 * @param {{ again: string, next?: string }} words again: the command that tries it again; next: how to go on.
 */
export async function setUp(steps, { again, next }) {
  if (await allDone(steps)) return;
  try {
    await withLock(inProject(".set-up.lock"), () => runSteps(steps, next));
  } catch (error) {
    if (error instanceof Problem || error.code === undefined) throw error;
    throw problemFrom("Set-up", `${error.code} ${error.message}`, again);
  }
}

async function allDone(steps) {
  for (const step of steps) if (!(await step.isDone())) return false;
  return true;
}

async function runSteps(steps, next) {
  const started = Date.now();
  const made = new Set();
  /** @type {Map<Step, Promise<void>>} */
  const underWay = new Map();
  let failed = false;
  const begin = async (step) => {
    await Promise.all(step.needs.map((needed) => underWay.get(needed)));
    if (failed || (await step.isDone())) return;
    await withLiveLine(step.title, step.run);
    if (step.made !== undefined) made.add(step);
  };
  for (const step of steps) {
    const work = begin(step).catch((error) => {
      if (!failed) stopRunning(); // the first failure is the one that is told
      failed = true;
      throw error;
    });
    work.catch(() => {}); // it is waited for below
    underWay.set(step, work);
  }
  const all = Promise.all(underWay.values());
  all.catch(() => {});
  await Promise.allSettled(underWay.values()); // nothing may run on behind an error's message
  await all;
  const seconds = (Date.now() - started) / 1000;
  if (made.size > 0 && seconds > 2) {
    await summarise(
      steps.filter((step) => made.has(step)),
      seconds,
      next,
    );
  }
}

async function summarise(made, seconds, next) {
  console.error(`\nSet up in ${seconds.toFixed(0)} s, in ${root}:`);
  for (const { made: what, where } of made) {
    const { code, output } = await run("du", ["-sh", where]);
    const size = code === 0 ? `${output.split("\t")[0].trim()}B` : "";
    console.error(`  ${where.padEnd(34)} ${size.padStart(6)}  ${what}`);
  }
  const outside = made.flatMap((step) => (step.outside === undefined ? [] : [step.outside()]));
  console.error(
    outside.length === 0
      ? "Nothing outside this folder was changed. What is set up needs no network any more."
      : `Kept outside this folder: ${outside.join(", ")}.`,
  );
  if (next !== undefined) console.error(next);
  console.error("");
}
