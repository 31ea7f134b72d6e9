/**
 * What all code of one process shares: the language's objects, the global names, the library's
 * classes and the stand-ins. Where one exercise changes any of it, the others in the process are no longer what they would
 * be alone.
 *
 * Theory of operation. Before any student code is there, each object that can be reached from these is
 * listed with its properties' descriptors, its prototype and whether it can be extended. Afterwards all
 * of it has to be the same. The functions that look are taken beforehand. What stands under a global name that no
 * exercise needs is listed when it is first read: Deno makes much of it only then, a timer for more than all exercises cost.
 */
import { standIns } from "../../../exercises/standIns.js";
import * as library from "../../../src/student.js";

const { ownKeys, getOwnPropertyDescriptor, getPrototypeOf, isExtensible } = Reflect;
const { defineProperty, is } = Object;

/** The global names whose objects are looked into at once: code reaches them without their names, or reads them often. */
const NAMES = [
  ...[
    "Object",
    "Function",
    "Array",
    "Number",
    "Boolean",
    "String",
    "Symbol",
    "BigInt",
    "Math",
    "JSON",
  ],
  ...[
    "Reflect",
    "Promise",
    "Map",
    "Set",
    "WeakMap",
    "WeakSet",
    "WeakRef",
    "RegExp",
    "Date",
    "Proxy",
  ],
  ...["Error", "RangeError", "TypeError", "SyntaxError", "ReferenceError", "EvalError", "URIError"],
  ...[
    "AggregateError",
    "Intl",
    "Atomics",
    "ArrayBuffer",
    "SharedArrayBuffer",
    "DataView",
    "Iterator",
  ],
  ...["Float64Array", "Float32Array", "Int8Array", "Int16Array", "Int32Array", "Uint8Array"],
  ...["Uint16Array", "Uint32Array", "Uint8ClampedArray", "BigInt64Array", "BigUint64Array"],
  ...["FinalizationRegistry", "console", "parseInt", "parseFloat", "isNaN", "isFinite"],
];

/** An object as it was. */
interface Picture {
  readonly object: object;
  readonly prototype: object | null;
  readonly isOpen: boolean;
  readonly keys: readonly PropertyKey[];
  readonly properties: readonly PropertyDescriptor[];
}

/**
 * Takes a picture of what is shared.
 *
 * @returns a function that says what is no longer so, or undefined
 */
export function watchRealm(): () => string | undefined {
  const pictures: Picture[] = [];
  const seen = new Set<object>();
  const waiting: object[] = [];
  const add = (value: unknown): void => {
    if ((typeof value !== "object" && typeof value !== "function") || value === null) return;
    if (seen.has(value)) return;
    seen.add(value);
    waiting.push(value);
  };
  const look = (...values: readonly unknown[]): void => {
    for (const value of values) add(value);
    for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) {
      const picture = pictureOf(object);
      pictures.push(picture);
      add(picture.prototype);
      for (const { value, get, set } of picture.properties) {
        add(value);
        add(get);
        add(set);
      }
    }
  };
  seen.add(globalThis);
  const atOnce = new Set<PropertyKey>(NAMES);
  for (const name of ownKeys(globalThis)) if (!atOnce.has(name)) lookWhenRead(name, look);
  pictures.push(pictureOf(globalThis));
  look(...NAMES.map((name) => (globalThis as Record<string, unknown>)[name]));
  look(...Object.values(library), ...Object.values(standIns), ...unnamed());
  return () => {
    for (let n = 0; n < pictures.length; n++) {
      const change = changeOf(pictures[n]!);
      if (change !== undefined) return change;
    }
    return undefined;
  };
}

/** Looks into what stands under a global name before whoever reads it first gets it. */
function lookWhenRead(name: PropertyKey, look: (value: unknown) => void): void {
  const { value, get, configurable, ...was } = getOwnPropertyDescriptor(globalThis, name)!;
  const isPrimitive = get === undefined && typeof value !== "object" && typeof value !== "function";
  if (configurable !== true || isPrimitive) return;
  const kept = { enumerable: was.enumerable === true, configurable };
  defineProperty(globalThis, name, {
    ...kept,
    get() {
      const found: unknown = get === undefined ? value : get.call(globalThis);
      look(found);
      return found;
    },
    // Another value is a property like any other, which is not what it was.
    set: (other: unknown) =>
      defineProperty(globalThis, name, { ...kept, value: other, writable: true }),
  });
}

/** What has no name of its own. */
function unnamed(): readonly object[] {
  const iterators = [
    [].values(),
    new Map().entries(),
    new Set().values(),
    "".matchAll(/a/g),
    ""[Symbol.iterator](),
  ];
  return [
    function* () {
      yield 0;
    },
    async () => Promise.resolve(),
    async function* () {
      yield await Promise.resolve(0);
    },
    ...iterators,
  ].map((object) => getPrototypeOf(object)!);
}

function pictureOf(object: object): Picture {
  const keys = ownKeys(object);
  return {
    object,
    prototype: getPrototypeOf(object),
    isOpen: isExtensible(object),
    keys,
    properties: keys.map((key) => getOwnPropertyDescriptor(object, key)!),
  };
}

function changeOf({ object, prototype, isOpen, keys, properties }: Picture): string | undefined {
  if (getPrototypeOf(object) !== prototype) return "a prototype";
  if (isExtensible(object) !== isOpen) return "an object that was frozen";
  const now = ownKeys(object);
  if (now.length !== keys.length) return "a name more or less";
  for (let n = 0; n < keys.length; n++) {
    const key = keys[n]!;
    if (now[n] !== key || !isSameProperty(properties[n]!, getOwnPropertyDescriptor(object, key))) {
      return `the property ${typeof key === "symbol" ? "by a symbol" : key}`;
    }
  }
  return undefined;
}

function isSameProperty(a: PropertyDescriptor, b: PropertyDescriptor | undefined): boolean {
  return (
    b !== undefined &&
    is(a.value, b.value) &&
    a.get === b.get &&
    a.set === b.set &&
    a.writable === b.writable &&
    a.configurable === b.configurable &&
    a.enumerable === b.enumerable
  );
}
