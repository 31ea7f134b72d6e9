/** The thread that runs cells: takes one call at a time off the port and sends outputs and the answer back. */
import type { MessagePort } from "node:worker_threads";
import type { EventEmitter } from "node:events";
import { createHash } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { posix } from "node:path";
import { inspect } from "node:util";
import vm from "node:vm";
import { isComplete } from "../protocol/completeness.js";
import type { Bundle, Call, FromCells, ToCells } from "../protocol/threadMessages.js";
import { rememberBuiltIns } from "../run/builtIns.js";
import { CellRunner } from "../run/cellRunner.js";
import { Comms } from "../run/comms.js";
import { ExchangeableRequire } from "./exchangeableRequire.js";
import { ModuleLoader } from "../run/modules.js";
import { Scope } from "../run/scope.js";
import { failureShown, installStackTraces, shownError } from "../run/traceback.js";
import type { Inspection } from "../compile/assistance.js";
import { followCells } from "./asyncSources.js";
import { CellContext } from "./cellContext.js";
import { captureChildProcesses } from "./childProcesses.js";
import { compiledCellsOf } from "./compiledCells.js";
import type { Making } from "./compiler.js";
import { bundleOf, textOf } from "./display.js";
import { installKernelGlobal } from "./kernelGlobal.js";
import { evaluate, isRepeated, metaOf, nodeModules, requireIn } from "./nodeModules.js";
import { makePackResolvable } from "./packResolution.js";
import { nodeFiles } from "./nodeFiles.js";
import { Packages } from "./packages.js";
import { packFolder } from "./paths.js";
import { answerQuestions } from "./questions.js";
import { makeSnapshotLater } from "./snapshotFile.js";
import { Streams } from "./streams.js";
import { connectTslabDisplay } from "./tslabDisplay.js";
import { allowTypeScriptWorkers } from "./workers.js";

/** Without a call for so long, the thread does for the compiler what kept cells saved. */
const idleMilliseconds = 300;

/**
 * Makes this thread the one that runs cells, in the process's current folder.
 *
 * @param port - leads to the protocol thread
 * @param exit - ends the process
 * @param making - makes the compiler
 * @throws Error from what it gives to cells, where nobody can answer a prompt
 */
