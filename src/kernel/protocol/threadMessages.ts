/** What the two threads of the kernel say to each other: the protocol thread asks, the cell thread answers. */

import type { Completion } from "../compile/assistance.js";

/** MIME types and their data. */
export type Bundle = Readonly<Record<string, unknown>>;

/** An error as Jupyter shows it. */
export interface ShownError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** How a cell ended. */
export type CellOutcome =
  | { readonly status: "ok"; readonly result?: Bundle; readonly expressions: Bundle }
  | ({ readonly status: "error" } & ShownError);

/** A message of a comm, in either direction. */
export interface CommEvent {
  readonly kind: "open" | "msg" | "close";
  readonly id: string;
  /** The name of the program that it leads to. */
  readonly target: string;
  readonly data: Bundle;
  readonly metadata: Bundle;
  readonly buffers: readonly Uint8Array[];
}

/** The calls that the cell thread answers: name, argument, result. */
export interface Calls {
  execute: {
    readonly argument: ExecuteArgument;
    readonly result: CellOutcome;
  };
  complete: {
    readonly argument: { readonly code: string; readonly cursor: number };
    readonly result: Completion;
  };
  inspect: {
    readonly argument: { readonly code: string; readonly cursor: number };
    readonly result: Bundle | null;
  };
  isComplete: {
    readonly argument: { readonly code: string };
    readonly result: Completeness;
  };
  /** Whether somebody took it. */
  comm: {
    readonly argument: CommEvent;
    readonly result: boolean;
  };
}

/** A cell to run. `count` is the number between the brackets of `In [ ]`. */
export interface ExecuteArgument {
  readonly code: string;
  readonly count: number;
  readonly allowStdin: boolean;
  /** The request's id: outputs carry it, however late they come. */
  readonly cell?: string;
  readonly expressions: Readonly<Record<string, string>>;
}

/** Whether the console should run the code or ask for another line. */
export interface Completeness {
  readonly status: "complete" | "incomplete" | "invalid";
  readonly indent: string;
}

/** A call under way: one of {@link Calls} with the id that its answer carries. */
export type Call = {
  readonly [K in keyof Calls]: {
    readonly type: "call";
    readonly id: number;
    readonly name: K;
    readonly argument: Calls[K]["argument"];
  };
}[keyof Calls];

/** Why a cell is stopped: somebody asked, or the memory is full. */
export type StopReason = "asked" | "memory";

/** From the protocol thread to the cell thread. */
export type ToCells =
  | Call
  | { readonly type: "interrupt"; readonly id: number; readonly reason: StopReason }
  | { readonly type: "input"; readonly value: string }
  | { readonly type: "shutdown" };

/** What a cell shows while it runs, or after: `cell` is the id of its request. */
export type Output = { readonly cell?: string } & Shown;

type Shown =
  | { readonly type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly type: "display";
      readonly data: Bundle;
      readonly metadata: Bundle;
      readonly displayId?: string;
      readonly update: boolean;
    }
  | { readonly type: "page"; readonly data: Bundle }
  | { readonly type: "next-input"; readonly text: string; readonly replace: boolean }
  | { readonly type: "comm"; readonly event: CommEvent }
  | { readonly type: "clear"; readonly wait: boolean };

/** From the cell thread to the protocol thread. */
export type FromCells =
  | Output
  | { readonly type: "answer"; readonly id: number; readonly result: unknown }
  | { readonly type: "failure"; readonly id: number; readonly message: string }
  /** The cell thread has started. */
  | { readonly type: "ready" }
  /** The cell thread has got an interrupt. */
  | { readonly type: "heard"; readonly id: number }
  /** It has ended its cell; `taken` is the last call that it began. */
  | { readonly type: "interrupted"; readonly id: number; readonly taken: number }
  /** It waits for a program to end, or no longer: `others` are those that run beside that one. */
  | { readonly type: "waits"; readonly others: readonly number[] | undefined }
  | { readonly type: "prompt"; readonly text: string; readonly password: boolean };
