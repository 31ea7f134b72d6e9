/** A front end for tests: starts a kernel as Jupyter does and speaks the protocol with it. */
import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Request, Subscriber } from "zeromq";
import { installKernelspec } from "../../src/kernel/start/kernelspec.js";
import {
  decodeMessage,
  encodeMessage,
  newHeader,
  type Incoming,
} from "../../src/kernel/protocol/wire.js";

/** Everything that one request brought: the reply and, in order, what was published under it. */
export interface Exchange {
  readonly reply: Incoming;
  readonly published: readonly Incoming[];
}

/** What a test usually looks at. */
export interface CellReport {
  readonly status: string;
  readonly stdout: string;
  readonly stderr: string;
  /** `text/plain` of the result. */
  readonly result: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
  readonly ename: string;
  readonly evalue: string;
  /** Without colours. */
  readonly traceback: string;
  readonly exchange: Exchange;
}

/** How to start a kernel: the `argv` of its kernelspec. */
export interface StartOptions {
  readonly argv?: readonly string[];
  readonly folder?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Connects to iopub only when {@link KernelClient.listen} is called. */
  readonly listenLater?: boolean;
}

/** The `argv` of our own kernelspec. */
export function ownArgv(): readonly string[] {
  const prefix = mkdtempSync(join(tmpdir(), "unrolled-spec-"));
  try {
    const folder = installKernelspec({ prefix });
    const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")) as {
      argv: string[];
    };
    return spec.argv;
  } finally {
    rmSync(prefix, { recursive: true });
  }
}

/** ZeroMQ tries to connect every 100 ms, which would blur what is measured: the kernel's start. */
const socketOptions = { linger: 0, reconnectInterval: 5 };

/** A running kernel. */
export class KernelClient {
  readonly process: ChildProcess;
  readonly folder: string;
  readonly key: string;
  readonly ports: readonly number[];
  /** What the process wrote to its own standard error. */
  log = "";
  /** Milliseconds from the start of the process to its first reply. */
  firstReplyAfter = 0;
  readonly #started = performance.now();
  #exited = false;
  readonly #temporary: string;
  readonly #shell = new Dealer({ ...socketOptions, routingId: `test-${randomUUID()}` });
  readonly #control = new Dealer(socketOptions);
  readonly #stdin: Dealer;
  readonly #iopub = new Subscriber({ ...socketOptions, receiveHighWaterMark: 0 });
  readonly #heartbeat = new Request(socketOptions);
  readonly #session = randomUUID();
  readonly #published: Incoming[] = [];
  readonly #replies = new Map<string, Incoming>();
  readonly #waiting = new Set<() => void>();
  /** Answers to `input_request`, in their order. */
  readonly answers: string[] = [];
  readonly prompts: Incoming[] = [];

