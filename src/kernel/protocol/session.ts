/**
 * The Jupyter protocol: one queue of shell requests answered in their order, control requests at once, and
 * every output under the request that made it.
 */
import { randomUUID } from "node:crypto";
import type { MessagePort } from "node:worker_threads";
import { CellThread } from "./cellThread.js";
import { commEventOf, contentOf, OpenComms } from "./comms.js";
import { pointsFromUnits, unitsFromPoints } from "./cursor.js";
import { History } from "./history.js";
import type { Bundle, CellOutcome, FromCells } from "./threadMessages.js";
import { newHeader, type Header, type Incoming } from "./wire.js";

/** The way out: signs and sends, logs, ends; and who is answering. */
export interface Reply {
  /** The content of a `kernel_info_reply`. */
  readonly info: object;
  send(
    channel: "shell" | "control" | "stdin" | "iopub",
    identities: readonly (Buffer | string)[],
    header: Header,
    parent: Partial<Header>,
    content: object,
    metadata: object,
    buffers?: readonly Uint8Array[],
  ): Promise<void>;
  log(text: string): void;
  close(): Promise<void>;
}

/** Cells whose late output still finds them. */
const cellsRemembered = 1000;

type RequestChannel = "shell" | "control";

/** Serves one front end or several. */
export class Session {
  readonly #id = randomUUID();
  readonly #reply: Reply;
  readonly #cells: CellThread;
  readonly #history = new History();
  readonly #queue: Incoming[] = [];
  #working = false;
  #count = 0;
  /** Cells that were waiting at this moment, when one failed, are aborted. */
  #abortBefore = 0;
  readonly #arrivals = new WeakMap<Incoming, number>();
  /** The cell whose outputs come in: the one that runs, or the last one (its timers may still print). */
  #cell: Incoming | undefined;
  /** Cells by their requests' ids: what they print late is published under them. */
  readonly #cellsById = new Map<string, Incoming>();
  readonly #comms = new OpenComms();
  /** What cells printed in this turn, as far as it belongs together. */
  #streamed: { name: string; text: string; readonly parent: Partial<Header> } | undefined;
  /** What the cell that runs has for the pager, and for the cell that the user writes next. */
  #payload: Bundle[] = [];

  constructor(port: MessagePort, heapLimit: number, reply: Reply) {
    this.#reply = reply;
    this.#cells = new CellThread(port, heapLimit, (message) => this.#output(message));
  }

  /** Tells that the kernel is there. */
  start(): void {
    this.#publish("status", { execution_state: "starting" }, {});
  }