export function serveCells(port: MessagePort, exit: (code: number) => never, making: Making): void {
  const post = (message: FromCells): void => port.postMessage(message);
  const turn = globalThis.setImmediate;
  const context = new CellContext();
  const followModule = followCells(context);
  allowTypeScriptWorkers();
  const send = (message: FromCells): void => {
    if (message.type !== "stream") streams.flush();
    const own = context.now;
    post((own === undefined ? message : { cell: own, ...message }) as FromCells);
  };
  captureChildProcesses(context, (others) => send({ type: "waits", others }));
  const folder = process.cwd();
  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
  const isFromSnapshot = process.execArgv.includes("--snapshot-blob");
  // Programs that a cell starts are to start as Node does, and not as the kernel did.
  process.execArgv = [];
  makePackResolvable();
  const compiler = making(folder, compiledCellsOf(folder), sha256);
  const { ts } = compiler.world;
  const streams = new Streams(
    send,
    () => context.now,
    (call) => turn(call),
  );
  const comms = new Comms({
    send: (event) => send({ type: "comm", event }),
    follow: (handler) => context.follow(handler),
    report: (thrown) => report("Uncaught, in a comm's handler", thrown),
  });
  const inputs: string[] = [];
  const scope = new Scope();
  const cell = posix.join(folder, "cell.ts");
  const required = new ExchangeableRequire(requireIn(compiler, cell));
  const input = installKernelGlobal(send, comms, inputs, {
    exchange: (name, valueOf) =>
      name === "require" && !scope.has(name)
        ? required.exchange(valueOf)
        : scope.exchange(name, valueOf),
    modules: () => modules,
  });
  const { kernel, check, cancel } = input;
  answerQuestions({ ask: (text) => kernel.prompt(text), check, cancel });
  const packages = new Packages(nodeFiles, [folder, packFolder]);
  const modules: ModuleLoader = new ModuleLoader(
    nodeModules(compiler, folder, (name, url) => {
      packages.use(url);
      followModule(name);
      if (name === "tslab")
        connectTslabDisplay((bundle, options) => input.kernel.display(bundle, options));
    }),
  );
  const { require } = required;
  const runner = new CellRunner(compiler, scope, modules, {
    environment: {
      require,
      module: { exports: {}, filename: cell, id: ".", require, children: [] },
      exports: {},
      __filename: cell,
      __dirname: folder,
    },
    meta: metaOf(cell),
    evaluate,
    bundleOf,
    textOf,
    turn: () =>
      new Promise((resume) =>
        turn(() => {
          context.goOn();
          resume();
        }),
      ),
    collectGarbage() {
      setFlagsFromString("--expose-gc");
      (vm.runInNewContext("gc") as () => void)();
    },
    notice(source) {
      const news = /\b(import|require)\b/.test(source) ? packages.installed() : undefined;
      if (news === undefined) return;
      compiler.forgetPackages((path) => packages.isInUse(path));
      for (const line of news) process.stderr.write(`${line}\n`);
    },
  });
  const own = [
    posix.join(packFolder, "dist", "src", "kernel"),
    posix.join(packFolder, "dist", "notebook", "src", "kernel"),
    posix.join(packFolder, "node_modules", "tslab"),
  ];
  installStackTraces({
    inspect,
    isKernels: (name) =>
      name === "" ||
      name.startsWith("node:") ||
      own.some((path) => name.replace(/^file:\/\//, "").startsWith(`${path}/`)),
  });

  const putBack = rememberBuiltIns();

  let isRunning = false;
  const running = async <T>(cell: Promise<T>): Promise<T> => {
    isRunning = true;
    try {
      return await cell;
    } finally {
      isRunning = false;
    }
  };
  listenForGood("uncaughtException", (error) =>
    report(isRunning ? "Uncaught, in a callback" : "Uncaught, after its cell had ended", error),
  );
  listenForGood("unhandledRejection", (reason) => {
    if (!isRepeated(reason)) report("A promise was rejected and nobody awaited it", reason);
  });
  process.on("SIGINT", () => runner.interrupt());
  process.exit = ((code?: number) => {
    throw new Error(
      `process.exit(${code ?? ""}): a cell cannot end the kernel; use the Kernel menu to restart or shut it down`,
    );
  }) as typeof process.exit;

  let taken = 0;
  /** The message of a comm that a handler is taking. */
  let handled: number | undefined;
  let catchingUp: NodeJS.Timeout | undefined;

  port.on("message", (message: ToCells) => {
    switch (message.type) {
      case "call":
        taken = message.id;
        clearTimeout(catchingUp);
        void answer(message);
        break;
      case "interrupt":
        send({ type: "heard", id: message.id });
        runner.interrupt(message.reason);
        input.cancel();
        // Its handler was terminated: nobody else answers.
        if (handled !== undefined) send({ type: "answer", id: handled, result: true });
        handled = undefined;
        send({ type: "interrupted", id: message.id, taken });
        break;
      case "input":
        input.receive(message.value);
        break;
      case "shutdown":
        exit(0);
    }
  });
  compiler.catchUp();
  compiler.practise(); // while the protocol thread starts
  post({ type: "ready" });
  if (!isFromSnapshot) makeSnapshotLater();

  async function answer(call: Call): Promise<void> {
    try {
      send({ type: "answer", id: call.id, result: await perform(call) });
    } catch (error) {
      const shown = failureShown(error, putBack());
      if (call.name === "execute")
        send({ type: "answer", id: call.id, result: { status: "error", ...shown } });
      else send({ type: "failure", id: call.id, message: shown.traceback.join("\n") });
    }
    if (compiler.isBehind) catchingUp = setTimeout(() => compiler.catchUp(), idleMilliseconds);
  }

  function perform(call: Call): unknown {
    switch (call.name) {
      case "execute":
        streams.begin();
        inputs.push(call.argument.code);
        input.allow(call.argument.allowStdin);
        context.begin(call.argument.cell);
        return running(runner.execute(call.argument));
      case "complete":
        return compiler.assist(call.argument.code).complete(call.argument.cursor);
      case "inspect":
        return described(compiler.inspect(call.argument.code, call.argument.cursor));
      case "isComplete":
        return isComplete(ts, call.argument.code);
      case "comm": {
        handled = call.id;
        const isTaken = comms.receive(call.argument);
        handled = undefined;
        return isTaken;
      }
    }
  }
}

function described(found: Inspection | undefined): Bundle | null {
  if (found === undefined) return null;
  const { signature, documentation, tags } = found;
  const plain = [signature, documentation, ...tags.map(({ name, text }) => `@${name} ${text}`)];
  const markdown = [
    "```typescript\n" + signature + "\n```",
    documentation,
    ...tags.map(({ name, text }) => `*@${name}* ${text}`),
  ];
  const filled = (parts: readonly string[]): string =>
    parts.filter((part) => part !== "").join("\n\n");
  return { "text/plain": filled(plain), "text/markdown": filled(markdown) };
}

/** Listens to the process; a cell that takes all listeners off it, as test programs do, must not end the kernel by that. */
function listenForGood(event: string, listener: (value: unknown) => void): void {
  const emitter: EventEmitter = process;
  emitter.on(event, listener);
  const { removeListener, removeAllListeners } = emitter;
  emitter.removeAllListeners = (...events) => {
    Reflect.apply(removeAllListeners, emitter, events);
    if (!emitter.listeners(event).includes(listener)) emitter.on(event, listener);
    return emitter;
  };
  emitter.off = emitter.removeListener = (...values) =>
    values[1] === listener ? emitter : Reflect.apply(removeListener, emitter, values);
}

function report(what: string, thrown: unknown): void {
  const { traceback } = shownError(thrown);
  process.stderr.write(`${what}:\n${traceback.join("\n")}\n`);
}
