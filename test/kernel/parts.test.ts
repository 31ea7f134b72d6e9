import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kernelCommand } from "../../src/kernel/start/command.js";
import { readConnection } from "../../src/kernel/protocol/connection.js";
import { pointsFromUnits, unitsFromPoints } from "../../src/kernel/protocol/cursor.js";
import { History } from "../../src/kernel/protocol/history.js";
import { installKernelspec } from "../../src/kernel/start/kernelspec.js";
import { packFolder } from "../../src/kernel/start/paths.js";
import {
  decodeMessage,
  encodeMessage,
  newHeader,
  WireError,
} from "../../src/kernel/protocol/wire.js";

describe("kernel: messages on the wire", () => {
  const header = newHeader("execute_request", "session");
  const frames = (key: string): Buffer[] =>
    encodeMessage(["identity"], header, {}, { code: "1" }, {}, key).map((frame) =>
      Buffer.from(frame),
    );

  it("what is encoded is decoded", () => {
    const message = decodeMessage(frames("key"), "key");
    assert.deepEqual(message.header, header);
    assert.deepEqual(message.content, { code: "1" });
    assert.deepEqual(message.identities.map(String), ["identity"]);
  });

  it("a change of any signed part is found", () => {
    for (let i = 3; i < 7; i++) {
      const changed = frames("key");
      changed[i] = Buffer.from('{"msg_id": "x", "msg_type": "y"}');
      assert.throws(() => decodeMessage(changed, "key"), /signature is wrong/);
    }
    assert.throws(() => decodeMessage(frames("key"), "other"), WireError);
  });

  it("half a pair of surrogates becomes U+FFFD, an escaped backslash before u stays", () => {
    const text = (content: string): unknown =>
      decodeMessage(
        encodeMessage([], header, {}, { content }, {}, "").map((frame) => Buffer.from(frame)),
        "",
      ).content["content"];
    assert.equal(text("a\ud800b"), "a\ufffdb");
    assert.equal(text("\\ud800"), "\\ud800");
    assert.equal(text("𝑎"), "𝑎");
  });
});

describe("kernel: cursors and history", () => {
  it("code points and UTF-16 units are turned into each other", () => {
    const text = "a𝑎b";
    assert.deepEqual(
      [0, 1, 2, 3, 9].map((at) => unitsFromPoints(text, at)),
      [0, 1, 3, 4, 4],
    );
    assert.deepEqual(
      [0, 1, 3, 4].map((at) => pointsFromUnits(text, at)),
      [0, 1, 2, 3],
    );
  });

  it("history gives the tail, a range, and what matches a pattern", () => {
    const history = new History();
    for (const [i, code] of ["a = 1", "b = 2", "a = 1", "c(3)"].entries())
      history.add(i + 1, code)(`out ${i + 1}`);
    const inputs = (request: object): unknown[] =>
      history.answer(request as Record<string, unknown>).map((entry) => entry[2]);
    assert.deepEqual(inputs({ hist_access_type: "tail", n: 2 }), ["a = 1", "c(3)"]);
    assert.deepEqual(inputs({ hist_access_type: "range", start: 2, stop: 3 }), ["b = 2"]);
    assert.deepEqual(inputs({ hist_access_type: "search", pattern: "? = *" }), [
      "a = 1",
      "b = 2",
      "a = 1",
    ]);
    assert.deepEqual(inputs({ hist_access_type: "search", pattern: "a*", unique: true }), [
      "a = 1",
    ]);
    assert.deepEqual(inputs({ hist_access_type: "search", pattern: "c(*" }), ["c(3)"]);
    assert.deepEqual(inputs({ hist_access_type: "tail", n: 1, output: true }), [["c(3)", "out 4"]]);
  });
});

describe("kernel: installing it", function () {
  this.timeout(30_000);
  let folder: string;
  const log = console.log;
  const error = console.error;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unrolled-install-"));
    console.log = console.error = (): void => undefined;
  });
  afterEach(() => {
    console.log = log;
    console.error = error;
    rmSync(folder, { recursive: true });
  });

  it("install writes a kernelspec with absolute paths, uninstall removes it", async () => {
    const spec = join(folder, "share", "jupyter", "kernels", "tslab", "kernel.json");
    for (let twice = 0; twice < 2; twice++) {
      assert.equal(await kernelCommand(["install", "--prefix", folder]), 0);
      const { argv, interrupt_mode } = JSON.parse(readFileSync(spec, "utf8")) as {
        argv: string[];
        interrupt_mode: string;
      };
      assert.deepEqual(argv.slice(2), [process.execPath, "{connection_file}"]);
      for (const program of argv.slice(0, 2)) assert.ok(existsSync(program), program);
      assert.equal(interrupt_mode, "message");
    }
    assert.equal(await kernelCommand(["list", "--prefix", folder]), 0);
    assert.equal(await kernelCommand(["uninstall", "--prefix", folder]), 0);
    assert.equal(existsSync(spec), false);
  });

  it("the logos come along, in Jupyter's sizes", () => {
    const installed = installKernelspec({ prefix: folder });
    for (const size of [32, 64]) {
      const png = readFileSync(join(installed, `logo-${size}x${size}.png`));
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [size, size]);
    }
    assert.match(readFileSync(join(installed, "logo-svg.svg"), "utf8"), /^<svg /);
  });

  it("install, list and uninstall work in the user's folder too, as a program", () => {
    const command = join(packFolder, "bin", "unrolled.mjs");
    const env = { ...process.env, JUPYTER_DATA_DIR: join(folder, "data") };
    const run = (...args: string[]): string =>
      execFileSync(process.execPath, [command, "kernel", ...args], { env, encoding: "utf8" });
    const spec = join(folder, "data", "kernels", "tslab", "kernel.json");
    assert.match(run("install", "--user"), /installed in .*data\/kernels\/tslab/);
    assert.equal(existsSync(spec), true);
    assert.match(run("list", "--user"), /^tslab\tTypeScript \(Unrolled\)\t/m);
    assert.match(run("uninstall", "--user"), /is uninstalled/);
    assert.equal(existsSync(spec), false);
    assert.match(run("uninstall", "--user"), /was not installed/);
    assert.equal(run("list", "--user"), "");
  });

  it("a wrong command line exits with 2, a place that cannot be written with 4", async () => {
    assert.equal(await kernelCommand([]), 2);
    assert.equal(await kernelCommand(["install", "--nonsense"]), 2);
    writeFileSync(join(folder, "file"), "");
    assert.equal(await kernelCommand(["install", "--prefix", join(folder, "file")]), 4);
  });

  it("a connection file without what the kernel needs is refused by name", () => {
    const path = join(folder, "connection.json");
    writeFileSync(path, '{"ip": "127.0.0.1", "shell_port": "x", "key": ""}');
    assert.throws(
      () => readConnection(path),
      /shell_port is wrong: expected a port number, got "x"/,
    );
    writeFileSync(path, '{"signature_scheme": "none"}');
    assert.throws(() => readConnection(path), /signature_scheme is wrong: expected hmac-sha256/);
  });
});
