// A test that waits for a program with nothing else running can't be stopped by mocha. So the program is, after five
// minutes: that test fails, and the run goes on.
"use strict";
const childProcess = require("node:child_process");
const { syncBuiltinESMExports } = require("node:module");

const limit = { timeout: 300_000, killSignal: "SIGKILL" };

for (const name of ["spawnSync", "execFileSync", "execSync"]) {
  const run = childProcess[name];
  childProcess[name] = (...args) => {
    const last = args.at(-1);
    const hasOptions = args.length > 1 && !Array.isArray(last);
    return hasOptions ? run(...args.slice(0, -1), { ...limit, ...last }) : run(...args, limit);
  };
}
syncBuiltinESMExports();
