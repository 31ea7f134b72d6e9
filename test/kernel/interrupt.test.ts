import assert from "node:assert/strict";
import { KernelClient, sleep } from "./kernelClient.js";

describe("kernel: an interrupt stops a cell and keeps what earlier cells made", function () {
  this.timeout(40_000);
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
    await kernel.run("let kept = 41; kept += 1;");
  });
  after(() => kernel.stop());

  const endless: Readonly<Record<string, string>> = {
    "a synchronous loop": "while (true) {}",
    "a loop that swallows exceptions":
      "while (true) { try { while (true) {} } catch {} finally {} }",
    "a loop after an await": "await Promise.resolve(); while (true) {}",
    "a loop in a timer":
      "await new Promise<void>(() => { setTimeout(() => { while (true) {} }, 1); });",
    "a promise chain":
      "const again = (): Promise<void> => Promise.resolve().then(again); await again();",
    "a microtask loop": "while (true) await null;",
    "a pending await": "await new Promise(() => {});",
    "a regular expression gone wild": '/^(a+)+$/.test("a".repeat(40) + "b")',
    "a generator without end":
      "function* g() { while (true) yield 1; } for (const x of g()) { x; }",
  };
  for (const [what, code] of Object.entries(endless)) {
    it(what, async () => {
      const id = await kernel.begin(code);
      await sleep(400);
      assert.equal(
        kernel.published(id).some(({ content }) => content["execution_state"] === "idle"),
        false,
      );
      const start = Date.now();
      const interrupted = await kernel.request("interrupt_request", {}, { channel: "control" });
      assert.equal(interrupted.content["status"], "ok");
      const { reply } = await kernel.exchange(id);
      assert.equal(reply.content["status"], "error");
      assert.equal(reply.content["ename"], "Interrupted");
      assert.ok(Date.now() - start < 3000, `took ${Date.now() - start} ms`);
      assert.equal((await kernel.run("kept")).result, "42");
    });
  }

  for (const first of [undefined, "while (true) {}", "await new Promise(() => {})"]) {
    it(`an interrupt of ${first ?? "nothing"} while the kernel starts leaves it as it is`, async function () {
      this.timeout(60_000);
      const young = await KernelClient.start();
      try {
        const id = first === undefined ? undefined : await young.begin(first);
        const { content } = await young.request("interrupt_request", {}, { channel: "control" });
        assert.equal(content["status"], "ok");
        if (id !== undefined)
          assert.equal((await young.exchange(id)).reply.content["ename"], "Interrupted");
        assert.equal((await young.run("2 + 2")).result, "4");
      } finally {
        await young.stop();
      }
    });
  }

  it("heartbeat and kernel info on the control channel are answered during a loop", async () => {
    const id = await kernel.begin("while (true) {}");
    await sleep(200);
    assert.ok((await kernel.beat()) < 1000);
    const info = await kernel.request("kernel_info_request", {}, { channel: "control" });
    assert.equal(info.content["status"], "ok");
    await kernel.request("interrupt_request", {}, { channel: "control" });
    await kernel.exchange(id);
  });

  it("output printed before the loop arrives while the loop runs", async () => {
    const id = await kernel.begin('console.log("before"); while (true) {}');
    await kernel.until(() =>
      kernel.published(id).some(({ content }) => content["text"] === "before\n"),
    );
    await kernel.request("interrupt_request", {}, { channel: "control" });
    await kernel.exchange(id);
  });

  it("a loop that prints is stopped as soon as others, and what it printed is there", async () => {
    const id = await kernel.begin("for (let i = 0; ; i++) console.log(i);");
    await sleep(800);
    const start = Date.now();
    await kernel.request("interrupt_request", {}, { channel: "control" });
    await kernel.exchange(id);
    assert.ok(Date.now() - start < 6000, `took ${Date.now() - start} ms`);
    const printed = kernel.published(id).map(({ content }) => String(content["text"] ?? ""));
    assert.match(printed.join(""), /^0\n1\n2\n/);
    assert.equal((await kernel.run("kept")).result, "42");
  });

  it("a program that a cell waits for is ended with it, those that run beside it go on", async () => {
    await kernel.run(
      'const programs = require("node:child_process"); const beside = programs.spawn("sleep", ["60"]);',
    );
    for (const code of [
      'programs.execSync("sleep 60; true")',
      'programs.spawnSync("sh", ["-c", "trap : INT; sleep 60; sleep 60"], { stdio: "inherit" })',
    ]) {
      const id = await kernel.begin(code);
      await sleep(500);
      await kernel.request("interrupt_request", {}, { channel: "control" });
      assert.equal((await kernel.exchange(id)).reply.content["ename"], "Interrupted");
      assert.equal(
        (await kernel.run("[beside.exitCode, beside.signalCode]")).result,
        "[ null, null ]",
      );
    }
    await kernel.run("beside.kill()");
  });

  it("an interrupt of an idle kernel does no harm", async () => {
    for (let i = 0; i < 5; i++) {
      await kernel.request("interrupt_request", {}, { channel: "control" });
      assert.equal((await kernel.run("kept")).result, "42");
    }
  });

  it("a cell that is stopped before it begins does not begin", async () => {
    // Both messages have come by the time that the thread takes the first one.
    await kernel.run(
      "setTimeout(() => { const end = Date.now() + 60; while (Date.now() < end); }, 20);",
    );
    await sleep(25);
    const id = await kernel.begin("kept = 0; while (true) {}");
    await kernel.request("interrupt_request", {}, { channel: "control" });
    assert.equal((await kernel.exchange(id)).reply.content["ename"], "Interrupted");
    assert.equal((await kernel.run("kept", {}, 5000)).result, "42");
  });

  it("a loop in a timer whose cell has ended is stopped too", async () => {
    await kernel.run("setTimeout(() => { while (true) {} }, 50);");
    await sleep(300);
    await kernel.request("interrupt_request", {}, { channel: "control" });
    assert.equal((await kernel.run("kept")).result, "42");
  });

  it("cells that wait behind an interrupted one are aborted, later ones run", async () => {
    const first = await kernel.begin("while (true) {}");
    const second = await kernel.begin("kept = 0;");
    await sleep(300);
    await kernel.request("interrupt_request", {}, { channel: "control" });
    assert.equal((await kernel.exchange(first)).reply.content["status"], "error");
    assert.equal((await kernel.exchange(second)).reply.content["status"], "aborted");
    assert.equal((await kernel.run("kept")).result, "42");
  });

  it("a training shows its loss while it runs, and keeps what it has learned so far", async () => {
    await kernel.run(`
      import { liveLoss, Mat, train } from "unrolled";
      const learn = (steps: number, onStep?: (step: { loss: number; parameters: { w: Mat } }) => void) =>
        train({
          parameters: { w: Mat.from([[3]]) },
          lossAndGradients: ({ w }) => ({ total: w.get(0, 0) ** 2, gradients: { dw: w.times(2) } }),
          steps,
          onStep,
        });
    `);
    const id = await kernel.begin(`
      const live = liveLoss<{ w: Mat }>("a bowl", 200_000);
      learn(200_000, live.onStep);
    `);
    await kernel.until(() =>
      kernel.published(id).some(({ header }) => header.msg_type === "update_display_data"),
    );
    await kernel.request("interrupt_request", {}, { channel: "control" });
    const { reply } = await kernel.exchange(id);
    assert.equal(reply.content["ename"], "Interrupted");
    const sameAsAfter = await kernel.run(`
      const { length } = live.losses; // stopped between two lines, it may be one step ahead of the parameters
      [length - 1, length].filter((steps) => learn(steps).parameters.w.get(0, 0) === live.parameters!.w.get(0, 0)).length > 0
    `);
    assert.equal(sameAsAfter.result, "true");
  });
});
