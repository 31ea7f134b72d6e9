import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { kernelFolder } from "../../src/kernel/start/paths.js";

describe("kernel: its rooms", () => {
  for (const room of ["compile", "run"]) {
    it(`${room} runs where there is no Node: nothing that it imports is Node's`, () => {
      const seen = new Set<string>();
      const visit = (file: string): void => {
        if (seen.has(file)) return;
        seen.add(file);
        assert.ok(existsSync(file), file);
        const text = readFileSync(file, "utf8");
        for (const [, name] of text.matchAll(/^(?:import|export)(?: [^"=]* from)? "([^"]+)";$/gm)) {
          assert.equal(isBuiltin(name!), false, `${file} imports ${name!}`);
          assert.match(name!, /^\./, `${file} imports the package ${name!}`);
          visit(join(dirname(file), name!));
        }
      };
      for (const name of readdirSync(join(kernelFolder, room)).filter((one) => /\.js$/.test(one)))
        visit(join(kernelFolder, room, name));
      const rooms = new Set([...seen].map((file) => dirname(file)));
      const allowed = ["compile", "run"].map((one) => join(kernelFolder, one));
      assert.deepEqual(
        [...rooms].filter((one) => !allowed.includes(one)),
        [],
      );
    });
  }
});
