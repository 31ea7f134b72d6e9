import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { manifest } from "../../../exercises/manifest.js";
import type { BoxedStart } from "../../../grader/sandbox/boxParts.js";
import { boxedCaller } from "../../../grader/sandbox/caller.js";
import {
  decodeBody,
  encodeFrame,
  type FrameBody,
  HEADER_BYTES,
  readHeader,
} from "../../../grader/sandbox/frames.js";
import { asUser, unusedUser } from "../../../grader/sandbox/otherUser.js";
import { packBox } from "../../../grader/sandbox/pack.js";
import { findCommand } from "../../../grader/sandbox/runtime.js";
import type { Sandbox, SandboxKind } from "../../../grader/sandbox/sandbox.js";
import { sandboxStatus } from "../../../grader/sandbox/status.js";
import { Mat } from "../../../src/index.js";
import { inFolder, sandboxOrSkip, STRONG } from "./box.js";

/** Uses a started process, and ends it. */
async function using(started: BoxedStart, use: () => Promise<void>): Promise<void> {
  try {
    await use();
  } finally {
    started.kill();
    await started.clean();
  }
}

describe("frames", () => {
  const read = (frame: Uint8Array): FrameBody =>
    decodeBody(readHeader(frame), frame.subarray(HEADER_BYTES));

  it("carry a message and its numbers through bytes and back", () => {
    for (const text of ["⟨t⟩", "", "12345", "123456"]) {
      const message = { a: [1, text] };
      const numbers = Float64Array.of(1.5, -0, NaN, Infinity);
      const frame = encodeFrame(7, JSON.stringify(message), numbers);
      const { id, bodyBytes } = readHeader(frame);
      assert.deepEqual([id, bodyBytes], [7, frame.length - HEADER_BYTES]);
      const shifted = new Uint8Array(frame.length + 3); // bytes may begin anywhere
      shifted.set(frame, 3);
      assert.deepEqual(read(shifted.subarray(3)), { json: message, numbers });
    }
    assert.equal(read(encodeFrame(1, "{}")).numbers.length, 0);
  });

  it("refuse bytes that are no text and texts that are no JSON", () => {
    const notUtf8 = encodeFrame(1, '"a"');
    notUtf8[HEADER_BYTES + 1] = 0xff;
    assert.throws(() => read(notUtf8));
    assert.throws(() => read(encodeFrame(1, "{")));
  });
});

describe("what is packed into the box", () => {
  it("holds no function that an exercise asks for, no case and no expected value", async () => {
    await inFolder({}, async (folder) => {
      await packBox(folder);
      const files = await readdir(folder, { recursive: true });
      const sources = files.filter((file) => file.endsWith(".js"));
      assert.ok(sources.includes("src/student.js"));
      assert.ok(
        !files.some((file) => /manifest|mutants|exercise\.js|compare|seed/.test(file)),
        files.join(),
      );
      for (const file of sources) {
        const source = await readFile(join(folder, file), "utf8");
        for (const { id } of manifest) {
          const defines = new RegExp(`\\b(function|const|let|class) ${id}\\b`);
          assert.doesNotMatch(source, defines, `${file} defines ${id}`);
        }
      }
    });
  });
});

