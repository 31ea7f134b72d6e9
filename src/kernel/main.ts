/**
 * The Jupyter kernel. Theory of operation:
 *
 * Two threads. The main thread runs the user's cells, and nothing else: whatever a cell does to it (an endless
 * loop, a heap that fills) leaves the protocol alive. The *protocol thread* (protocolThread.ts) owns the five
 * ZeroMQ sockets, the queue of requests, history, the numbering of cells, and every message's form; it answers
 * heartbeat, kernel_info and interrupts while a cell loops. It hands one call at a time (execute, complete,
 * inspect, is_complete) to the main thread and gets back outputs and the answer through one port, whose order is
 * the order of the notebook's outputs.
 *
 * A cell is compiled by tslab's converter (typescriptFork.ts makes it strict and modern; cellCompiler.ts keeps
 * the way back to the source) and run by tslab's executor (cellRunner.ts).
 *
 * Interrupt: the protocol thread first asks the main thread. If it does not answer at once, its JavaScript is
 * terminated through the inspector (interruption.ts), as often as it takes to get an answer. Terminated code
 * cannot catch that; all that earlier cells made stays.
 */
import { getHeapStatistics } from "node:v8";
import { Worker } from "node:worker_threads";
import { isComplete } from "./completeness.js";
import { complete, inspect } from "./assistance.js";
import { CellCompiler } from "./cellCompiler.js";
import { CellRunner } from "./cellRunner.js";
import { installKernelGlobal } from "./kernelGlobal.js";
import { makePackResolvable } from "./packResolution.js";
import { Streams } from "./streams.js";
import { installStackTraces, shownError } from "./traceback.js";
import type { Call, FromCells, ToCells } from "./threadMessages.js";
import { loadFork } from "./typescriptFork.js";

const protocol = new Worker(new URL("./protocolThread.js", import.meta.url), {
  workerData: {
    connectionFile: process.argv[2],
    heapLimit: getHeapStatistics().heap_size_limit,
  },
  execArgv: [],
});
protocol.on("error", (error) => {
  process.stderr.write(`${String(error.stack)}\n`);
  process.exitCode = 1;
});
// The protocol thread ends on a shutdown request, or because it cannot work: the kernel ends with it.
const exit = process.exit.bind(process);
protocol.on("exit", (code) => exit(code));

const send = (message: FromCells): void => protocol.postMessage(message);

const folder = process.cwd();
makePackResolvable();
const compiler = new CellCompiler(loadFork(folder), folder);
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

protocol.on("message", (message: ToCells) => {
  switch (message.type) {
    case "call":
      taken = message.id;
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

async function answer(call: Call): Promise<void> {
  try {
    send({ type: "answer", id: call.id, result: await perform(call) });
  } catch (error) {
    send({ type: "failure", id: call.id, message: shownError(error).traceback.join("\n") });
  }
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

function report(what: string, thrown: unknown): void {
  const { traceback } = shownError(thrown);
  process.stderr.write(`${what}:\n${traceback.join("\n")}\n`);
}
