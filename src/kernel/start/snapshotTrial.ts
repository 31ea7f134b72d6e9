/** Tries a new start-up snapshot: a process that starts from it must compile a cell, and load Node's modules in both threads. */
import "node:crypto";
import { Worker } from "node:worker_threads";
import { packFolder } from "./paths.js";
import { theMaking } from "./practised.js";

void theMaking().then((making) => {
  const compilation = making(packFolder, undefined, (text) => text).compile("1 + 1");
  if (!("cell" in compilation)) throw new Error("the compiler does not work");
  // A thread that cannot load ends with an error, which ends the process.
  const thread = new Worker(new URL("../protocol/wire.js", import.meta.url), { execArgv: [] });
  thread.on("exit", () => process.exit());
});