for (const kind of [...STRONG, "weaker"] as readonly SandboxKind[]) {
  describe(`the box (${kind})`, () => {
    let sandbox: Sandbox;

    before(async function () {
      this.timeout(20_000);
      sandbox = await sandboxOrSkip(this, kind);
    });
    after(async () => {
      await sandbox?.close();
    });

    async function call(
      source: string,
      ...args: unknown[]
    ): Promise<{ result: unknown; said: string }> {
      return await inFolder({ "f.ts": source }, async (folder) => {
        const caller = boxedCaller(sandbox, { folder, file: "f.ts", name: "f" });
        const result = await caller.call(args);
        await caller.close();
        return { result, said: caller.console };
      });
    }

    it("computes with what it is sent, and sends back answer and arguments", async () => {
      const { result } = await call(
        'import { Mat } from "unrolled"; export const f = (x: Mat) => x.T.add(NaN);',
        Mat.from([[1, -0]]),
      );
      assert.equal((result as { kind: string }).kind, "answer");
      const { value, argsAfter } = result as { value: Mat; argsAfter: [Mat] };
      assert.deepEqual(value.toArray(), [[NaN], [NaN]]);
      assert.ok(Object.is(argsAfter[0].get(0, 1), -0));
    });

    it("strips types, and takes .js for .ts in a hand-in's own imports", async () => {
      await inFolder(
        {
          "f.ts":
            'import { g, type T } from "./g.js"; export function f(x: number): T { return g(x); }',
          "g.ts": "export type T = number; export const g = (x: number): T => x satisfies number;",
        },
        async (folder) => {
          const caller = boxedCaller(sandbox, { folder, file: "f.ts", name: "f" });
          const result = await caller.call([5]);
          await caller.close();
          assert.deepEqual(result, { kind: "answer", value: 5, argsAfter: [5] });
        },
      );
    });

    it("leaves imports no way to the grader's files", async () => {
      await inFolder({}, async (outside) => {
        const secret = join(outside, "secret.ts");
        await writeFile(secret, "export const secret = 'LEAK';");
        for (const path of [
          secret,
          `file://${secret}`,
          `../${outside.split("/").at(-1)!}/secret.ts`,
        ]) {
          const { result } = await call(
            `import { secret } from ${JSON.stringify(path)}; export const f = () => secret;`,
          );
          assert.equal((result as { kind: string }).kind, "crashed", path);
          assert.doesNotMatch(JSON.stringify(result), /LEAK/);
        }
      });
    });

    it("takes no words that are none from a module that forges them", async () => {
      const forge = (reply: object): string => `
        const body = new TextEncoder().encode(JSON.stringify(${JSON.stringify(reply)}));
        const frame = new Uint8Array(16 + Math.ceil(body.length / 8) * 8);
        new DataView(frame.buffer).setUint32(0, 2);
        new DataView(frame.buffer).setUint32(4, body.length);
        frame.set(body, 16);
        Deno.stdout.writeSync(frame);
        for (;;);
        export const f = () => 1;`;
      const noText = { toString: 1, valueOf: 1 };
      const failed = { is: "failed", name: noText, message: [[noText]] };
      const { result } = await call(forge(failed));
      assert.deepEqual(result, { kind: "crashed", message: "no words: no words" });
      const missing = await call(forge({ is: "missing", found: noText }));
      assert.deepEqual(missing.result, {
        kind: "crashed",
        message: "f must be a function, but it is no words",
      });
      const long = { is: "failed", name: "E", message: "file://".repeat(300_000) };
      const cut = (await call(forge(long))).result as { message: string };
      assert.ok(cut.message.length < 3000);
    });

    it("starts again after a call that had to be stopped, a limited number of times", async function () {
      this.timeout(30_000);
      const source = "export function f(x: number) { if (x > 0) for (;;); return x; }";
      await inFolder({ "f.ts": source }, async (folder) => {
        const caller = boxedCaller(sandbox, { folder, file: "f.ts", name: "f" });
        assert.equal((await caller.call([1])).kind, "timeout");
        assert.deepEqual(await caller.call([0]), { kind: "answer", value: 0, argsAfter: [0] });
        await caller.close();
      });
    });
  });
}

/** What student code says that it could do, with every permission of Deno's. */
async function saidUnder(sandbox: Sandbox, attack: string): Promise<string> {
  const source = `
    declare const Deno: any;
    const attempt = async (what: string, act: () => unknown) => {
      try { console.error("LEAK " + what + " " + await act()); }
      catch (error) { console.error("refused " + what + " " + (error as Error).name); }
    };
    ${attack}
    export const f = () => 1;`;
  return await inFolder({ "f.ts": source }, async (folder) => {
    const caller = boxedCaller(
      { ...sandbox, start: (at) => sandbox.start(at, ["--allow-all"]) },
      { folder, file: "f.ts", name: "f" },
    );
    assert.equal((await caller.call([])).kind, "answer");
    await caller.close();
    return caller.console;
  });
}

function assertRefused(said: string, what: readonly string[]): void {
  assert.doesNotMatch(said, /LEAK/);
  for (const one of what) assert.match(said, new RegExp(`refused ${one} (?!NotCapable)`), said);
}

