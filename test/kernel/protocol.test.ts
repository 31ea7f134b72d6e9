import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { KernelClient, sleep } from "./kernelClient.js";
import { encodeMessage, newHeader } from "../../src/kernel/protocol/wire.js";

const hook = '(globalThis as any)[Symbol.for("unrolled.kernel")]';

describe("kernel: the protocol", function () {
  this.timeout(120_000);
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
  });
  after(() => kernel.stop());

  const types = (messages: readonly { header: { msg_type: string } }[]): string[] =>
    messages.map(({ header }) => header.msg_type);

  it("a cell publishes busy, its input, its outputs in their order, its result, idle", async () => {
    const { exchange } = await kernel.run(
      'console.log("a"); console.error("b"); console.log("c"); 5',
    );
    assert.deepEqual(types(exchange.published), [
      "status",
      "execute_input",
      "stream",
      "stream",
      "stream",
      "execute_result",
      "status",
    ]);
    const streams = exchange.published.filter(({ header }) => header.msg_type === "stream");
    assert.deepEqual(
      streams.map(({ content }) => content["text"]),
      ["a\n", "b\n", "c\n"],
    );
  });

  it("a silent cell publishes neither input nor result and is not counted", async () => {
    const before = (await kernel.run("1")).exchange.reply.content["execution_count"];
    const silent = await kernel.run("2", { silent: true });
    assert.deepEqual(types(silent.exchange.published), ["status", "status"]);
    const after = (await kernel.run("3")).exchange.reply.content["execution_count"];
    assert.equal(Number(after), Number(before) + 1);
  });

  it("a silent cell shows nothing else either", async () => {
    const code = `${hook}.display({ "text/html": "x" }); console.log(1); ${hook}.clearOutput();`;
    const { exchange } = await kernel.run(code, { silent: true });
    assert.deepEqual(types(exchange.published), ["status", "status"]);
  });

  it("a text for the next cell comes with the reply, and a cell knows what ran", async () => {
    const code = `${hook}.nextInput("1 + 1", { replace: true }); ${hook}.nextInput("2");`;
    const { content } = (await kernel.run(code)).exchange.reply;
    assert.deepEqual(content["payload"], [
      { source: "set_next_input", text: "1 + 1", replace: true },
      { source: "set_next_input", text: "2", replace: false },
    ]);
    await kernel.run("a cell that is none");
    const { result } = await kernel.run(`${hook}.inputs.slice(-3).join("|")`);
    assert.equal(result, `'${code}|a cell that is none|${hook}.inputs.slice(-3).join("|")'`);
    assert.deepEqual((await kernel.run("3")).exchange.reply.content["payload"], []);
  });

  it("a semicolon at its end keeps the last value to itself", async () => {
    assert.equal((await kernel.run("1 + 1;")).result, undefined);
    assert.equal((await kernel.run("1 + 1 // ;")).result, "2");
  });

  it("late output lands under its own cell, through timers and promises", async () => {
    const first = await kernel.begin(
      'setTimeout(() => console.log("timer"), 40); void (async () => { await null; await new Promise((r) => setTimeout(r, 40)); console.log("promise"); })();',
    );
    await kernel.exchange(first);
    const second = await kernel.run("await new Promise((r) => setTimeout(r, 150));");
    assert.equal(second.stdout, "");
    const texts = kernel.published(first).map(({ content }) => content["text"] ?? "");
    assert.equal(texts.join(""), "timer\npromise\n");
  });

  for (const [what, code] of [
    ["a file's callback", 'fs.readFile("connection.json", () => late(() => print()))'],
    ["a file's promise", 'void fsp.stat(".").then(() => wait(60)).then(print)'],
    ["node:timers/promises", "void wait(60).then(print)"],
    [
      "an async loop",
      "void (async () => { for (let i = 0; i < 6; i++) await wait(10); print(); })()",
    ],
    ["a promisified timer", "void promisify(setTimeout)(60).then(print)"],
    ["a program's events", 'spawn("sleep", ["0.06"]).on("close", print)'],
    ["a program's output", 'spawn("sh", ["-c", "sleep 0.06; echo x"]).stdout.on("data", print)'],
    ["a program's callback", 'exec("sleep 0.06", print)'],
    [
      "a socket",
      'const s = net.createServer((c) => { setTimeout(() => c.end("x"), 60); }).listen(0, () => net.connect((s.address() as net.AddressInfo).port).on("data", () => { print(); s.close(); }))',
    ],
    [
      "a worker's messages",
      'new Worker("setTimeout(() => require(\\"node:worker_threads\\").parentPort.postMessage(1), 60)", { eval: true }).on("message", print)',
    ],
    ["zlib's callback", "gzip(Buffer.alloc(3e7), print)"],
    [
      "events.once",
      'const e = new EventEmitter(); setTimeout(() => e.emit("x"), 60); void once(e, "x").then(print)',
    ],
  ] as const) {
    it(`late output lands under its own cell, through ${what}`, async () => {
      await kernel.run(
        'import fs from "node:fs"; import fsp from "node:fs/promises"; import net from "node:net"; import { exec, spawn } from "node:child_process"; import { EventEmitter, once } from "node:events"; import { setTimeout as wait } from "node:timers/promises"; import { promisify } from "node:util"; import { Worker } from "node:worker_threads"; import { gzip } from "node:zlib";\n' +
          'const print = (): void => console.log("late"); const late = (f: () => void): void => { fs.stat(".", f); };',
      );
      const first = await kernel.begin(`${code};`);
      const { reply } = await kernel.exchange(first);
      assert.equal(reply.content["status"], "ok", String(reply.content["traceback"]));
      const second = await kernel.run(
        'const end = Date.now() + 200; while (Date.now() < end) await wait(5); console.log("own");',
      );
      assert.equal(second.stdout, "own\n");
      const texts = (): string =>
        kernel
          .published(first)
          .map(({ content }) => String(content["text"] ?? ""))
          .join("");
      await kernel.until(() => texts() !== "");
      assert.equal(texts(), "late\n");
    });
  }

  it("an event that a cell sends itself leaves the cell its own output", async () => {
    await kernel.run(
      'import { EventEmitter as Emitter } from "node:events"; const bus = new Emitter(); bus.on("x", () => undefined);',
    );
    const { stdout } = await kernel.run(
      'bus.emit("x"); console.log("a"); await null; bus.emit("x"); console.log("b"); await new Promise((r) => setTimeout(r, 5)); bus.emit("x"); console.log("c");',
    );
    assert.equal(stdout, "a\nb\nc\n");
  });

  it("subshells are refused, in words", async () => {
    const reply = await kernel.request("create_subshell_request", {}, { channel: "control" });
    assert.equal(reply.content["status"], "error");
    assert.match(String(reply.content["evalue"]), /no subshells/);
  });

  it("what no further line can mend is invalid", async () => {
    const hopeless = ['"abc', "}", "else", "else { }", "1 1", "var x y", "{ ]", "/abc", "1e", "#"];
    for (const code of [...hopeless, '"\\u{', "if x", "f(a b"]) {
      const reply = await kernel.request("is_complete_request", { code });
      assert.equal(reply.content["status"], "invalid", code);
    }
    const half = [
      "if (x) {",
      "`a",
      "f(",
      "const x =",
      "const",
      "export",
      "import",
      "await",
      "/* a",
    ];
    for (const code of [...half, "function f()", "<div>", "const x = <p>a</p> || <>"]) {
      const reply = await kernel.request("is_complete_request", { code });
      assert.equal(reply.content["status"], "incomplete", code);
    }
  });

  it("inspect finds the function whose arguments are being written, and nothing for an unknown name", async () => {
    const inspect = async (code: string): Promise<unknown> =>
      (await kernel.request("inspect_request", { code, cursor_pos: code.length })).content;
    assert.match(
      JSON.stringify(await inspect("Math.max(1, ")),
      /max\(\.\.\.values: number\[\]\): number/,
    );
    await kernel.run("interface Person { age: number } const ada: Person = { age: 36 };");
    await kernel.run("function greet(whom: Person, how: string) {}");
    const written = { "greet(ada, ": /^greet\(whom: Person, how: string\): void$/ };
    const named = {
      ada: /^const ada: Person$/,
      greet: /^function greet\(whom: Person, how: string\): void$/,
    };
    for (const [code, right] of Object.entries({ ...written, ...named })) {
      const { data } = (await inspect(code)) as { data: Record<string, string> };
      assert.match(data["text/plain"] ?? "", right);
    }
    assert.deepEqual(await inspect("nothingOfThatName"), {
      ...{ status: "ok", found: false, data: {}, metadata: {} },
    });
  });

  it("an import's path is completed: files, and packages", async () => {
    const matches = async (code: string): Promise<unknown> =>
      (await kernel.request("complete_request", { code, cursor_pos: code.length })).content[
        "matches"
      ];
    assert.deepEqual(await matches('import {} from "./conn'), ["connection.json"]);
    assert.deepEqual(await matches('import x from "mathj'), ["mathjs"]);
  });

  it("user expressions come with the reply", async () => {
    const { exchange } = await kernel.run("const base = 20;", {
      user_expressions: { twice: "base * 2", wrong: "nothing" },
    });
    const expressions = exchange.reply.content["user_expressions"] as Record<
      string,
      Record<string, unknown>
    >;
    assert.deepEqual(expressions["twice"], {
      status: "ok",
      data: { "text/plain": "40" },
      metadata: {},
    });
    assert.equal(expressions["wrong"]!["status"], "error");
  });

  it("one value shows itself as several MIME types", async () => {
    const report = await kernel.run(
      '({ async [Symbol.for("Jupyter.display")]() { return { "application/vnd.vegalite.v5+json": { mark: "bar" }, "image/svg+xml": "<svg/>", "text/plain": "a bar" }; } })',
    );
    assert.deepEqual(report.data, {
      "application/vnd.vegalite.v5+json": { mark: "bar" },
      "image/svg+xml": "<svg/>",
      "text/plain": "a bar",
    });
  });

  it("a display is updated under its id", async () => {
    const { exchange } = await kernel.run(
      `${hook}.display({ "text/html": "<b>1</b>" }, { display_id: "bar" });\n` +
        `${hook}.display({ "text/html": "<b>2</b>" }, { display_id: "bar", update: true });`,
    );
    const shown = exchange.published.filter(({ header }) => /display_data/.test(header.msg_type));
    assert.deepEqual(types(shown), ["display_data", "update_display_data"]);
    for (const { content } of shown) assert.deepEqual(content["transient"], { display_id: "bar" });
  });

  it("tslab's own display shows in the notebook too", async () => {
    const { exchange } = await kernel.run(
      'import { display } from "tslab"; display.html("<i>x</i>");',
    );
    const shown = exchange.published.find(({ header }) => header.msg_type === "display_data");
    assert.equal((shown?.content["data"] as Record<string, unknown>)["text/html"], "<i>x</i>");
  });

  it("cells that print much after one another each have what they printed, all of it", async () => {
    for (let round = 0; round < 6; round++) {
      const lines = await kernel.run("for (let i = 0; i < 3000; i++) console.log(i);");
      assert.equal(lines.stdout.length, 13_890);
      const dots = await kernel.run('for (let i = 0; i < 1500; i++) process.stdout.write(".");');
      assert.equal(dots.stdout, ".".repeat(1500));
    }
  });

  it("what a cell prints is its own while an earlier cell goes on for ever", async () => {
    await kernel.run(
      "let goesOn = true; const tick = () => { if (goesOn) setImmediate(tick); }; tick();",
    );
    for (let round = 0; round < 5; round++)
      assert.equal((await kernel.run('console.log("mine"); 0')).stdout, "mine\n");
    await kernel.run("goesOn = false");
  });

  it("a prompt asks the user and gives the answer to the cell", async () => {
    kernel.answers.push("Ada");
    assert.equal(
      (await kernel.run('const who = await prompt("Your name? "); who')).result,
      "'Ada'",
    );
    assert.equal(kernel.prompts.at(-1)?.content["prompt"], "Your name? ");
    const refused = await kernel.run('await prompt("?")', { allow_stdin: false });
    assert.match(refused.evalue, /takes no input/);
  });

  it("an unanswered prompt can be interrupted", async () => {
    const id = await kernel.begin('await prompt("never")');
    await kernel.until(() => kernel.prompts.at(-1)?.content["prompt"] === "never");
    await kernel.request("interrupt_request", {}, { channel: "control" });
    assert.equal((await kernel.exchange(id)).reply.content["ename"], "Interrupted");
  });

  it("inspect shows type, formula and shapes of a function of the library", async () => {
    await kernel.run('import { softmax } from "unrolled";');
    const reply = await kernel.request("inspect_request", {
      code: "softmax(",
      cursor_pos: 8,
      detail_level: 0,
    });
    const text = String((reply.content["data"] as Record<string, unknown>)["text/plain"]);
    assert.match(text, /softmax/);
    assert.match(text, /exp|Σ|column/);
  });

  it("cursor positions count code points, also behind a pair of surrogates", async () => {
    const code = '"𝑎𝑏"; Math.sq';
    const reply = await kernel.request("complete_request", {
      code,
      cursor_pos: Array.from(code).length,
    });
    assert.deepEqual(reply.content["matches"], ["sqrt"]);
    assert.equal(reply.content["cursor_end"], Array.from(code).length);
    assert.equal(reply.content["cursor_start"], Array.from(code).length - 2);
  });

  it("output is cut where a notebook could no longer be opened, with a word about it", async () => {
    const long = await kernel.run(
      '"x".repeat(3_000_000).split("")[0] + "y".repeat(0); ({ toString: 1, text: "z".repeat(10) })',
    );
    assert.equal(long.status, "ok");
    const printed = await kernel.run(
      'for (let i = 0; i < 100; i++) console.log("x".repeat(100_000));',
    );
    assert.ok(printed.stdout.length < 4_100_000);
    assert.match(printed.stdout, /the rest of this cell's stdout is not shown/);
    const bundle = await kernel.run(`${hook}.display({ "text/html": "x".repeat(60_000_000) })`);
    assert.match(
      JSON.stringify(bundle.exchange.published.map(({ content }) => content)),
      /not shown: the output has 60 MB/,
    );
  });

  describe("bad input never ends it", () => {
    afterEach(async () => {
      assert.equal((await kernel.run("1 + 1")).result, "2");
    });

    it("a wrong signature is dropped and logged", async () => {
      const header = newHeader("execute_request", "intruder");
      const content = { code: "globalThis.intruded = true;", silent: false };
      await kernel.sendRaw(encodeMessage([], header, {}, content, {}, "another key"));
      await kernel.until(() => /signature is wrong/.test(kernel.log));
      assert.equal((await kernel.run("(globalThis as any).intruded")).result, undefined);
    });

    it("frames that are no message are dropped and logged", async () => {
      for (const frames of [
        ["nonsense"],
        ["<IDS|MSG>"],
        ["<IDS|MSG>", "", "{}", "{}"],
        ["<IDS|MSG>", "", "not json", "{}", "{}", "{}"],
        [Buffer.alloc(0)],
        [Buffer.from([0xff, 0xfe, 0x00])],
      ]) {
        await kernel.sendRaw(frames);
        await kernel.sendRaw(frames, "control");
      }
      await kernel.until(() => (kernel.log.match(/dropped/g) ?? []).length >= 12);
    });

    it("signed parts that are not objects, and contents of the wrong types", async () => {
      for (const content of [{}, { code: 5 }, { code: null }, { code: "1", user_expressions: 7 }]) {
        await kernel.exchange(await kernel.send("execute_request", content));
      }
      for (const type of [
        "complete_request",
        "inspect_request",
        "is_complete_request",
        "history_request",
      ]) {
        await kernel.request(type, {});
        await kernel.request(type, {
          code: "f(",
          cursor_pos: 1e9,
          n: "x",
          hist_access_type: [],
          pattern: 3,
        });
        await kernel.request(type, { code: "", cursor_pos: -5 });
      }
    });

    it("an unknown message type leaves the kernel idle", async () => {
      const id = await kernel.send("launch_request", {});
      await kernel.until(() =>
        kernel.published(id).some(({ content }) => content["execution_state"] === "idle"),
      );
    });

    it("a cell of a megabyte, null bytes and half a pair of surrogates", async () => {
      const big = await kernel.run(
        `const big = ${JSON.stringify("x".repeat(1_000_000))}; big.length`,
      );
      assert.equal(big.result, "1000000");
      const junk = await kernel.run("(".repeat(5000));
      assert.equal(junk.status, "error");
      assert.equal((await kernel.run("const a = 1;\0")).status, "error");
      assert.equal((await kernel.run('"a\0b".length')).status, "ok");
      assert.equal((await kernel.run('"\ud800"')).status, "ok");
      const printed = await kernel.run('console.log("\\ud800|"); "\\udc00"');
      assert.match(printed.stdout, /^\ufffd\|/);
    });
  });

  it("the connection file is private once the kernel has read it", async () => {
    const file = kernel.process.spawnargs.at(-1)!;
    assert.equal(statSync(file).mode & 0o077, 0);
  });

  it("what was published before anybody listened arrives when the first one does", async () => {
    const other = await KernelClient.start({ listenLater: true });
    try {
      const id = await other.begin("console.log('early'); 6 * 7");
      await other.until(() => other.replied(id));
      other.listen();
      const { published } = await other.exchange(id, 4000);
      assert.deepEqual(types(published), [
        "status",
        "execute_input",
        "stream",
        "execute_result",
        "status",
      ]);
    } finally {
      await other.stop();
    }
  });

  it("replies and the end wait for nobody who listens", async () => {
    const other = await KernelClient.start({ listenLater: true });
    const started = performance.now();
    assert.equal((await other.request("kernel_info_request", {})).content["status"], "ok");
    await other.request("shutdown_request", { restart: false }, { channel: "control" });
    while (!other.exited && performance.now() - started < 10_000) await sleep(20);
    assert.equal(other.exited, true);
    assert.ok(performance.now() - started < 3000, "it waited for somebody who listens");
    await other.stop();
  });

  it("a shutdown is answered and the process ends", async () => {
    const other = await KernelClient.start();
    const loop = await other.begin('console.log("in the loop"); while (true) {}');
    await other.until(() => other.published(loop).some(({ content }) => "text" in content));
    const reply = await other.request(
      "shutdown_request",
      { restart: true },
      { channel: "control" },
    );
    assert.deepEqual(reply.content, { status: "ok", restart: true });
    const end = Date.now() + 5000;
    while (!other.exited && Date.now() < end) await sleep(20);
    assert.equal(other.exited, true);
    assert.equal(other.process.exitCode, 0);
    await other.stop();
  });

  it("2000 cells of mixed kinds: no reply is lost, their order is kept, memory stays bounded", async function () {
    this.timeout(240_000);
    const soak = await KernelClient.start();
    try {
      const kinds: ((i: number) => string)[] = [
        (i) => `${i}`,
        (i) => `const v${i % 20} = ${i}; v${i % 20}`,
        (i) => `console.log(${i});`,
        (i) => `throw new Error("${i}");`,
        (i) => `await Promise.resolve(${i})`,
        (i) => `function f${i % 10}(): number { return ${i}; }\nf${i % 10}()`,
        () => "const n: number = 'text';",
        (i) => `import { Mat } from "unrolled"; Mat.zeros(1, ${1 + (i % 3)}).cols`,
      ];
      const batch = 100;
      let middle = 0;
      for (let start = 0; start < 2000; start += batch) {
        const ids: string[] = [];
        for (let i = start; i < start + batch; i++) {
          ids.push(await soak.begin(kinds[i % kinds.length]!(i), { stop_on_error: false }));
        }
        for (const [offset, id] of ids.entries()) {
          const i = start + offset;
          const { reply, published } = await soak.exchange(id, 60_000);
          const expected = [3, 6].includes(i % kinds.length) ? "error" : "ok";
          assert.equal(
            reply.content["status"],
            expected,
            `cell ${i}: ${JSON.stringify(reply.content)}`,
          );
          assert.equal(reply.content["execution_count"], i + 1);
          if (i % kinds.length === 2) {
            assert.ok(published.some(({ content }) => content["text"] === `${i}\n`));
          }
        }
        if (start === 1000) middle = await livingMegabytes(soak);
      }
      const end = await livingMegabytes(soak);
      assert.ok(end < middle + 20, `grew from ${middle} to ${end} MB in the second thousand`);
    } finally {
      await soak.stop();
    }
  });
});

/** What the thread that runs cells holds, without garbage: V8 lets some hundred megabytes of that gather. */
async function livingMegabytes(client: KernelClient): Promise<number> {
  const living = `(() => {
    const { getBuiltinModule } = (globalThis as any).process;
    const { getHeapStatistics, setFlagsFromString } = getBuiltinModule("node:v8");
    setFlagsFromString("--expose-gc");
    getBuiltinModule("node:vm").runInNewContext("gc")();
    const { used_heap_size, external_memory } = getHeapStatistics();
    return (used_heap_size + external_memory) / 1e6;
  })()`;
  const content = { code: "", silent: true, user_expressions: { living } };
  const { content: reply } = await client.request("execute_request", content);
  const answer = (reply["user_expressions"] as { living: { data: Record<string, string> } }).living;
  return Number(answer.data["text/plain"]);
}