  /** Takes a request from the shell channel. */
  shell(message: Incoming): void {
    // Who awaits a click must get it: an open comm does not wait for the cells before it.
    if (this.#comms.has(message)) return void this.#serve("shell", message);
    this.#arrivals.set(message, performance.now());
    this.#queue.push(message);
    if (!this.#working) void this.#work();
  }

  /** Takes a request from the control channel, which does not wait for cells. */
  control(message: Incoming): void {
    void this.#serve("control", message);
  }

  /** Takes an answer from the stdin channel. */
  input(message: Incoming): void {
    if (message.header.msg_type === "input_reply")
      this.#cells.input(String(message.content["value"] ?? ""));
  }

  /** Ends the process; a cell that runs is stopped first, or, when it cannot be, killed with it. */
  async end(): Promise<void> {
    const stuck = setTimeout(() => process.kill(process.pid, "SIGKILL"), 2000);
    await this.#cells.interrupt();
    clearTimeout(stuck);
    this.#flush();
    await this.#reply.close();
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      await this.#serve("shell", next);
    }
    this.#working = false;
  }

  async #serve(channel: RequestChannel, message: Incoming): Promise<void> {
    const type = message.header.msg_type;
    this.#publish("status", { execution_state: "busy" }, message.header);
    try {
      await this.#answer(channel, message);
    } catch (error) {
      const { message: evalue } = error as Error;
      this.#reply.log(`${type} failed: ${evalue}`);
      this.#send(channel, message, {
        status: "error",
        ename: "KernelError",
        evalue,
        traceback: [],
      });
    }
    this.#publish("status", { execution_state: "idle" }, message.header);
    if (type === "shutdown_request") await this.end();
  }

  async #answer(channel: RequestChannel, message: Incoming): Promise<void> {
    const { content } = message;
    const respond = (reply: object): void => this.#send(channel, message, reply);
    switch (message.header.msg_type) {
      case "kernel_info_request":
        return respond(this.#reply.info);
      case "execute_request":
        return this.#execute(message);
      case "complete_request":
        return respond(await this.#complete(content));
      case "inspect_request":
        return respond(await this.#inspect(content));
      case "is_complete_request":
        return respond(await this.#cells.call("isComplete", { code: text(content["code"]) }));
      case "history_request":
        return respond({ status: "ok", history: this.#history.answer(content) });
      case "comm_info_request":
        return respond({ status: "ok", comms: this.#comms.named(content["target_name"]) });
      case "comm_open":
      case "comm_msg":
      case "comm_close":
        return this.#comm(message);
      case "interrupt_request":
        await this.#cells.interrupt();
        return respond({ status: "ok" });
      case "shutdown_request": {
        const reply = { status: "ok", restart: content["restart"] === true };
        this.#publish("shutdown_reply", reply, message.header);
        return respond(reply);
      }
      case "create_subshell_request":
      case "delete_subshell_request":
      case "list_subshell_request":
        return respond({
          status: "error",
          ename: "NotSupported",
          evalue: "this kernel has no subshells: kernel_info does not name them",
          traceback: [],
        });
      default:
        this.#reply.log(`${message.header.msg_type} is not known: no reply`);
    }
  }

  async #execute(message: Incoming): Promise<void> {
    const { content } = message;
    if ((this.#arrivals.get(message) ?? 0) < this.#abortBefore) {
      return this.#send("shell", message, { status: "aborted", execution_count: this.#count });
    }
    const code = text(content["code"]);
    const silent = content["silent"] === true;
    let remember: (output: string) => void = () => undefined;
    if (!silent) {
      this.#count++;
      if (content["store_history"] !== false) remember = this.#history.add(this.#count, code);
      this.#publish("execute_input", { code, execution_count: this.#count }, message.header);
    }
    this.#cell = message;
    this.#cellsById.set(message.header.msg_id, message);
    if (this.#cellsById.size > cellsRemembered)
      this.#cellsById.delete(this.#cellsById.keys().next().value!);
    this.#payload = [];
    const count = this.#count;
    const outcome = await this.#cells.call("execute", {
      code,
      count,
      allowStdin: content["allow_stdin"] === true,
      cell: message.header.msg_id,
      expressions: (content["user_expressions"] ?? {}) as Record<string, string>,
    });
    if (!silent) this.#publishOutcome(outcome, count, message.header);
    if (outcome.status === "error") {
      if (content["stop_on_error"] !== false) this.#abortBefore = performance.now();
      return this.#send("shell", message, { ...outcome, execution_count: count });
    }
    if (outcome.result !== undefined) remember(String(outcome.result["text/plain"]));
    this.#send("shell", message, {
      status: "ok",
      execution_count: count,
      user_expressions: outcome.expressions,
      payload: this.#payload,
    });
  }

  #publishOutcome(outcome: CellOutcome, count: number, parent: Header): void {
    if (outcome.status === "error") {
      const { ename, evalue, traceback } = outcome;
      this.#publish("error", { ename, evalue, traceback }, parent);
    } else if (outcome.result !== undefined) {
      const result = { execution_count: count, data: outcome.result, metadata: {} };
      this.#publish("execute_result", result, parent);
    }
  }

  async #comm(message: Incoming): Promise<void> {
    const event = commEventOf(message);
    // Known before its first message, which can come while the handler of the opening still runs.
    this.#comms.note(event);
    const isTaken = await this.#cells.call("comm", event);
    if (isTaken || event.kind !== "open") return;
    this.#comms.note({ ...event, kind: "close" });
    this.#publish("comm_close", { comm_id: event.id, data: {} }, message.header);
  }

  async #complete(content: Bundle): Promise<object> {
    const code = text(content["code"]);
    const found = await this.#cells.call("complete", { code, cursor: cursorIn(code, content) });
    const start = pointsFromUnits(code, found.start);
    const end = pointsFromUnits(code, found.end);
    const kinds = found.matches.map((name, i) => ({
      text: name,
      type: found.kinds[i],
      start,
      end,
    }));
    return {
      status: "ok",
      matches: found.matches,
      cursor_start: start,
      cursor_end: end,
      metadata: { _jupyter_types_experimental: kinds },
    };
  }

  async #inspect(content: Bundle): Promise<object> {
    const code = text(content["code"]);
    const data = await this.#cells.call("inspect", { code, cursor: cursorIn(code, content) });
    return { status: "ok", found: data !== null, data: data ?? {}, metadata: {} };
  }

  #output(message: FromCells): void {
    const own = "cell" in message ? this.#cellsById.get(message.cell ?? "") : undefined;
    const cell = own ?? this.#cell;
    const parent = cell?.header ?? {};
    const silent = cell?.content["silent"] === true;
    if (silent && ["stream", "display", "clear"].includes(message.type)) return;
    switch (message.type) {
      case "stream":
        this.#stream(message.name, message.text, parent);
        break;
      case "display": {
        const transient = message.displayId === undefined ? {} : { display_id: message.displayId };
        const type = message.update ? "update_display_data" : "display_data";
        this.#publish(type, { data: message.data, metadata: message.metadata, transient }, parent);
        break;
      }
      case "page":
        this.#payload.push({ source: "page", data: message.data, start: 0 });
        break;
      case "next-input":
        this.#payload.push({
          source: "set_next_input",
          text: message.text,
          replace: message.replace,
        });
        break;
      case "comm": {
        const { event } = message;
        this.#comms.note(event);
        const { metadata, buffers } = event;
        this.#publish(`comm_${event.kind}`, contentOf(event), parent, { metadata, buffers });
        break;
      }
      case "clear":
        this.#publish("clear_output", { wait: message.wait }, parent);
        break;
      case "prompt":
        this.#ask(message.text, message.password);
        break;
    }
  }

  #ask(prompt: string, password: boolean): void {
    const cell = this.#cell;
    if (cell === undefined) return;
    this.#flush();
    const header = newHeader("input_request", this.#id);
    void this.#reply.send("stdin", cell.identities, header, cell.header, { prompt, password }, {});
  }

  /** What comes of one stream in one turn goes out as one: a loop that prints would keep this thread from an interrupt. */
  #stream(name: string, text: string, parent: Partial<Header>): void {
    const last = this.#streamed;
    if (last?.name === name && last.parent === parent) {
      last.text += text;
      return;
    }
    this.#flush();
    this.#streamed = { name, text, parent };
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    if (this.#streamed === undefined) return;
    const { name, text, parent } = this.#streamed;
    this.#streamed = undefined;
    this.#publish("stream", { name, text }, parent);
  }

  #publish(
    type: string,
    content: object,
    parent: Partial<Header>,
    extras: { readonly metadata?: object; readonly buffers?: readonly Uint8Array[] } = {},
  ): void {
    this.#flush();
    const topic = [`kernel.${this.#id}.${type}`];
    const header = newHeader(type, this.#id);
    const { metadata = {}, buffers } = extras;
    void this.#reply.send("iopub", topic, header, parent, content, metadata, buffers);
  }

  #send(channel: RequestChannel, request: Incoming, content: object): void {
    const header = newHeader(request.header.msg_type.replace(/_request$/, "_reply"), this.#id);
    void this.#reply.send(channel, request.identities, header, request.header, content, {});
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function cursorIn(code: string, content: Bundle): number {
  const cursor = content["cursor_pos"];
  return typeof cursor === "number" ? unitsFromPoints(code, cursor) : code.length;
}
