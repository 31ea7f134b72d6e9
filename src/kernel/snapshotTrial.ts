/** Tries a new start-up snapshot: a process that starts from it must compile a cell, and load Node's modules in both threads. */
import "node:crypto";
import { Worker } from "node:worker_threads";
import { packFolder } from "./paths.js";
import { theFork } from "./typescriptFork.js";

const { diagnostics, output } = theFork().createConverter(packFolder).convert("", "1 + 1");
if (diagnostics.length > 0 || output === undefined) throw new Error("the compiler does not work");
// A thread that cannot load ends with an error, which ends the process.
const thread = new Worker(new URL("./wire.js", import.meta.url), { execArgv: [] });
thread.on("exit", () => process.exit());
