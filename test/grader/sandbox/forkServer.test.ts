/** Copies of a box that is there already: each is a box like any other, and nothing goes from one to the next. */
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BoxedProcess } from "../../../grader/sandbox/boxedProcess.js";
import type { ForkServer } from "../../../grader/sandbox/forkServer.js";
import { ForkServers } from "../../../grader/sandbox/forkServers.js";
import type { Sandbox } from "../../../grader/sandbox/sandbox.js";
import { sandboxOrSkip, TEST_LIMITS } from "./box.js";

/** Waits for a server. */
async function ready(server: ForkServer): Promise<ForkServer> {
  while (!server.isFree && !server.isOver) await sleep(50);
  assert.ok(server.isFree, "it makes copies");
  return server;
}

/** What a function in a copy answers, and what its file said. */
async function inCopy(
  server: ForkServer,
  source: string,
  more: readonly (readonly [path: string, text: string])[] = [],
): Promise<{ readonly answer: unknown; readonly said: string; readonly ended: unknown }> {
  server.submission.lay(new Map([["f.ts", source], ...more]));
  const copy = await server.copy();
  assert.ok(copy, "a copy");
  const box = BoxedProcess.of(copy, TEST_LIMITS);
  try {
    const loaded = await box.ask({ ask: "load", module: box.urlOf("f.ts"), name: "f" });
    if (loaded.kind !== "reply")
      return { answer: loaded.kind, said: box.console, ended: undefined };
    assert.equal(loaded.reply["is"], "loaded", JSON.stringify(loaded.reply));
    const called = await box.ask({ ask: "call", args: [], skip: [] });
    const answer = called.kind === "reply" ? called.reply["value"] : called.kind;
    await box.end();
    return { answer, said: box.console, ended: await copy.ended };
  } finally {
    await box.end();
  }
}

/** The program that bubblewrap started. */
function innermost(pid: number): number {
  const found = spawnSync("pgrep", ["--parent", String(pid)], { encoding: "utf8" }).stdout;
  const child = Number(found.split("\n")[0]);
  return child > 0 ? innermost(child) : pid;
}

const ATTEMPT = `declare const Deno: any;
  const attempt = async (what: string, act: () => unknown) => {
    try { console.error("LEAK " + what + " " + await act()); }
    catch (error) { console.error("refused " + what + " " + (error as Error).name); }
  };`;

