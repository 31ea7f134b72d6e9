/** Standard input and Node's readline, asked by a cell: the notebook's user answers. */
import { syncBuiltinESMExports } from "node:module";
import { type Desk, StandardInput } from "./standardInput.js";

/** What of a readline interface is used here. */
interface Interface {
  readonly input?: unknown;
  readonly closed?: boolean;
  getPrompt(): string;
  listenerCount(event: string): number;
  emit(event: string, line: string): boolean;
}

/**
 * Leads `question()`, `prompt()` and whoever reads process.stdin, or waits for its lines, to the notebook's user. The
 * kernel's own standard input is empty.
 *
 * @param desk - asks the user
 */
export function answerQuestions(desk: Desk): void {
  const { ask, check, cancel } = desk;
  let stdin: StandardInput | undefined;
  Object.defineProperty(process, "stdin", {
    // A loop that is left ends the stream that it read.
    get: () => (stdin = stdin?.destroyed === false ? stdin : new StandardInput(desk)),
    configurable: true,
    enumerable: true,
  });
  const readline = process.getBuiltinModule("node:readline");
  const readlinePromises = process.getBuiltinModule("node:readline/promises");
  const callbacks = readline.Interface.prototype;
  const promises = readlinePromises.Interface.prototype;
  const isStdin = ({ input }: Interface): boolean => input instanceof StandardInput;

  for (const module of [readline, readlinePromises])
    change(module, "createInterface", (original) => {
      return function (...values) {
        StandardInput.isReadlines = true;
        try {
          return Reflect.apply(original, this, values);
        } finally {
          StandardInput.isReadlines = false;
        }
      };
    });

  change(promises, "question", (original) => {
    return function (...values) {
      if (!isStdin(this)) return Reflect.apply(original, this, values);
      const [text, options] = values as [string, { readonly signal?: AbortSignal } | undefined];
      const answer = ask(text);
      return options?.signal === undefined ? answer : untilAborted(answer, options.signal, cancel);
    };
  });
  /** Who takes the next line of an interface whose user is being asked: a question, or its listeners. */
  const takers = new WeakMap<Interface, (line: string) => unknown>();
  const line = (from: Interface, text: string, take: (line: string) => unknown): void => {
    const isAsked = takers.has(from);
    takers.set(from, take);
    if (isAsked) return;
    const end = (): boolean => takers.delete(from);
    void ask(text).then((answer) => {
      const taker = takers.get(from)!;
      end();
      // What it throws is nobody's promise.
      setImmediate(() => {
        taker(answer);
        setImmediate(listen, from);
      });
    }, end);
  };
  const told =
    (from: Interface) =>
    (answer: string): unknown =>
      from.closed !== true && from.emit("line", answer);
  /** Whoever waits for lines gets one after the other, without a question. */
  const listen = (from: Interface): void => {
    if (from.closed === true || from.listenerCount("line") === 0 || takers.has(from)) return;
    line(from, "", told(from));
  };
  change(callbacks, "question", (original) => {
    return function (...values) {
      if (!isStdin(this)) return Reflect.apply(original, this, values);
      if (!takers.has(this)) check();
      return void line(this, String(values[0]), values.at(-1) as (answer: string) => unknown);
    };
  });
  change(callbacks, "prompt", (original) => {
    return function (...values) {
      if (!isStdin(this)) return Reflect.apply(original, this, values);
      if (takers.has(this)) return;
      check();
      line(this, this.getPrompt(), told(this));
    };
  });
  for (const name of ["on", "addListener"]) {
    change(callbacks, name, (original) => {
      return function (...values) {
        if (isStdin(this) && values[0] === "line") {
          if (!takers.has(this)) check();
          setImmediate(listen, this);
        }
        return Reflect.apply(original, this, values);
      };
    });
  }
  syncBuiltinESMExports();
}

/** Whoever asked gives up with the signal: the next question must not wait for this one's answer. */
async function untilAborted(
  answer: Promise<string>,
  signal: AbortSignal,
  cancel: () => void,
): Promise<string> {
  let giveUp = cancel;
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => {
      reject(signal.reason as Error);
      cancel();
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true });
  });
  try {
    return await Promise.race([aborted, answer]);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}

type Method = (this: Interface, ...values: unknown[]) => unknown;

function change(prototype: object, name: string, made: (original: Method) => Method): void {
  const methods = prototype as Record<string, Method>;
  const original = methods[name]!;
  methods[name] = Object.defineProperties(
    made(original),
    Object.getOwnPropertyDescriptors(original),
  );
}
