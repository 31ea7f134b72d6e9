/** What our own kernel offers to the code that runs in its cells, and where it is found. */
import type { MimeBundle } from "./mimeBundle.js";

/** What goes over a comm: JSON, and what goes beside it. */
export interface CommMessage {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** What goes with the data of a message; of a typed array its bytes. */
export interface CommExtras extends Partial<Pick<CommMessage, "metadata">> {
  readonly buffers?: readonly (ArrayBufferLike | ArrayBufferView)[];
}

/** One open line to a program in the page. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  /** Sends JSON to the page. */
  send(data: CommMessage["data"], extras?: CommExtras): void;
  /** Calls the handler with every message from the page; what it prints is shown under the cell that gave it. */
  onMessage(handler: (message: CommMessage) => unknown): void;
  /** Calls the handler when the page has closed the comm. */
  onClose(handler: (message: CommMessage) => unknown): void;
  /** Ends it, on both sides. */
  close(data?: CommMessage["data"]): void;
}

/** Takes a comm that the page has opened, with the message that came along. */
export type CommHandler = (comm: Comm, opened: CommMessage) => unknown;

/** Comms as the kernel has them. */
export interface KernelComms {
  open(target: string, data: CommMessage["data"], extras: CommExtras): Comm;
  register(target: string, handler: CommHandler): void;
}

/** What our kernel offers under {@link kernelHook}. */
export interface KernelHook {
  display(
    bundle: MimeBundle,
    options: { readonly display_id?: string; readonly update?: boolean },
  ): void;
  readonly comms?: KernelComms;
  /** Puts a text into a new cell below, or in place of the running cell's, once that has ended. */
  nextInput?(text: string, options: { readonly replace: boolean }): void;
  /** What the cells that ran were, the one that runs as the last. */
  readonly inputs?: readonly string[];
  /** Gives one of the names that cells share another value, made of its own; what it returns gives it that again. */
  exchange?(name: string, valueOf: (own: unknown) => unknown): () => void;
  /** The texts of an own file that cells import by this name, and of those that it imports. */
  ownTexts?(name: string): readonly string[];
  /** Imports an own file once more, with other texts, and with other modules by their names. */
  importChanged?(
    name: string,
    change: {
      readonly text: (text: string) => string;
      readonly modules: Readonly<Record<string, object>>;
    },
  ): Promise<unknown>;
  /** Where in what the user wrote something was thrown; undefined where its stack does not tell. */
  placeOf?(thrown: unknown): WrittenPlace | undefined;
}

/** A line of a cell, or of a file that a cell imports. */
export interface WrittenPlace {
  /** Such as "In [3]". */
  readonly title: string;
  /** From 1. */
  readonly line: number;
  /** The line itself. */
  readonly text: string;
}

/** The global symbol under which our kernel leaves a {@link KernelHook}. */
export const kernelHook: unique symbol = Symbol.for("unrolled.kernel");