describe("a fork server", function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let server: ForkServer;
  let open: ForkServer;
  before(async function () {
    sandbox = await sandboxOrSkip(this);
    const { start } = sandbox.forkServers!;
    // The second one's copies have all of Deno's permissions: what holds there are the walls around it.
    const both = await Promise.all([start(), start(WIDE)]);
    [server, open] = (await Promise.all(both.map(ready))) as [ForkServer, ForkServer];
  });
  after(async () => {
    server?.end();
    open?.end();
    await sandbox?.close();
  });

  it("makes copies that load a file, answer, and leave", async () => {
    const source = `import { Mat } from "unrolled";
      console.log("loads");
      export const f = (): number => new Mat(1, 2, [1, 2]).sum();`;
    for (let n = 0; n < 3; n++) {
      const { answer, said, ended } = await inCopy(server, source);
      assert.deepEqual({ answer, said, ended }, { answer: 3, said: "loads\n", ended: ENDED });
    }
  });

  it("takes nothing from one copy to the next: globals, prototypes, the library, files, numbers", async () => {
    const traces = `[
      (globalThis as any).left,
      (String.prototype as any).left,
      (Mat.prototype as any).left,
      new Mat(1, 2, [1, 2]).sum(),
      Math.tan(0),
      (() => { try { return Deno.readTextFileSync(new URL("other.ts", import.meta.url)); } catch { return undefined; } })(),
    ].map(String).join()`;
    const head = 'import { Mat } from "unrolled"; declare const Deno: any;';
    const clean = `${head} export const f = () => ${traces};`;
    const before = await inCopy(server, clean);
    const spoilt = await inCopy(
      server,
      `${head}
      for (const one of [globalThis, String.prototype, Mat.prototype] as any[]) one.left = "a trace";
      (Mat.prototype as any).sum = () => 13;
      Math.tan = () => 14;
      export const f = () => ${traces};`,
      [["other.ts", "a secret"]],
    );
    assert.equal(spoilt.answer, "a trace,a trace,a trace,13,14,a secret");
    assert.deepEqual(await inCopy(server, clean), before);
    assert.equal(before.answer, "undefined,undefined,undefined,3,0,undefined");
  });

  it("keeps no storage and no cache from one copy to the next, though they ask for no permission", async () => {
    const source = `${ATTEMPT}
      const before = (globalThis as any).localStorage?.getItem("left");
      await attempt("storage", () => { (globalThis as any).localStorage.setItem("left", "a secret"); return ""; });
      await attempt("cache", async () => {
        const cache = await (globalThis as any).caches.open("left");
        await cache.put("http://left/", new Response("a secret"));
        return "";
      });
      export const f = () => String(before);`;
    for (let n = 0; n < 2; n++) {
      const { answer, said } = await inCopy(server, source).catch((error: unknown) => ({
        answer: String(error),
        said: "",
      }));
      assert.doesNotMatch(`${String(answer)} ${said}`, /secret|LEAK/);
    }
  });

  it("gives its copies nothing that a box lacks", async () => {
    const { said } = await inCopy(
      server,
      `${ATTEMPT}
      await attempt("library", () => Deno.dlopen(Deno.args[0], { getpid: { parameters: [], result: "i32" } }));
      await attempt("pointer", () => Deno.UnsafePointer.of(new Uint8Array(1)));
      await attempt("view", () => new Deno.UnsafePointerView(Deno.UnsafePointer.create(4096n)).getInt8());
      await attempt("again", async () => {
        const { state } = await Deno.permissions.request({ name: "ffi" });
        if (state !== "granted") throw new TypeError(state);
      });
      await attempt("cache", () => Deno.writeTextFileSync("/tmp/deno/gen/x", "x"));
      await attempt("made", () => [...Deno.readDirSync("/tmp/deno/gen")].length);
      await attempt("channel", () => Deno.connect({ transport: "unix", path: "/channel/s" }));
      await attempt("program", () => Deno.readTextFileSync("/pack/grader/sandbox/box/forkServer.js"));
      await attempt("program again", () => import("/pack/grader/sandbox/box/forkServer.js".slice(0)));
      export const f = () => 1;`,
    );
    assert.doesNotMatch(said, /LEAK/);
    assert.equal(said.match(/^refused /gm)?.length, 9, said);
  });

  it("shuts its copies in without Deno's permissions too: they have each box's filter and namespaces", async () => {
    const { said } = await inCopy(
      open,
      `${ATTEMPT}
      await attempt("library", () => Deno.dlopen(Deno.args[0], { getpid: { parameters: [], result: "i32" } }));
      await attempt("channel", () => Deno.connect({ transport: "unix", path: "/channel/s" }));
      await attempt("listen", () => Deno.listen({ transport: "unix", path: "/tmp/s" }));
      await attempt("network", () => Deno.connect({ hostname: "127.0.0.1", port: 22 }));
      await attempt("spawn", () => new Deno.Command(Deno.execPath()).outputSync());
      await attempt("passwd", () => Deno.readTextFileSync("/etc/passwd"));
      await attempt("write", () => Deno.writeTextFileSync(new URL("x", import.meta.url), "x"));
      await attempt("memory", () => Deno.readTextFileSync("/proc/1/maps"));
      export const f = () => 1;`,
    );
    assert.doesNotMatch(said, /LEAK/);
    const refused = said.match(/^refused .*$/gm) ?? [];
    assert.equal(refused.length, 8, said);
  });

  it("goes on after a copy that leaves by itself, or is full", async () => {
    for (const source of [
      "declare const Deno: any; export const f = () => Deno.exit(3);",
      "export const f = () => { const all: unknown[] = []; for (;;) all.push(new Array(1e6).fill(all.length)); };",
    ]) {
      const { answer } = await inCopy(server, source);
      assert.match(String(answer), /^(crashed|memory)$/);
      assert.ok(server.isFree);
    }
    assert.equal((await inCopy(server, "export const f = () => 5;")).answer, 5);
  });

  it("says nothing to the grader in a copy's name: what it writes besides ends it", async () => {
    const { answer } = await inCopy(
      server,
      "declare const Deno: any; export const f = () => { Deno.stdout.writeSync(new Uint8Array(64)); return 1; };",
    );
    assert.equal(answer, "tampered");
    assert.equal((await inCopy(server, "export const f = () => 5;")).answer, 5);
  });

  it("ends a copy that does not leave, and makes others", async () => {
    for (const source of [
      "export const f = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
      "export const f = () => { for (;;); };",
      `globalThis.addEventListener("unload", () => { for (;;); }); export const f = () => 5;`,
    ]) {
      const { answer } = await inCopy(server, source);
      assert.match(String(answer), /^(timeout|5)$/);
      assert.ok(server.isFree, source);
    }
    assert.equal((await inCopy(server, "export const f = () => 5;")).answer, 5);
  });

  it("removes what a copy's Deno made of the files", async () => {
    const made = `/proc/${innermost(server.pid!)}/root/tmp/deno/gen`;
    server.submission.lay(new Map([["f.ts", "export const f = () => 1;"]]));
    const copy = (await server.copy())!;
    const box = BoxedProcess.of(copy, TEST_LIMITS);
    await box.ask({ ask: "load", module: box.urlOf("f.ts"), name: "f" });
    assert.deepEqual(readdirSync(join(made, "file/submission")), ["f.ts.js"]);
    await box.end();
    assert.deepEqual(readdirSync(made), []);
  });
});

