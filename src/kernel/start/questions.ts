/** Node's readline, asked by a cell: the notebook's user answers. */
import { syncBuiltinESMExports } from "node:module";
import { Readable } from "node:stream";

/** What of a readline interface is used here. */
interface Interface {
  readonly input?: unknown;
  readonly closed?: boolean;
  getPrompt(): string;
  emit(event: string, line: string): boolean;
}

/** Who asks the notebook's user. */
interface Desk {
  readonly ask: (text: string) => Promise<string>;
  /** Throws where nobody can answer: who waits for a callback would wait forever. */
  readonly check: () => void;
  /** Asks no longer. */
  readonly cancel: () => void;
}

/**
 * Leads `question()` and `prompt()` over process.stdin to the notebook's user. The kernel's own standard input is empty.
 *
 * @param desk - asks the user
 */
export function answerReadline({ ask, check, cancel }: Desk): void {
  const stdin = Object.assign(new Readable({ read: () => undefined }), { fd: 0 });
  Object.defineProperty(process, "stdin", { value: stdin, configurable: true, enumerable: true });
  const callbacks = process.getBuiltinModule("node:readline").Interface.prototype;
  const promises = process.getBuiltinModule("node:readline/promises").Interface.prototype;
  const isStdin = ({ input }: Interface): boolean => input === stdin;

  change(promises, "question", (original) => {
    return function (...values) {
      if (!isStdin(this)) return Reflect.apply(original, this, values);
      const [text, options] = values as [string, { readonly signal?: AbortSignal } | undefined];
      const answer = ask(text);
      return options?.signal === undefined ? answer : untilAborted(answer, options.signal, cancel);
    };
  });
  change(callbacks, "question", (original) => {
    return function (...values) {
      if (!isStdin(this)) return Reflect.apply(original, this, values);
      check();
      const take = values.at(-1) as (answer: string) => unknown;
      // What the callback throws is nobody's promise.
      return void ask(String(values[0])).then((answer) => setImmediate(take, answer));
    };
  });
  change(callbacks, "prompt", (original) => {
    return function (...values) {
      if (!isStdin(this)) return Reflect.apply(original, this, values);
      check();
      return void ask(this.getPrompt()).then(
        (line) => this.closed !== true && this.emit("line", line),
      );
    };
  });
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
