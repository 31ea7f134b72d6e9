// Taken now: by the time that they are needed a cell may have replaced them.
const { ownKeys, getOwnPropertyDescriptor, getPrototypeOf, defineProperty, apply } = Reflect;
const { toString } = Symbol.prototype;

interface BuiltIn {
  /** Such as `Array.prototype`. */
  readonly path: string;
  readonly owner: object;
  readonly key: string | symbol;
  readonly descriptor: PropertyDescriptor;
}

/**
 * Remembers the language's own functions as they are.
 *
 * @returns what puts those back that were replaced since, and gives their names, such as `Array.prototype.push`; empty
 *   when all are in their places
 */
export function rememberBuiltIns(): () => string {
  const builtIns: BuiltIn[] = [];
  const seen = new Set<unknown>();
  const remember = (path: string, owner: object): void => {
    if (seen.has(owner)) return;
    seen.add(owner);
    for (const key of ownKeys(owner)) {
      const descriptor = getOwnPropertyDescriptor(owner, key)!;
      const { value, get } = descriptor;
      if (isObject(value) || get !== undefined) builtIns.push({ path, owner, key, descriptor });
    }
  };
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const descriptor = getOwnPropertyDescriptor(globalThis, name)!;
    const value: unknown = descriptor.value;
    // What Node adds can be seen in a loop, or is not there before it is asked for.
    if (descriptor.enumerable === true || !isObject(value) || value === globalThis) continue;
    builtIns.push({ path: "", owner: globalThis, key: name, descriptor });
    remember(name, value);
    const { prototype } = value as { readonly prototype?: unknown };
    if (isObject(prototype)) remember(`${name}.prototype`, prototype);
  }
  for (const iterator of [
    [].values(),
    new Map().values(),
    new Set().values(),
    ""[Symbol.iterator](),
  ])
    remember("an iterator", getPrototypeOf(iterator)!);
  return () => putBack(builtIns);
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** Uses nothing that a cell can replace. */
function putBack(builtIns: readonly BuiltIn[]): string {
  let names = "";
  for (let i = 0; i < builtIns.length; i++) {
    const { path, owner, key, descriptor } = builtIns[i]!;
    const now = getOwnPropertyDescriptor(owner, key);
    if (now?.value === descriptor.value && now?.get === descriptor.get) continue;
    defineProperty(owner, key, descriptor);
    const name = typeof key === "symbol" ? `[${apply(toString, key, []) as string}]` : key;
    names += `${names === "" ? "" : ", "}${path}${path === "" || name[0] === "[" ? "" : "."}${name}`;
  }
  return names;
}
