import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { runningServer, startJupyterLab } from "../setup/jupyter.mjs";
import { bringUpToDate, originals } from "../setup/my-work.mjs";
import { inMyWork, inProject, myWork, root } from "../setup/places.mjs";
import { problemFrom } from "../setup/problem.mjs";
import { withLiveLine } from "../setup/live-line.mjs";
import { setUp } from "../setup/steps.mjs";
import { tellWhatIsNew } from "../setup/whats-new.mjs";
import { lessonSteps } from "./step-lists.mjs";

const usage = `Usage: npm start -- [--no-browser] [--port=N] [any other option of JupyterLab's]

Sets up what is missing, copies new lessons to my-work/, and opens JupyterLab there.
  --no-browser   print the address only
  --port=N       listen there (default: 8888, or the next free one)`;

/**
 * Sets up what is missing and opens JupyterLab on my-work/; returns when it has ended.
 * @param {readonly string[]} args --no-browser prints the address only; others go to JupyterLab.
 * @returns {Promise<number>}
 */
export async function start(args) {
  if (args.includes("--help")) {
    console.log(usage);
    return 0;
  }
  await setUp(lessonSteps, { again: "npm start" });
  await fillMyWork();

  const browser = !args.includes("--no-browser");
  const running = await runningServer();
  if (running !== undefined) {
    console.log(`JupyterLab runs already (npm start in another terminal): ${running}`);
    return 0;
  }
  const first = await notebookToOpen();
  const server = await withLiveLine("Starting JupyterLab", () =>
    startJupyterLab({
      browser,
      first,
      extra: args.filter((argument) => argument !== "--no-browser"),
    }),
  );
  if (server.address === undefined) {
    await server.ended;
    console.log("JupyterLab was ended before it was ready.");
    return 0;
  }
  console.log(`JupyterLab is ready: ${server.address}`);
  console.log("End it with Ctrl-C. The exercises in the terminal: npx unrolled learn");

  const ahead = compileAhead();
  const code = await server.ended;
  ahead.kill();
  console.log("JupyterLab has ended; your work is in my-work/.");
  return code;
}

/** Type-checks the lessons' cells while the learner reads: the kernel then runs them without a wait. */
function compileAhead() {
  const program = inProject("dist", "src", "kernel", "start", "compileAhead.js");
  const ahead = spawn(process.execPath, [program, inMyWork("notebooks")], { stdio: "ignore" });
  ahead.on("error", () => undefined); // then each cell is compiled when it runs
  return ahead;
}

/** Says what an update brought, copies lessons and exercises, and says what was left alone. */
async function fillMyWork() {
  let changes;
  try {
    tellWhatIsNew(root, myWork, console.log);
    changes = bringUpToDate(root, myWork, await originals(root));
  } catch (error) {
    throw problemFrom(
      "Copying the lessons to my-work/",
      `${error.code ?? ""} ${error.message}`,
      "npm start",
    );
  }
  const { added, refreshed, kept } = changes;
  if (added.length > 0) console.log(`Copied to my-work/: ${count(added)}.`);
  if (refreshed.length > 0) {
    console.log(`Updated in my-work/ (you had not changed them): ${refreshed.join(", ")}.`);
  }
  for (const { to, from } of kept) {
    console.log(`Kept as you wrote it: my-work/${to}; the pack's new version is ${from}.`);
  }
}

function count(files) {
  const ending = (name) => files.filter((file) => file.endsWith(name)).length;
  const parts = [
    [ending(".ipynb"), "notebook"],
    [ending(".md"), "page"],
    [ending(".ts"), "exercise"],
  ];
  return parts
    .filter(([n]) => n > 0)
    .map(([n, noun]) => `${n} ${noun}${n === 1 ? "" : "s"}`)
    .join(" and ");
}

/** The lesson that the learner is in; the first one where that can't be told. */
async function notebookToOpen() {
  try {
    const lessons = readdirSync(inMyWork("notebooks"))
      .filter((name) => name.endsWith(".ipynb"))
      .sort();
    const leftOff = await import(
      pathToFileURL(inProject("dist", "grader", "practice", "leftOff.js")).href
    );
    const number = leftOff.lessonLeftOff(myWork);
    const found = lessons.find((name) => name.startsWith(`${number}-`)) ?? lessons[0];
    return found === undefined ? undefined : `notebooks/${found}`;
  } catch {
    return undefined;
  }
}
