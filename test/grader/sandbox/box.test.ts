import { strict as assert } from "node:assert";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { manifest } from "../../../exercises/manifest.js";
import { boxedCaller } from "../../../grader/sandbox/caller.js";
import {
  decodeBody,
  encodeFrame,
  type FrameBody,
  HEADER_BYTES,
  readHeader,
} from "../../../grader/sandbox/frames.js";
import { packBox } from "../../../grader/sandbox/pack.js";
import type { Sandbox, SandboxKind } from "../../../grader/sandbox/sandbox.js";
import { sandboxStatus } from "../../../grader/sandbox/status.js";
import { Mat } from "../../../src/index.js";
import { inFolder, sandboxOrSkip } from "./box.js";

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

const KINDS: readonly SandboxKind[] = ["bubblewrap", "weaker"];
for (const kind of KINDS) {
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

describe("the walls around Deno", () => {
  it("hold by themselves: with every permission there is still nothing to reach", async function () {
    this.timeout(20_000);
    const sandbox = await sandboxOrSkip(this);
    const attack = `
      declare const Deno: any;
      const attempt = async (what: string, act: () => unknown) => {
        try { console.error("LEAK " + what + " " + await act()); }
        catch (error) { console.error("refused " + what + " " + (error as Error).name); }
      };
      await attempt("passwd", () => Deno.readTextFileSync("/etc/passwd"));
      await attempt("write", () => Deno.writeTextFileSync("/submission/x", "x"));
      await attempt("connect", () => Deno.connect({ hostname: "127.0.0.1", port: 22 }));
      await attempt("listen", () => Deno.listen({ port: 8000 }));
      await attempt("spawn", () => new Deno.Command("/bin/deno").outputSync());
      await attempt("proc", () => Deno.readTextFileSync("/proc/1/environ"));
      console.error("env " + Object.keys(Deno.env.toObject()).join());
      console.error("root " + [...Deno.readDirSync("/")].map((e: any) => e.name).sort().join());
      export const f = () => 1;`;
    try {
      await inFolder({ "f.ts": attack }, async (folder) => {
        const caller = boxedCaller(
          { ...sandbox, start: (at) => sandbox.start(at, ["--allow-all"]) },
          { folder, file: "f.ts", name: "f" },
        );
        assert.equal((await caller.call([])).kind, "answer");
        await caller.close();
        assert.doesNotMatch(caller.console, /LEAK/);
        for (const what of ["passwd", "write", "connect", "listen", "spawn", "proc"]) {
          assert.match(
            caller.console,
            new RegExp(`refused ${what} (?!NotCapable)`),
            caller.console,
          );
        }
        assert.match(caller.console, /^env [A-Z_,]*$/m);
        assert.doesNotMatch(caller.console, /^env .*(HOME|USER|SECRET|npm)/m);
        assert.match(caller.console, /^root bin,lib,(lib64,)?pack,proc,submission,tmp$/m);
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
