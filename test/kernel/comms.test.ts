import assert from "node:assert/strict";
import type { Incoming } from "../../src/kernel/protocol/wire.js";
import { KernelClient } from "./kernelClient.js";

const imports = 'import { openComm, registerTarget } from "unrolled/display";';

describe("kernel: comms", function () {
  this.timeout(40_000);
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
    const { status, traceback } = await kernel.run(imports);
    assert.equal(status, "ok", traceback);
  });
  after(() => kernel.stop());

  const commsOf = (messages: readonly Incoming[]): readonly Incoming[] =>
    messages.filter(({ header }) => header.msg_type.startsWith("comm_"));
  const printed = (id: string): string =>
    kernel
      .published(id)
      .map(({ content }) => String(content["text"] ?? ""))
      .join("");
  const tell = async (type: string, content: object, buffers?: Uint8Array[]): Promise<string> => {
    const id = await kernel.send(type, content, "shell", buffers);
    const idle = ({ content: { execution_state } }: Incoming): boolean =>
      execution_state === "idle";
    await kernel.until(() => kernel.published(id).some(idle));
    return id;
  };
  const opened = async (code: string): Promise<{ cell: string; comm: string }> => {
    const cell = await kernel.begin(code);
    await kernel.exchange(cell);
    const [message] = commsOf(kernel.published(cell));
    return { cell, comm: String(message!.content["comm_id"]) };
  };

  it("a cell opens one, sends JSON with metadata and bytes, and closes it", async () => {
    const { exchange, traceback } = await kernel.run(
      'const first = openComm("page.first", { a: 1 }, { metadata: { version: "2.1.0" } });\n' +
        "first.send({ b: [2] }, { buffers: [new Uint8Array([1, 2, 3])] });\nfirst.close({ c: 3 });",
    );
    const [open, message, close] = commsOf(exchange.published);
    assert.equal(open?.header.msg_type, "comm_open", traceback);
    assert.equal(open.content["target_name"], "page.first");
    assert.deepEqual(open.content["data"], { a: 1 });
    assert.deepEqual(open.metadata, { version: "2.1.0" });
    const id = open.content["comm_id"];
    assert.deepEqual(message!.content, { comm_id: id, data: { b: [2] } });
    assert.deepEqual(
      message!.buffers.map((part) => [...part]),
      [[1, 2, 3]],
    );
    assert.equal(close!.header.msg_type, "comm_close");
    assert.deepEqual(close!.content, { comm_id: id, data: { c: 3 } });
  });

  it("bytes are sent as they lie in what holds them; what holds none is refused", async () => {
    const { exchange, traceback } = await kernel.run(`
      const floats = new Float32Array([0, 1.5, 2]);
      const holders = [floats.subarray(1, 2), new DataView(floats.buffer, 4, 4), floats.buffer.slice(4, 8), new SharedArrayBuffer(1)];
      openComm("page.bytes").send({}, { buffers: holders }); floats.fill(9);`);
    const [, message] = commsOf(exchange.published);
    const half = [...new Uint8Array(new Float32Array([1.5]).buffer)];
    assert.deepEqual(
      message?.buffers.map((part) => [...part]),
      [half, half, half, [0]],
      traceback,
    );
    const { evalue } = await kernel.run(
      'openComm("page.bytes").send({}, { buffers: ["abc"] as any })',
    );
    assert.match(evalue, /^comm_msg to page.bytes: buffers\[0\] holds no bytes: .* got string; /);
  });

  it("what the page sends reaches the cell's handler, and what that prints stands under its cell", async () => {
    const { cell, comm } = await opened(
      'const counter = openComm("page.counter");\ncounter.onMessage(({ data, buffers }) => { console.log(data["n"], ...buffers.map((b) => b.length)); counter.send({ got: data["n"] }); });',
    );
    await kernel.run("'another cell'");
    const content = { comm_id: comm, data: { n: 7 } };
    await tell("comm_msg", content, [new Uint8Array(4)]);
    assert.equal(printed(cell), "7 4\n");
    assert.deepEqual(commsOf(kernel.published(cell)).at(-1)!.content["data"], { got: 7 });
  });

  it("the page opens one where a cell has registered its target; elsewhere it is told that nobody listens", async () => {
    await kernel.run(
      'registerTarget("cell.echo", (comm, { data }) => { comm.send({ hello: data["name"] }); comm.onMessage((m) => comm.send(m.data)); });',
    );
    const register = await kernel.begin("0");
    await kernel.exchange(register);
    const before = kernel.all().length;
    await tell("comm_open", { comm_id: "e1", target_name: "cell.echo", data: { name: "Ada" } });
    await tell("comm_msg", { comm_id: "e1", data: { x: 1 } });
    assert.deepEqual(
      commsOf(kernel.all().slice(before)).map(({ content }) => content["data"]),
      [{ hello: "Ada" }, { x: 1 }],
    );
    const lost = await tell("comm_open", { comm_id: "e2", target_name: "nobody", data: {} });
    const [answer] = commsOf(kernel.published(lost));
    assert.equal(answer!.header.msg_type, "comm_close");
    assert.equal(answer!.content["comm_id"], "e2");
  });

  it("comm_info names those that are open, all or those of one target, until either side closes them", async () => {
    const info = async (target_name?: string): Promise<unknown> =>
      (await kernel.request("comm_info_request", { target_name })).content["comms"];
    const { comm } = await opened(
      'const own = openComm("page.info"); own.onClose(() => console.log("closed"));',
    );
    assert.deepEqual(await info("page.info"), { [comm]: { target_name: "page.info" } });
    assert.ok(comm in ((await info()) as object));
    await tell("comm_close", { comm_id: comm, data: {} });
    assert.deepEqual(await info("page.info"), {});
    const { evalue } = await kernel.run("own.send({})");
    assert.match(evalue, /send: the comm to page\.info is closed/);
  });

  it("a cell that awaits a message gets it while it runs", async () => {
    const waiting = await kernel.begin(
      'const asked = openComm("page.asked");\nawait new Promise((resolve) => asked.onMessage(({ data }) => resolve(data["answer"])))',
    );
    await kernel.until(() => commsOf(kernel.published(waiting)).length > 0);
    const [open] = commsOf(kernel.published(waiting));
    await tell("comm_msg", { comm_id: open!.content["comm_id"], data: { answer: 42 } });
    const { published } = await kernel.exchange(waiting);
    const result = published.find(({ header }) => header.msg_type === "execute_result");
    assert.deepEqual(result?.content["data"], { "text/plain": "42" });
  });

  it("a handler that throws is told of under its cell; one that never ends can be interrupted", async () => {
    const { cell, comm } = await opened(
      'const bad = openComm("page.bad");\nbad.onMessage(({ data }) => { if (data["loop"]) while (true) {} else throw new Error("from the handler"); });',
    );
    await tell("comm_msg", { comm_id: comm, data: {} });
    assert.match(printed(cell), /Uncaught, in a comm's handler:[^]*from the handler/);
    await kernel.send("comm_msg", { comm_id: comm, data: { loop: true } });
    await kernel.request("interrupt_request", {}, { channel: "control" });
    assert.equal((await kernel.run("6 * 7")).result, "42");
  });

  it("one that its handler does not take, because it throws, is closed", async () => {
    await kernel.run('registerTarget("cell.bad", () => { throw new Error("not today"); });');
    const before = kernel.all().length;
    await tell("comm_open", { comm_id: "e3", target_name: "cell.bad", data: {} });
    const [answer] = commsOf(kernel.all().slice(before));
    assert.equal(answer?.header.msg_type, "comm_close");
    const { content } = await kernel.request("comm_info_request", { target_name: "cell.bad" });
    assert.deepEqual(content["comms"], {});
  });

  it("data that is no JSON is refused where it is sent", async () => {
    const { evalue } = await kernel.run('openComm("page.big", { n: 1n })');
    assert.match(evalue, /comm_open to page\.big: the data is no JSON/);
  });
});