  private constructor(options: StartOptions, ports: readonly number[]) {
    this.#temporary = mkdtempSync(join(tmpdir(), "unrolled-kernel-"));
    this.folder = options.folder ?? this.#temporary;
    this.key = randomUUID();
    this.ports = ports;
    const [shell, control, stdin, iopub, hb] = ports;
    const file = join(this.#temporary, "connection.json");
    writeFileSync(
      file,
      JSON.stringify({
        transport: "tcp",
        ip: "127.0.0.1",
        signature_scheme: "hmac-sha256",
        key: this.key,
        shell_port: shell,
        control_port: control,
        stdin_port: stdin,
        iopub_port: iopub,
        hb_port: hb,
      }),
    );
    const [program, ...rest] = (options.argv ?? ownArgv()).map((part) =>
      part.replace("{connection_file}", file),
    );
    this.process = spawn(program!, rest, {
      cwd: this.folder,
      env: options.env ?? process.env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.process.stderr!.on("data", (chunk: Buffer) => {
      this.log += chunk.toString();
    });
    this.process.on("exit", () => {
      this.#exited = true;
    });
    this.#stdin = new Dealer({ ...socketOptions, routingId: this.#shell.routingId! });
  }

  /** Starts a kernel and waits until it answers. */
  static async start(options: StartOptions = {}): Promise<KernelClient> {
    const client = new KernelClient(options, await freePorts(5));
    await client.#connect(options.listenLater ?? false);
    return client;
  }

  /** Connects to iopub. */
  listen(): void {
    this.#iopub.connect(this.#address(3));
    this.#iopub.subscribe();
    void this.#read(this.#iopub, "published");
  }

  #address(i: number): string {
    return `tcp://127.0.0.1:${this.ports[i]}`;
  }

  async #connect(listenLater: boolean): Promise<void> {
    const address = (i: number): string => this.#address(i);
    if (!listenLater) this.listen();
    this.#shell.connect(address(0));
    this.#control.connect(address(1));
    this.#stdin.connect(address(2));
    this.#heartbeat.connect(address(4));
    for (const socket of [this.#shell, this.#control]) void this.#read(socket, "reply");
    void this.#read(this.#stdin, "prompt");
    // A kernel that is still binding its sockets may lose a request, as the stock tslab does.
    const ask = (): Promise<unknown> => this.send("kernel_info_request", {});
    const again = setInterval(() => void ask(), 500);
    try {
      await ask();
      await this.until(() => this.#replies.size > 0, 30_000);
    } finally {
      clearInterval(again);
    }
    this.firstReplyAfter = performance.now() - this.#started;
    if (listenLater) return;
    // Other kernels' first reply can come before the subscription does: ask until the outputs arrive too.
    for (let tries = 0; this.#published.length === 0 && tries < 1000; tries++) {
      await this.request("kernel_info_request", {});
      await sleep(5);
    }
  }

  async #read(socket: Dealer | Subscriber, kind: "reply" | "published" | "prompt"): Promise<void> {
    try {
      for await (const frames of socket) {
        const message = decodeMessage(frames, this.key);
        if (kind === "published") this.#published.push(message);
        if (kind === "reply") this.#replies.set(message.parentHeader.msg_id!, message);
        if (kind === "prompt") {
          this.prompts.push(message);
          const value = this.answers.shift();
          if (value !== undefined) await this.#answer(message, value);
        }
        for (const wake of this.#waiting) wake();
      }
    } catch {
      // The socket was closed.
    }
  }

  async #answer(request: Incoming, value: string): Promise<void> {
    const header = newHeader("input_reply", this.#session);
    await this.#stdin.send(encodeMessage([], header, request.header, { value }, {}, this.key));
  }

  /** Sends a request; the id under which its reply will come. */
  async send(
    type: string,
    content: object,
    channel: "shell" | "control" = "shell",
    buffers: readonly Uint8Array[] = [],
  ): Promise<string> {
    const header = newHeader(type, this.#session);
    const socket = channel === "shell" ? this.#shell : this.#control;
    await socket.send(encodeMessage([], header, {}, content, {}, this.key, buffers));
    return header.msg_id;
  }

  /** Sends frames as they are. */
  async sendRaw(
    frames: (Buffer | string)[],
    channel: "shell" | "control" = "shell",
  ): Promise<void> {
    await (channel === "shell" ? this.#shell : this.#control).send(frames);
  }

  /** Waits for the reply to a request and for the `idle` that ends its outputs. */
  async exchange(id: string, timeout = 20_000): Promise<Exchange> {
    const idle = (message: Incoming): boolean =>
      message.parentHeader.msg_id === id && message.content["execution_state"] === "idle";
    await this.until(() => this.#replies.has(id) && this.#published.some(idle), timeout);
    return {
      reply: this.#replies.get(id)!,
      published: this.#published.filter((message) => message.parentHeader.msg_id === id),
    };
  }

  /** A request and all that came of it. */
  async request(
    type: string,
    content: object,
    options: { readonly channel?: "shell" | "control"; readonly timeout?: number } = {},
  ): Promise<Incoming> {
    const id = await this.send(type, content, options.channel);
    await this.until(() => this.#replies.has(id), options.timeout ?? 20_000);
    return this.#replies.get(id)!;
  }

  /** Whether a request's reply is there. */
  replied(id: string): boolean {
    return this.#replies.has(id);
  }

  /** Starts a cell; its id. */
  begin(code: string, options: object = {}): Promise<string> {
    const defaults = {
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: true,
      stop_on_error: true,
    };
    return this.send("execute_request", { code, ...defaults, ...options });
  }

  /** Runs a cell to its end. */
  async run(code: string, options: object = {}, timeout = 20_000): Promise<CellReport> {
    return report(await this.exchange(await this.begin(code, options), timeout));
  }

  /** What was published so far under a request. */
  published(id: string): readonly Incoming[] {
    return this.#published.filter((message) => message.parentHeader.msg_id === id);
  }

  /** What was published so far. */
  all(): readonly Incoming[] {
    return this.#published;
  }

  /** Sends a heartbeat; the milliseconds until its echo. */
  async beat(): Promise<number> {
    const start = performance.now();
    await this.#heartbeat.send("ping");
    await this.#heartbeat.receive();
    return performance.now() - start;
  }

  /** Waits for something to come true. */
  async until(condition: () => boolean, timeout = 20_000): Promise<void> {
    const end = Date.now() + timeout;
    while (!condition()) {
      if (this.#exited) throw new Error(`the kernel has ended: ${this.log}`);
      if (Date.now() > end) throw new Error(`nothing came within ${timeout} ms: ${this.log}`);
      await new Promise<void>((resume) => {
        const timer = setTimeout(done, 200);
        const waiting = this.#waiting;
        waiting.add(done);
        function done(): void {
          clearTimeout(timer);
          waiting.delete(done);
          resume();
        }
      });
    }
  }

  get exited(): boolean {
    return this.#exited;
  }

  /** Ends the kernel. */
  async stop(): Promise<void> {
    if (!this.#exited) {
      await this.request(
        "shutdown_request",
        { restart: false },
        { channel: "control", timeout: 3000 },
      ).catch(() => undefined);
      const end = Date.now() + 3000;
      while (!this.#exited && Date.now() < end) await sleep(10);
      if (!this.#exited) this.process.kill("SIGKILL");
    }
    for (const socket of [this.#shell, this.#control, this.#stdin, this.#iopub, this.#heartbeat]) {
      socket.close();
    }
    if (existsSync(this.#temporary)) rmSync(this.#temporary, { recursive: true });
  }
}

/** Waits. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, milliseconds));
}

function report(exchange: Exchange): CellReport {
  const { reply, published } = exchange;
  const stream = (name: string): string =>
    published
      .filter(({ header, content }) => header.msg_type === "stream" && content["name"] === name)
      .map(({ content }) => String(content["text"]))
      .join("");
  const result = published.find(({ header }) => header.msg_type === "execute_result");
  const data = (result?.content["data"] ?? {}) as Record<string, unknown>;
  const traceback = (reply.content["traceback"] ?? []) as string[];
  return {
    status: String(reply.content["status"]),
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    result: data["text/plain"] as string | undefined,
    data,
    ename: String(reply.content["ename"] ?? ""),
    evalue: String(reply.content["evalue"] ?? ""),
    // eslint-disable-next-line no-control-regex -- colours are control characters
    traceback: traceback.join("\n").replace(/\u001b\[\d+m/g, ""),
    exchange,
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
