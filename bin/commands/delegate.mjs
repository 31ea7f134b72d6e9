// Commands whose work is done by a part of the pack that is built first.
import { pathToFileURL } from "node:url";
import { inProject } from "../setup/places.mjs";
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
    const { main } = await import(pathToFileURL(inProject("dist", "grader", "cli.js")).href);
    return main([command, ...args]);
  };
}

/** kernel install | uninstall | list */
export async function kernel(args) {
  await setUp(librarySteps, { again: `npx unrolled kernel ${args.join(" ")}`.trimEnd() });
  const file = inProject("dist", "src", "kernel", "start", "command.js");
  const { kernelCommand } = await import(pathToFileURL(file).href);
  return kernelCommand([...args]);
}
