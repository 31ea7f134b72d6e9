import assert from "node:assert/strict";
import * as named from "node:fs";
import fs from "node:fs";
import {
  CLOSED_MODULES,
  OPEN_MODULES,
  withoutMachine,
} from "../../../grader/source/nodeModules.js";

describe("Node's modules in an exercise", () => {
  it("are open or closed, and what runs code or reaches files, processes or a network is closed", () => {
    assert.deepEqual(
      CLOSED_MODULES.filter((name) => OPEN_MODULES.includes(name)),
      [],
    );
    for (const name of ["fs", "child_process", "net", "http", "worker_threads"])
      assert.ok(CLOSED_MODULES.includes(name), name);
    for (const name of ["util", "path", "assert"]) assert.ok(OPEN_MODULES.includes(name), name);
  });

  it("are closed for the time of a call alone, also by their names and where the call throws", () => {
    const around = withoutMachine([`import fs from 'fs';`]);
    const { existsSync } = fs;
    const ask = (): boolean => fs.existsSync("package.json");
    assert.throws(() => around(ask), /fs can't be used in an exercise/);
    assert.throws(() => around(() => named.existsSync("package.json")), /fs can't be used/);
    assert.equal(fs.existsSync, existsSync);
    assert.equal(named.existsSync, existsSync);
    assert.equal(
      around(() => 7),
      7,
    );
  });

  it("stay open where no cell imports a closed one", () => {
    const around = withoutMachine([`import { format } from "node:util";`, "const fs = 1;"]);
    assert.ok(around(() => fs.existsSync("package.json")));
  });
});
