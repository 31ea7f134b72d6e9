import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KernelClient, type CellReport } from "./kernelClient.js";

const files: Readonly<Record<string, string>> = {
  "child.cjs": 'console.log("child"); console.error("problem"); process.send?.("message");',
  "worker.js":
    'const { parentPort, workerData } = require("node:worker_threads");\nconsole.log("js", workerData); parentPort.postMessage("from js");',
  "worker.ts":
    'import { parentPort } from "node:worker_threads";\nimport { double } from "./double.js";\nconst n: number = double(21); parentPort!.postMessage(n);',
  "double.ts": "export const double = (n: number): number => 2 * n;",
  "start.ts":
    'import { Worker } from "node:worker_threads";\nexport const first = (name: string): Promise<unknown> => new Promise((resolve, reject) => {\n' +
    '  const worker = new Worker(new URL(name, import.meta.url)); worker.on("message", resolve); worker.on("error", reject); });',
};

const imports = `import { execFileSync, execSync, fork, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { Worker } from "node:worker_threads";
import * as readline from "node:readline";
import * as questions from "node:readline/promises";
import { first } from "./start.ts";
const ended = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.on("close", resolve));`;

describe("kernel: programs, workers and questions of a cell's", function () {
  this.timeout(40_000);
  let folder: string;
  let kernel: KernelClient;

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "unrolled-processes-")));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    kernel = await KernelClient.start({ folder });
    const { traceback } = await kernel.run(imports);
    assert.equal(traceback, "");
  });
  after(async () => {
    await kernel.stop();
    rmSync(folder, { recursive: true });
  });

  const shown = ({ stdout, stderr, result }: CellReport): readonly unknown[] => [
    stdout,
    stderr,
    result,
  ];
  const both = '"sh", ["-c", "echo out; echo err >&2; exit 3"]';

  for (const [what, code, result] of [
    ["spawnSync", `spawnSync(${both}, { stdio: "inherit" }).status`, "3"],
    ["spawn", `await ended(spawn(${both}, { stdio: "inherit" }))`, "3"],
    [
      "spawn to streams",
      `await ended(spawn(${both}, { stdio: ["inherit", process.stdout, 2] }))`,
      "3",
    ],
    ["execSync", 'String(execSync("echo out; echo err >&2", { stdio: "inherit" }))', "'null'"],
    [
      "execFileSync",
      `try { execFileSync(${both}, { stdio: "inherit" }) } catch (e) { (e as any).status }`,
      undefined,
    ],
  ] as const) {
    it(`${what}: what a program writes to what it inherits is the cell's output`, async () => {
      assert.deepEqual(shown(await kernel.run(code)), ["out\n", "err\n", result]);
    });
  }

  it("what goes into a pipe is nobody's output but the program's that asked", async () => {
    assert.deepEqual(shown(await kernel.run(`String(spawnSync(${both}).stdout)`)), [
      ...["", "", "'out\\n'"],
    ]);
    assert.deepEqual(shown(await kernel.run('String(execSync("echo out; echo err >&2"))')), [
      ...["", "err\n", "'out\\n'"],
    ]);
  });

  it("a program of Node's that a cell forks prints, and sends its messages", async () => {
    const code =
      'const child = fork("./child.cjs"); let told: unknown; child.on("message", (m) => { told = m; }); await ended(child); told';
    assert.deepEqual(shown(await kernel.run(code)), ["child\n", "problem\n", "'message'"]);
  });

  it("a program that reads what it inherits finds it at its end", async () => {
    assert.equal((await kernel.run('await ended(spawn("cat", { stdio: "inherit" }))')).result, "0");
    assert.equal((await kernel.run('spawnSync("cat", { stdio: "inherit" }).status')).result, "0");
  });

  it("a worker: of code, of a file, from a cell and from a file; it prints into the cell", async () => {
    const evaluated = await kernel.run(
      'await new Promise((resolve) => new Worker(\'console.log("said"); require("node:worker_threads").parentPort.postMessage(1)\', { eval: true }).on("message", resolve))',
    );
    assert.deepEqual(shown(evaluated).slice(1), ["", "1"]);
    const file = await kernel.run(
      'const w = new Worker("./worker.js", { workerData: 7 }); await new Promise((resolve) => w.on("exit", resolve))',
    );
    assert.deepEqual(shown(file), ["js 7\n", "", "0"]);
    assert.equal((await kernel.run('await first("./worker.js")')).result, "'from js'");
  });

  it("a worker's file may be TypeScript, and import TypeScript", async () => {
    assert.equal((await kernel.run('await first("./worker.ts")')).result, "42");
  });

  it("what a worker throws rejects who listens, or is told of", async () => {
    const throwing = 'new Worker("throw new RangeError(\\"from the worker\\")", { eval: true })';
    const listened = await kernel.run(
      `await new Promise((_, reject) => ${throwing}.on("error", reject))`,
    );
    assert.deepEqual([listened.ename, listened.evalue], ["RangeError", "from the worker"]);
    const { stderr } = await kernel.run(
      `const lost = ${throwing}; await new Promise((resolve) => setTimeout(resolve, 500));`,
    );
    assert.match(stderr, /Uncaught.*:\n.*RangeError.*from the worker/);
  });

  it("readline asks the notebook's user", async () => {
    kernel.answers.push("Ada", "36", "first", "second");
    const asked = await kernel.run(
      'const own = questions.createInterface({ input: process.stdin, output: process.stdout }); await own.question("Name? ")',
    );
    assert.deepEqual([asked.result, kernel.prompts.at(-1)!.content["prompt"]], ["'Ada'", "Name? "]);
    const called = await kernel.run(
      'const old = readline.createInterface({ input: process.stdin }); await new Promise((resolve) => old.question("Age? ", resolve))',
    );
    assert.equal(called.result, "'36'");
    const lines = await kernel.run(
      "const lines: string[] = []; old.prompt(); for await (const line of old) { if (lines.push(line) === 2) break; old.prompt(); } lines.join()",
    );
    assert.equal(lines.result, "'first,second'");
  });

  it("whoever waits for lines is given them, without a question", async () => {
    kernel.answers.push("one", "two", "three", "four");
    const loop = await kernel.run(
      "const all: string[] = []; for await (const line of readline.createInterface({ input: process.stdin })) { if (all.push(line) === 2) break; } all.join()",
    );
    assert.equal(loop.result, "'one,two'");
    const once = await kernel.run(
      'const listening = readline.createInterface({ input: process.stdin, output: process.stdout, prompt: "> " }); listening.prompt(); const both = await new Promise((resolve) => listening.once("line", (first) => listening.question("Second? ", (second) => resolve([first, second])))); listening.close(); both',
    );
    assert.equal(once.result, "[ 'three', 'four' ]");
    const { evalue } = await kernel.run(
      "for await (const line of readline.createInterface({ input: process.stdin })) console.log(line);",
      { allow_stdin: false },
    );
    assert.match(evalue, /nobody can answer: this front end takes no input/);
  });

  it("whoever reads process.stdin is given lines of the notebook's user, one after the other", async () => {
    kernel.answers.push("Ada", "36", "not asked for");
    const once = await kernel.run(
      'const name = new Promise((resolve) => process.stdin.once("data", resolve)); String(await name)',
    );
    assert.equal(once.result, "'Ada\\n'");
    const again = await kernel.run(
      'process.stdin.setEncoding("utf8"); await new Promise((resolve) => process.stdin.once("data", resolve))',
    );
    assert.deepEqual([again.result, kernel.answers.splice(0)], ["'36\\n'", ["not asked for"]]);
    for (const answers of [
      ["one", "two"],
      ["three", "four", "\u0004"],
    ]) {
      kernel.answers.push(...answers);
      const loop = await kernel.run(
        'const chunks: string[] = []; for await (const chunk of process.stdin) if (chunks.push(String(chunk).trim()) > 1 && chunks[0] === "one") break; chunks.join()',
      );
      assert.equal(loop.result, `'${answers.slice(0, 2).join(",")}'`);
    }
    const id = await kernel.begin("for await (const chunk of process.stdin) chunk;");
    const asked = kernel.prompts.length;
    await kernel.until(() => kernel.prompts.length > asked);
    await kernel.request("interrupt_request", {}, { channel: "control" });
    assert.equal((await kernel.exchange(id)).reply.content["ename"], "Interrupted");
    kernel.answers.push("later");
    const piped = await kernel.run(
      'import { PassThrough } from "node:stream"; import { once } from "node:events"; const pipe = process.stdin.pipe(new PassThrough()); const [first] = await once(pipe, "data"); process.stdin.unpipe(pipe); String(first)',
    );
    assert.equal(piped.result, "'later\\n'");
  });

  it("where nobody can answer, a question is an error at once", async () => {
    for (const code of [
      'await questions.createInterface({ input: process.stdin }).question("?")',
      'await new Promise((r) => readline.createInterface({ input: process.stdin }).question("?", r))',
      'await new Promise((r) => process.stdin.once("data", r))',
      "for await (const chunk of process.stdin) chunk;",
    ]) {
      const { evalue } = await kernel.run(code, { allow_stdin: false });
      assert.match(evalue, /nobody can answer: this front end takes no input/);
    }
  });

  it("a question that was given up, or that an earlier cell asked, keeps no later one from being asked", async () => {
    const given = await kernel.run(
      'await questions.createInterface({ input: process.stdin }).question("?", { signal: AbortSignal.timeout(50) }).catch((error) => error.name)',
    );
    assert.equal(given.result, "'TimeoutError'");
    kernel.answers.push("here");
    assert.equal((await kernel.run('await prompt("There?")')).result, "'here'");
    await kernel.run(
      'const forgotten = prompt("Forgotten?").catch((error: Error) => error.message); 1',
    );
    kernel.answers.push("again");
    assert.equal((await kernel.run('await prompt("Again?")')).result, "'again'");
    assert.match((await kernel.run("await forgotten")).result ?? "", /a later cell asks now/);
  });

  it("what is written to the number of a standard stream is printed, by every way of fs", async () => {
    const { stdout, stderr, result } =
      await kernel.run(`import fs, { write, writeSync } from "node:fs";
import { promisify } from "node:util";
const counts = [writeSync(1, "one "), writeSync(2, "warning"), fs.writeSync(1, Buffer.from("[two ]"), 1, 4)];
counts.push(await new Promise((resolve) => write(1, "three ", (error, count) => resolve(count))));
const four = await promisify(fs.write)(1, Buffer.from("four"), { length: 3 } as any, undefined as any);
fs.writeFileSync("beside.txt", "a file"); counts.push(four.bytesWritten);
JSON.stringify([counts, fs.readFileSync("beside.txt", "utf8")])`);
    assert.equal(stdout, "one two three fou");
    assert.equal(stderr, "warning");
    assert.equal(result, "'[[4,7,4,6,3],\"a file\"]'");
  });

  it("a text that stands for bytes is printed as these", async () => {
    const { stdout } = await kernel.run(
      'process.stdout.write("w6k=", "base64"); process.stdout.write("c3", "hex"); process.stdout.write(Buffer.from([0xa9])); process.stdout.write("ü", "utf8"); 0',
    );
    assert.equal(stdout, "ééü");
  });

  it("a question that is interrupted leaves the kernel free", async () => {
    const id = await kernel.begin(
      'await questions.createInterface({ input: process.stdin }).question("Interrupt me")',
    );
    await kernel.until(() => kernel.prompts.at(-1)!.content["prompt"] === "Interrupt me");
    await kernel.request("interrupt_request", {}, { channel: "control" });
    assert.equal((await kernel.exchange(id)).reply.content["ename"], "Interrupted");
    assert.equal((await kernel.run("6 * 7")).result, "42");
  });
});
