/**
 * Where the system calls back into a cell's code: timers, events, callbacks and promises of Node's modules. Each is made
 * to say for which cell it does so; without that, what a callback prints would stand under the cell that runs by then.
 */
import { EventEmitter } from "node:events";
import { syncBuiltinESMExports } from "node:module";
import type { CellContext } from "./cellContext.js";

/** A cell may replace it. */
const { apply } = Reflect;

type Functions = Record<string, unknown>;
type Method = (this: unknown, ...values: unknown[]) => unknown;

/** How the functions of a module call back: the last argument, or a promise. */
type Manner = "callbacks" | "promises";

const atStart: Readonly<Record<string, Manner>> = {
  fs: "callbacks",
  "fs/promises": "promises",
  "timers/promises": "promises",
};

/** Modules that the kernel does not load before a cell does. */
const onImport: Readonly<Record<string, Manner>> = {
  crypto: "callbacks",
  dns: "callbacks",
  "dns/promises": "promises",
  zlib: "callbacks",
};

/**
 * Makes the sources of calls follow the cells.
 *
 * @param context - knows which cell is running
 * @returns what is to be told of each module that a cell imports
 */
export function followCells(context: CellContext): (name: string) => void {
  const callbacks = (original: Method): Method =>
    function (...values) {
      const followed = values.map((value) =>
        typeof value === "function" ? context.follow(value as Method) : value,
      );
      return apply(original, this, followed);
    };
  const promises = (original: Method): Method =>
    function (...values) {
      const given = apply(original, this, values);
      return given instanceof Promise ? settled(context, given) : given;
    };
  const followModule = (name: string, manner: Manner): void =>
    replaceAll(builtin(name), manner === "callbacks" ? callbacks : promises);

  for (const [name, manner] of Object.entries(atStart)) followModule(name, manner);
  replace(builtin("timers/promises")["scheduler"] as Functions, "wait", promises);
  // util.promisify finds the timers' promises at a property of theirs, which reads from the module above.
  const timers = builtin("timers");
  for (const name of ["setTimeout", "setInterval", "setImmediate"]) {
    replace(timers, name, callbacks);
    (globalThis as Functions)[name] = timers[name];
  }
  replace(globalThis as Functions, "fetch", (original) => {
    const fetch = promises(original);
    let isFirst = true;
    return async function (...values) {
      const response = (await fetch.apply(this, values)) as object;
      if (isFirst) replaceAll(Object.getPrototypeOf(response) as Functions, promises);
      isFirst = false;
      return response;
    };
  });
  followEvents(context);
  syncBuiltinESMExports();

  const followed = new Set<string>();
  return (imported) => {
    const name = imported.replace(/^node:/, "");
    const manner = onImport[name];
    if (manner === undefined || followed.has(name)) return;
    followed.add(name);
    followModule(name, manner);
    syncBuiltinESMExports();
  };
}

function builtin(name: string): Functions {
  return process.getBuiltinModule(`node:${name}`) as unknown as Functions;
}

/** A promise that goes on as a part of the cell that runs now. */
async function settled(context: CellContext, promise: Promise<unknown>): Promise<unknown> {
  const enter = context.follow(() => undefined);
  try {
    return await promise;
  } finally {
    enter();
  }
}

/** An event belongs to the cell that listened last, unless it is a part of something that runs. */
function followEvents(context: CellContext): void {
  const cells = new WeakMap<object, string | undefined>();
  const prototype = EventEmitter.prototype as unknown as Record<string, Method>;
  for (const name of ["on", "addListener", "prependListener"])
    replace(prototype, name, (original) => {
      return function (...values) {
        if (context.now !== undefined && this !== process) cells.set(this as object, context.now);
        return apply(original, this, values);
      };
    });
  replace(prototype, "emit", (original) => {
    return function (...values) {
      const cell = cells.get(this as object);
      if (cell !== undefined) context.enterFromSystem(cell);
      return apply(original, this, values);
    };
  });
}

function replaceAll(functions: Functions, change: (original: Method) => Method): void {
  const all = Object.entries(Object.getOwnPropertyDescriptors(functions));
  for (const [name, { value, writable }] of all)
    // What begins with a capital is a class.
    if (writable === true && typeof value === "function" && /^(?!constructor$)[a-z]/.test(name))
      if (!name.endsWith("Sync")) replace(functions, name, change);
}

function replace(functions: Functions, name: string, change: (original: Method) => Method): void {
  functions[name] = replaced(functions[name] as Method, change);
}

/** Another function with the same name and properties. */
function replaced(original: Method, change: (original: Method) => Method): Method {
  return Object.defineProperties(change(original), Object.getOwnPropertyDescriptors(original));
}
