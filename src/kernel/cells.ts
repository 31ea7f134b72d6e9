/** The thread that runs cells: takes one call at a time off the port and sends outputs and the answer back. */
import type { MessagePort } from "node:worker_threads";
import { isComplete } from "./completeness.js";
import { complete, inspect } from "./assistance.js";
import { CellCompiler } from "./cellCompiler.js";
import { CellRunner } from "./cellRunner.js";
import { compiledCellsOf } from "./compiledCells.js";
import { installKernelGlobal } from "./kernelGlobal.js";
import { makePackResolvable } from "./packResolution.js";
import { makeSnapshotLater } from "./snapshotFile.js";
import { Streams } from "./streams.js";
import { installStackTraces, shownError } from "./traceback.js";
import type { Call, FromCells, ToCells } from "./threadMessages.js";
import { theFork } from "./typescriptFork.js";

/** Without a call for so long, the thread does for the compiler what kept cells saved. */
const idleMilliseconds = 300;

/**
 * Makes this thread the one that runs cells, in the process's current folder.
 *
 * @param port - leads to the protocol thread
 * @param exit - ends the process
 */
export function serveCells(port: MessagePort, exit: (code: number) => never): void {
  const send = (message: FromCells): void => port.postMessage(message);
  const folder = process.cwd();
  makePackResolvable();
  const compiler = new CellCompiler(theFork(), folder, compiledCellsOf(folder));
  const { ts } = compiler.fork;
  const streams = new Streams(send);
  const input = installKernelGlobal(send);
  const runner = new CellRunner(compiler, folder, input.kernel);
  installStackTraces();

  process.on("uncaughtException", (error) => report("Uncaught, after its cell had ended", error));
  process.on("unhandledRejection", (reason) =>
    report("A promise was rejected and nobody awaited it", reason),
  );
  process.on("SIGINT", () => runner.interrupt());
  process.exit = ((code?: number) => {
    throw new Error(
      `process.exit(${code ?? ""}): a cell cannot end the kernel; use the Kernel menu to restart or shut it down`,
    );
  }) as typeof process.exit;

  let taken = 0;
  let catchingUp: NodeJS.Timeout | undefined;

  port.on("message", (message: ToCells) => {
    switch (message.type) {
      case "call":
        taken = message.id;
        clearTimeout(catchingUp);
        void answer(message);
        break;
      case "interrupt":
        send({ type: "heard", id: message.id });
        runner.interrupt(message.reason);
        input.cancel();
        send({ type: "interrupted", id: message.id, taken });
        break;
      case "input":
        input.receive(message.value);
        break;
      case "shutdown":
        exit(0);
    }
  });
  compiler.warm();
  if (!process.execArgv.includes("--snapshot-blob")) makeSnapshotLater();

  async function answer(call: Call): Promise<void> {
    try {
      send({ type: "answer", id: call.id, result: await perform(call) });
    } catch (error) {
      send({ type: "failure", id: call.id, message: shownError(error).traceback.join("\n") });
    }
    if (compiler.isBehind) catchingUp = setTimeout(() => compiler.catchUp(), idleMilliseconds);
  }

  function perform(call: Call): unknown {
    switch (call.name) {
      case "execute":
        streams.begin();
        input.allow(call.argument.allowStdin);
        return runner.execute(call.argument);
      case "complete":
        return complete(runner.executor, call.argument.code, call.argument.cursor);
      case "inspect":
        return inspect(ts, runner.executor, call.argument.code, call.argument.cursor);
      case "isComplete":
        return isComplete(ts, call.argument.code);
    }
  }
}

function report(what: string, thrown: unknown): void {
  const { traceback } = shownError(thrown);
  process.stderr.write(`${what}:\n${traceback.join("\n")}\n`);
}
