/** The grader's commands, for learners and for those who grade a class. */
import { exitCodes, exitCodesText } from "#common/exit-codes";
import { Command, CommanderError } from "commander";
import { UnrolledError } from "../src/index.js";
import { registerLearn } from "./practice/learn/command.js";

/**
 * Runs one command.
 *
 * @param argv - the command's name and its arguments, such as ["check", "oneHot"]
 * @param compileErrors - what the compiler said of sources that could not be built, for `exercise check`
 * @returns the exit code
 */
export async function main(argv: readonly string[], compileErrors = ""): Promise<number> {
  let code: number = exitCodes.fine;
  const program = new Command("unrolled")
    .description("Recurrent neural networks in TypeScript: lessons, exercises, and a grader")
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText("after", `\n${exitCodesText}`);
  registerLearn(program, (result) => (code = result));
  // What brings a compiler, a database or a sandbox, learners need not wait for.
  if (!program.commands.some((command) => command.name() === argv[0])) {
    const { registerAuthoring } = await import("./authoring/command.js");
    registerAuthoring(program, (result) => (code = result), compileErrors);
    const { registerGrade } = await import("./class/command.js");
    registerGrade(program, (result) => (code = result));
    const { registerAutograder } = await import("./class/autograderCommand.js");
    registerAutograder(program, (result) => (code = result));
    const { registerCourse } = await import("./class/course/command.js");
    registerCourse(program, (result) => (code = result));
    const { registerRelease } = await import("./class/release/command.js");
    registerRelease(program, (result) => (code = result));
    const { registerGradebook } = await import("./class/course/gradebookCommand.js");
    registerGradebook(program, (result) => (code = result));
    const { registerDesk } = await import("./class/desk/command.js");
    registerDesk(program, (result) => (code = result));
    const { registerWorker } = await import("./class/workerCommand.js");
    registerWorker(program, (result) => (code = result));
  }
  for (const command of program.commands) command.addHelpText("after", `\n${exitCodesText}`);
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    return exitCodeOf(error);
  }
}

/** Says what went wrong, in one line, and how bad it is. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage; // it has said it
  if (error instanceof UnrolledError) {
    process.stderr.write(`${error.message}\n`);
    return exitCodes.usage;
  }
  if (isFileProblem(error)) {
    const { path, code } = error;
    process.stderr.write(`${path}: ${FILE_PROBLEMS[code]}\n`);
    return exitCodes.usage;
  }
  process.stderr.write(
    `unrolled failed: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  return exitCodes.ownFailure;
}

/** What the system says of files, and what to do about it. */
const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: "no permission; change its owner or its mode, or work in another folder",
  EPERM: "no permission; change its owner or its mode, or work in another folder",
  EROFS: "this disk is read-only; work in another folder",
  ENOSPC: "the disk is full; make room and try again",
  EEXIST: "there is a file where a folder should be; move it away",
  ENOTDIR: "there is a file where a folder should be; move it away",
  ENOENT: "it is not there; npm start puts everything in its place",
};

function isFileProblem(error: unknown): error is { path: string; code: string } {
  const { code, path } = error as { code?: unknown; path?: unknown };
  return typeof code === "string" && code in FILE_PROBLEMS && typeof path === "string";
}
