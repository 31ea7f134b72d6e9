/**
 * The Jupyter kernel. Theory of operation:
 *
 * Two threads. The main thread runs the user's cells (cells.ts), and nothing else: whatever a cell does to it (an
 * endless loop, a heap that fills) leaves the protocol alive. The *protocol thread* (protocolThread.ts) owns the five
 * ZeroMQ sockets, the queue of requests, history, the numbering of cells, and every message's form; it answers
 * heartbeat, kernel_info and interrupts while a cell loops. It hands one call at a time (execute, complete,
 * inspect, is_complete) to the main thread and gets back outputs and the answer through one port, whose order is
 * the order of the notebook's outputs.
 *
 * A cell is compiled by TypeScript itself: checked as a module that imports the names of earlier cells from theirs, and
 * turned into a function over the scope that all cells share (compile/cellFiles.ts, compile/sharedScope.ts, run/scope.ts).
 *
 * Interrupt: the protocol thread first asks the main thread. If it does not answer at once, its JavaScript is
 * terminated through the inspector (interruption.ts), as often as it takes to get an answer. Terminated code
 * cannot catch that; all that earlier cells made stays.
 *
 * Start: loading the compiler and parsing the declarations takes a second, so start.sh starts the process from a
 * snapshot of a heap in which that is done (snapshot.cts), where there is one; here the two ways meet. The protocol
 * thread comes first: it gets its own core while the compiler starts.
 */
import { getHeapStatistics } from "node:v8";
import { MessageChannel, Worker } from "node:worker_threads";
import { packFolder } from "./paths.js";
import { theMaking } from "./practised.js";

// start.sh has set it for this process alone.
if (process.env["MALLOC_ARENA_MAX"] === "1")
  Reflect.deleteProperty(process.env, "MALLOC_ARENA_MAX");

const { port1, port2 } = new MessageChannel();
const protocol = new Worker(new URL("../protocol/protocolThread.js", import.meta.url), {
  workerData: {
    connectionFile: process.argv[2],
    heapLimit: getHeapStatistics().heap_size_limit,
    packFolder,
    port: port2,
  },
  transferList: [port2],
  execArgv: [],
});
protocol.on("error", (error) => {
  process.stderr.write(`${String(error.stack)}\n`);
  process.exitCode = 1;
});
// The protocol thread ends on a shutdown request, or because it cannot work: the kernel ends with it.
const exit = process.exit.bind(process);
protocol.on("exit", (code) => exit(code));

void Promise.all([import("./cells.js"), theMaking()]).then(([{ serveCells }, making]) =>
  serveCells(port1, exit, making),
);
