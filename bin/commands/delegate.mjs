// Commands whose work is done by a part of the pack that is built first.
import { pathToFileURL } from "node:url";
import { SourcesDontCompile } from "../setup/build.mjs";
import { inProject, isPackage } from "../setup/places.mjs";
import { setUp } from "../setup/steps.mjs";
import { librarySteps } from "./step-lists.mjs";

/**
 * A command of the grader's: learn, grade, check and their like.
 * @param {string} command
 * @returns {(args: readonly string[]) => Promise<number>}
 */
export function graderCommand(command) {
  return async (args) => {
    await setUp(librarySteps, { again: `npx unrolled ${command}` });
    return runGrader(command, args);
  };
}

async function runGrader(command, args, compileErrors = "") {
  const { main } = await import(pathToFileURL(inProject("dist", "grader", "cli.js")).href);
  return main([command, ...args], compileErrors);
}

/**
 * exercise new | check. The sources of an exercise that is being written need not compile: the
 * command itself is run from what was built before, and told what the compiler said.
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export async function exercise(args) {
  try {
    return await graderCommand("exercise")(args);
  } catch (error) {
    if (!(error instanceof SourcesDontCompile)) throw error;
    try {
      return await runGrader("exercise", args, error.details);
    } catch (broken) {
      // What was built of them does not even link: the command cannot start, and the compiler has said why.
      throw broken instanceof SyntaxError ? error : broken;
    }
  }
}

/** kernel install | uninstall | list */
export async function kernel(args) {
  if (!isPackage)
    await setUp(librarySteps, { again: `npx unrolled kernel ${args.join(" ")}`.trimEnd() });
  const file = inProject("dist", "src", "kernel", "start", "command.js");
  const { kernelCommand } = await import(pathToFileURL(file).href);
  return kernelCommand([...args]);
}
