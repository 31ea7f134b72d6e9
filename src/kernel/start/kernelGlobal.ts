import { checkedBundle } from "./display.js";
import type { Bundle, FromCells } from "../protocol/threadMessages.js";
import type { Comms } from "../run/comms.js";
import type { Change, ModuleLoader } from "../run/modules.js";
import { type WrittenPlace, writtenPlace } from "../run/traceback.js";

/** How an output is shown: under an id that a later call updates. */
export interface DisplayOptions {
  readonly display_id?: string;
  readonly update?: boolean;
  readonly metadata?: Bundle;
}

/** The kernel's side of what the library shows and sends: found at `globalThis[Symbol.for("unrolled.kernel")]`. */
export interface KernelGlobal {
  display(bundle: Bundle, options?: DisplayOptions): void;
  /** Shows a bundle in the front end's pager once the cell has ended. */
  page(bundle: Bundle): void;
  /** Puts a text where the user writes next once the cell has ended: in a new cell below, or in place of the cell's own text. */
  nextInput(text: string, options?: { readonly replace?: boolean }): void;
  /** What the cells that ran were, the one that runs as the last. */
  readonly inputs: readonly string[];
  clearOutput(options?: { readonly wait?: boolean }): void;
  prompt(text: string, options?: { readonly password?: boolean }): Promise<string>;
  readonly comms: Pick<Comms, "open" | "register">;
  /** Gives one of the names that cells share, or `require`, another value, made of its own; what it returns gives it that again. */
  exchange(name: string, valueOf: (own: unknown) => unknown): () => void;
  /** The texts of an own file that cells import by this name, and of those that it imports. */
  ownTexts(name: string): readonly string[];
  /** Imports an own file once more, with other texts and modules. */
  importChanged(name: string, change: Change): Promise<unknown>;
  /** Where in what the user wrote something was thrown. */
  placeOf(thrown: unknown): WrittenPlace | undefined;
}

/** The names that cells share, and their own files. */
export interface KernelNames extends Pick<KernelGlobal, "exchange"> {
  readonly modules: () => ModuleLoader;
}

/** A prompt without its answer. */
interface Waiting {
  resolve(value: string): void;
  reject(reason: Error): void;
  /** The number of the cell that asked. */
  readonly cell: number;
}

/** Hands the front end's answers to the cell that asked. */
export interface InputDesk {
  readonly kernel: KernelGlobal;
  /** Whether the front end of the cell that begins can ask its user. */
  allow(allowed: boolean): void;
  /** Throws when nobody can be asked. */
  check(): void;
  receive(value: string): void;
  cancel(): void;
}

/**
 * Puts what cells can ask of the kernel where they find it: the symbol for libraries, `prompt` for users.
 *
 * @param send - sends to the protocol thread
 * @param comms - the comms of cells
 * @param inputs - what the cells that ran were; it grows
 * @param names - the names that cells share, and their own files
 * @returns the desk where answers to prompts arrive
 * @throws Error from the functions that it installs, where nobody can answer or another prompt waits
 */
export function installKernelGlobal(
  send: (message: FromCells) => void,
  comms: Comms,
  inputs: readonly string[],
  names: KernelNames,
): InputDesk {
  let allowed = false;
  let waiting: Waiting | undefined;
  /** Counts the cells. */
  let cell = 0;
  const drop = (why: string): void => {
    waiting?.reject(new Error(`prompt: ${why}`));
    waiting = undefined;
  };
  const check = (): void => {
    if (!allowed)
      throw new Error(
        "prompt: nobody can answer: this front end takes no input; set the value in the cell",
      );
    // What an earlier cell asked nobody may ever answer.
    if (waiting !== undefined && waiting.cell !== cell) drop("a later cell asks now");
    if (waiting !== undefined)
      throw new Error("prompt: another prompt still waits; await it first");
  };
  const kernel: KernelGlobal = {
    comms,
    inputs,
    exchange: (name, valueOf) => names.exchange(name, valueOf),
    ownTexts: (name) => names.modules().textsBehind(name),
    importChanged: (name, change) => names.modules().importChanged(name, change),
    placeOf: writtenPlace,
    display(bundle, options = {}) {
      send({
        type: "display",
        data: checkedBundle(bundle),
        metadata: options.metadata ?? {},
        update: options.update ?? false,
        ...(options.display_id !== undefined && { displayId: options.display_id }),
      });
    },
    page(bundle) {
      send({ type: "page", data: checkedBundle(bundle) });
    },
    nextInput(text, options = {}) {
      send({ type: "next-input", text, replace: options.replace ?? false });
    },
    clearOutput(options = {}) {
      send({ type: "clear", wait: options.wait ?? false });
    },
    prompt(text, options = {}) {
      try {
        check();
      } catch (error) {
        return Promise.reject(error as Error);
      }
      send({ type: "prompt", text: String(text), password: options.password ?? false });
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject, cell };
      });
    },
  };
  Object.defineProperty(globalThis, Symbol.for("unrolled.kernel"), { value: kernel });
  Object.defineProperty(globalThis, "prompt", {
    value: (text: string = "", options?: { password?: boolean }) => kernel.prompt(text, options),
    writable: true,
    configurable: true,
  });
  return {
    kernel,
    check,
    allow(isAllowed) {
      allowed = isAllowed;
      cell++;
    },
    receive(value) {
      waiting?.resolve(value);
      waiting = undefined;
    },
    cancel() {
      drop("interrupted");
    },
  };
}
