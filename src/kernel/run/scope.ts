/**
 * The names that cells share. Each lives as a property of an object that keeps the names of the cell that first
 * declared it: a small object of a fixed shape, on which V8 reads and writes a property as fast as it can.
 */
import type { NameKind } from "../compile/topLevel.js";

type Holder = Record<string, unknown>;

/** What a compiled cell calls to give the names that it declares their values. */
export type Initialiser = Holder & {
  bind(getters: (namespace: unknown) => object, namespace: unknown): void;
};

/** A name and how its cell declares it. */
export interface Declared {
  readonly name: string;
  readonly kind: NameKind;
}

/** The names of all cells. */
export class Scope {
  readonly #holders = new Map<string, Holder>();

  /**
   * The object that keeps a name.
   *
   * @param name - a name that a cell declares or has declared
   * @returns the object whose property of that name is the value
   */
  holder(name: string): Holder {
    const holder = this.#holders.get(name);
    if (holder !== undefined) return holder;
    return this.#make([{ name, kind: "constant" }]);
  }

  /** Whether a name has a value. */
  has(name: string): boolean {
    const holder = this.#holders.get(name);
    return holder !== undefined && Object.hasOwn(holder, name);
  }

  /** Lets go of a value. */
  delete(name: string): void {
    Reflect.deleteProperty(this.#holders.get(name) ?? {}, name);
  }

  /**
   * Gives a name another value for a while.
   *
   * @param name - a name that has a value; for any other nothing happens
   * @param valueOf - gives what it is meanwhile, of its own value
   * @returns what gives it its own value again
   */
  exchange(name: string, valueOf: (own: unknown) => unknown): () => void {
    const holder = this.#holders.get(name);
    const own = holder && Object.getOwnPropertyDescriptor(holder, name);
    if (holder === undefined || own === undefined) return () => undefined;
    Object.defineProperty(holder, name, {
      value: valueOf(holder[name]),
      writable: true,
      enumerable: true,
      configurable: true,
    });
    return () => void Object.defineProperty(holder, name, own);
  }

  /**
   * Begins a cell: makes place for what it declares.
   *
   * @param declared - its names
   * @returns what gives them their values, and which have got one
   */
  begin(declared: readonly Declared[]): {
    readonly init: Initialiser;
    readonly reached: Set<string>;
  } {
    this.#make(declared.filter(({ name }) => !this.#holders.has(name)));
    const reached = new Set<string>();
    const init = Object.create(null) as Initialiser;
    for (const { name, kind } of declared) {
      const holder = this.#holders.get(name)!;
      if (kind === "var") {
        reached.add(name);
        placeholder(holder, name, kind);
      }
      Object.defineProperty(init, name, {
        set(value: unknown) {
          reached.add(name);
          define(holder, name, value);
        },
      });
    }
    const bind: Initialiser["bind"] = (getters, namespace) => {
      for (const [name, { get }] of Object.entries(
        Object.getOwnPropertyDescriptors(getters(namespace)) as PropertyDescriptorMap,
      )) {
        reached.add(name);
        Object.defineProperty(this.holder(name), name, {
          get: get!,
          set: (value: unknown) => define(this.holder(name), name, value),
          enumerable: true,
          configurable: true,
        });
      }
    };
    Object.defineProperty(init, "bind", { value: bind });
    return { init, reached };
  }

  #make(declared: readonly Declared[]): Holder {
    const holder = Object.create(Object.create(null) as object) as Holder;
    for (const { name, kind } of declared) {
      placeholder(holder, name, kind);
      this.#holders.set(name, holder);
    }
    return holder;
  }
}

function define(holder: Holder, name: string, value: unknown): void {
  const now = Object.getOwnPropertyDescriptor(holder, name);
  if (now !== undefined && "value" in now) holder[name] = value;
  else
    Object.defineProperty(holder, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
}

/** What a name is before its declaration is reached: undefined for a `var`, an error otherwise. */
function placeholder(holder: Holder, name: string, kind: NameKind): void {
  const tooEarly = (): never => {
    throw new ReferenceError(`Cannot access '${name}' before initialization`);
  };
  Object.defineProperty(Object.getPrototypeOf(holder) as object, name, {
    get: kind === "var" ? () => undefined : tooEarly,
    set: kind === "var" ? (value: unknown) => define(holder, name, value) : tooEarly,
    configurable: true,
  });
}