const WIDE = [
  ...["write", "net", "run", "env", "sys"].map((what) => `--allow-${what}`),
  "--allow-read=/submission,/pack,/etc,/proc,/tmp,/channel",
];
const ENDED = { code: null, signal: "SIGKILL" };

describe("fork servers", function () {
  this.timeout(60_000);

  it("are started when there are hand-ins for them, lent to one at a time, and ended", async function () {
    const sandbox = await sandboxOrSkip(this);
    const started: ForkServer[] = [];
    const servers = new ForkServers(async (more) => {
      const server = await sandbox.forkServers!.start(more);
      started.push(server);
      return server;
    });
    try {
      for (let n = 0; n < 8; n++) await servers.lend(() => Promise.resolve());
      assert.equal(started.length, 0, "a small class needs none");
      await Promise.all([1, 2].map(() => servers.lend(() => sleep(20))));
      await servers.lend(() => Promise.resolve());
      while (started.length < 2) await sleep(20);
      await Promise.all(started.map(ready));
      const lent = await Promise.all(
        [1, 2, 3].map(() =>
          servers.lend(async (server) => {
            await sleep(20);
            return server;
          }),
        ),
      );
      assert.deepEqual(new Set(lent), new Set([...started.slice(0, 2), undefined]));
      await servers.close();
      assert.ok(started.every(({ isOver }) => isOver));
    } finally {
      await servers.close();
      await sandbox.close();
    }
  });

  it("are given up where none is of use, and hand-ins go on without", async function () {
    const sandbox = await sandboxOrSkip(this);
    let started = 0;
    const servers = new ForkServers(async () => {
      started++;
      const server = await sandbox.forkServers!.start();
      server.end();
      return server;
    });
    for (let n = 0; n < 40; n++) {
      assert.equal(await servers.lend((server) => Promise.resolve(server)), undefined);
      await sleep(1);
    }
    await servers.close();
    assert.ok(started <= 4, String(started));
    await sandbox.close();
    assert.equal(existsSync(sandbox.folder), false);
  });

  it("are not to be had where a socket's path would be too long, and nothing waits for them", async function () {
    const [before, own] = [process.env["TMPDIR"], join(tmpdir(), "long-".repeat(20))];
    mkdirSync(own, { recursive: true });
    process.env["TMPDIR"] = own;
    try {
      const sandbox = await sandboxOrSkip(this);
      for (let n = 0; n < 12; n++) await sandbox.inOwnFolder(() => sleep(1));
      assert.equal((await sandbox.forkServers!.start()).isOver, true);
      await sandbox.close();
    } finally {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
      rmSync(own, { recursive: true, force: true });
    }
  });

  it("run a hand-in as a box of its own does, or in one where they fail", async function () {
    const sandbox = await sandboxOrSkip(this);
    try {
      const answers = new Set<unknown>();
      let copies = 0;
      for (let n = 0; n < 12; n++) {
        await sandbox.inOwnFolder(async ({ folder, start }) => {
          folder.lay(new Map([["f.ts", "export const f = (x: number) => x + 0.1;"]]));
          const started = await start();
          if (started.pid === undefined) copies++;
          const box = BoxedProcess.of(started, sandbox.limits);
          await box.ask({ ask: "load", module: box.urlOf("f.ts"), name: "f" });
          answers.add(JSON.stringify(await box.ask({ ask: "call", args: [0.2], skip: [] })));
          await box.end();
        });
        if (n === 9) await sleep(3_000); // one is ready
      }
      assert.equal(answers.size, 1);
      assert.ok(copies > 0 && copies < 12, `${copies} copies`);
    } finally {
      await sandbox.close();
    }
  });
});
