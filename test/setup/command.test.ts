import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { root, unrolled } from "./project.js";

describe("the command unrolled", () => {
  it("says which Node it needs when the one that runs it is too old", async () => {
    const pretend = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.8" } })`;
    const { code, stderr } = await unrolled(root, ["doctor"], {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(pretend)}`,
    });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^unrolled: Node is too old: expected 20\.19 or newer .*got 18\.20\.8; mend it with: .+\n$/,
    );
  });

  it("names the nearest command for one that does not exist, with exit code 2", async () => {
    for (const [typed, meant] of [
      ["grde", "grade"],
      ["strat", "start"],
      ["docter", "doctor"],
    ] as const) {
      const { code, stderr } = await unrolled(root, [typed]);
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`no command "${typed}".*npx unrolled ${meant}\\n$`));
    }
  });

  it("suggests nothing when no command is near", async () => {
    const { code, stderr } = await unrolled(root, ["constructor"]);
    assert.equal(code, 2);
    assert.match(stderr, /npx unrolled help\n$/);
  });

  it("lists its commands and says its version", async () => {
    const { code, stdout } = await unrolled(root, ["help"]);
    assert.equal(code, 0);
    for (const name of ["start", "test", "learn", "grade", "check", "doctor", "kernel", "setup"]) {
      assert.match(stdout, new RegExp(`^  ${name} +\\S`, "m"));
    }
    assert.match((await unrolled(root, ["--version"])).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it("has each command that a text or a message names", async () => {
    const places = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];
    const sources = ["bin", "src", "grader", "exercises"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => /(?<!\.d)\.(?:ts|mjs|md)$/.test(file) && !file.includes("node_modules"))
        .map((file) => join(folder, file)),
    );
    const { stdout } = await unrolled(root, ["help"]);
    const unknown = [...places, ...sources].flatMap((file) => {
      const named = readFileSync(join(root, file), "utf8").matchAll(/npx unrolled ([a-z][a-z-]*)/g);
      return Array.from(named, ([, name]) => name!)
        .filter((name) => name !== "help" && !new RegExp(`^  ${name} `, "m").test(stdout))
        .map((name) => `${file}: ${name}`);
    });
    assert.deepEqual(unknown, []);
  });

  it("ends without a word where nobody reads on", async function () {
    this.timeout(60_000);
    const child = spawn(process.execPath, [join(root, "bin", "unrolled.mjs"), "grade", "--help"]);
    child.stdout.destroy();
    let said = "";
    child.stderr.on("data", (text: Buffer) => (said += text.toString()));
    const [code] = (await once(child, "close")) as [number | null];
    assert.equal(said, "");
    assert.equal(code, 0);
  });

  it("refuses an option that a command does not have, with exit code 2", async () => {
    const { code, stderr } = await unrolled(root, ["doctor", "--jsno"]);
    assert.equal(code, 2);
    assert.match(stderr, /doctor does not take "--jsno": it takes --json; mend it with: /);
  });

  it("explains a command instead of running it, with --help", async function () {
    this.timeout(60_000); // six programs, one after the other
    for (const name of ["start", "setup", "doctor", "kernel", "grade", "learn"]) {
      const { code, stdout } = await unrolled(root, [name, "--help"]);
      assert.equal(code, 0, name);
      assert.match(stdout, /usage|unrolled kernel/i, name);
    }
  });
});