describe("the walls around Deno", () => {
  for (const kind of STRONG) {
    it(`hold by themselves: with every permission there is still nothing to reach (${kind})`, async function () {
      this.timeout(20_000);
      const sandbox = await sandboxOrSkip(this, kind);
      try {
        const said = await saidUnder(
          sandbox,
          `await attempt("passwd", () => Deno.readTextFileSync("/etc/passwd"));
          await attempt("write", () => Deno.writeTextFileSync(new URL("x", import.meta.url), "x"));
          await attempt("connect", () => Deno.connect({ hostname: "127.0.0.1", port: 22 }));
          await attempt("listen", () => Deno.listen({ port: 8000 }));
          await attempt("local", () => Deno.listen({ transport: "unix", path: "/tmp/local" }));
          await attempt("spawn", () => new Deno.Command(Deno.execPath()).outputSync());
          await attempt("proc", () => Deno.readTextFileSync("/proc/1/environ"));
          console.error("env " + Object.keys(Deno.env.toObject()).join());
          try { console.error("root " + [...Deno.readDirSync("/")].map((e: any) => e.name).sort().join()); }
          catch { console.error("root closed"); }`,
        );
        assertRefused(said, ["passwd", "write", "connect", "listen", "local", "spawn", "proc"]);
        assert.match(said, /^env [A-Z_,]*$/m);
        assert.doesNotMatch(said, /^env .*(HOME|USER|SECRET|npm)/m);
        assert.match(said, /^root (bin,lib,(lib64,)?pack,proc,submission,tmp|closed)$/m);
      } finally {
        await sandbox.close();
      }
    });
  }

  it("are what holds: without them the same code reaches what it wants", async function () {
    const sandbox = await sandboxOrSkip(this, "weaker");
    try {
      const said = await saidUnder(
        sandbox,
        `await attempt("passwd", () => Deno.readTextFileSync("/etc/passwd").length);
        await attempt("grader", () => Deno.kill(${process.pid}, "SIGCONT"));`,
      );
      assert.match(said, /LEAK passwd \d+\nLEAK grader/);
    } finally {
      await sandbox.close();
    }
  });

  it("of the second box: nobody to signal, nothing to leave behind, no other's hand-in", async function () {
    this.timeout(20_000);
    const sandbox = await sandboxOrSkip(this, "other-user");
    const left = join(tmpdir(), `unrolled-left-${process.pid}`);
    try {
      await inFolder({ "f.ts": "export const f = () => 'LEAK';" }, async (other) => {
        const neighbour = await sandbox.start(other);
        await using(neighbour, async () => {
          const said = await saidUnder(
            sandbox,
            `await attempt("grader", () => Deno.kill(${process.pid}, "SIGCONT"));
            await attempt("neighbour", () => Deno.kill(${neighbour.pid!}, "SIGKILL"));
            await attempt("others", () => Deno.readTextFileSync(${JSON.stringify(join(other, "f.ts"))}));
            await attempt("environ", () => Deno.readTextFileSync("/proc/${process.pid}/environ"));
            await attempt("file", () => Deno.writeTextFileSync(${JSON.stringify(left)}, "x"));
            await attempt("folder", () => Deno.mkdirSync(${JSON.stringify(left)}));
            await attempt("link", () => Deno.symlinkSync("/", ${JSON.stringify(left)}));
            await attempt("memory", () => Deno.writeTextFileSync("/dev/shm/unrolled-left", "x"));
            await attempt("grader's", () => Deno.readTextFileSync(${JSON.stringify(inPack("package.json"))}));
            await attempt("mode", () => Deno.chmodSync(new URL(import.meta.url), 0o777));
            await attempt("boxes", () => [...Deno.readDirSync(${JSON.stringify(sandbox.folder)})].length);`,
          );
          assertRefused(said, [
            ...["grader", "neighbour", "others", "environ", "file", "folder", "link"],
            ...["memory", "grader's", "mode", "boxes"],
          ]);
          assert.ok(process.kill(neighbour.pid!, 0), "it lives");
          assert.equal(existsSync(left), false);
        });
      });
    } finally {
      await sandbox.close();
    }
  });

  it("of the second box hold without Landlock too: by the user and the files' owners alone", async function () {
    const sandbox = await sandboxOrSkip(this, "other-user");
    try {
      await inFolder({ "f.ts": "" }, async (folder) => {
        const started = await sandbox.start(folder);
        await using(started, () => {
          const [setpriv, ...args] = asUser({ setpriv: findCommand("setpriv")! }, unusedUser());
          const run = (script: string): string =>
            spawnSync(setpriv!, [...args, "/bin/sh", "-c", script], { encoding: "utf8" }).stdout;
          assert.equal(run("echo here; id -u"), `here\n${run("id -u").trim()}\n`);
          for (const closed of [
            `kill -0 ${process.pid}`,
            `kill -9 ${started.pid!}`,
            `cat ${folder}/f.ts`,
            `ls ${sandbox.folder}`,
            `cat /proc/${process.pid}/environ`,
          ])
            assert.equal(run(`${closed} >/dev/null 2>&1 && echo LEAK`), "", closed);
          assert.ok(process.kill(started.pid!, 0), "it lives");
          return Promise.resolve();
        });
      });
    } finally {
      await sandbox.close();
    }
  });

  it("are reported by doctor from a real greeting", async function () {
    await (await sandboxOrSkip(this)).close();
    const { works, message } = await sandboxStatus();
    assert.ok(works, message);
  });

  it("are reported as missing where there is no bubblewrap", async () => {
    await inFolder({}, async (folder) => {
      const path = process.env["PATH"];
      await mkdir(join(folder, "bin"));
      try {
        process.env["PATH"] = join(folder, "bin");
        const { works, message } = await sandboxStatus();
        assert.equal(works, false);
        assert.match(message, /is not installed; install it: apt-get install/);
      } finally {
        process.env["PATH"] = path;
      }
    });
  });
});
