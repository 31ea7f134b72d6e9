/** Comms on the side of the cells: the open ones, and the handlers of cells. */
import type { Bundle, CommEvent } from "../protocol/threadMessages.js";

/** What goes over a comm. */
export type CommMessage = Pick<CommEvent, "data" | "metadata" | "buffers">;

type Bytes = ArrayBufferLike | ArrayBufferView;

interface Extras extends Partial<Pick<CommMessage, "metadata">> {
  readonly buffers?: readonly Bytes[];
}

type Handler = (message: CommMessage) => unknown;

/** What comms need of the surroundings. */
export interface CommSystem {
  readonly send: (event: CommEvent) => void;
  /** Makes a function that runs as a part of the cell that is running now. */
  readonly follow: <F extends (...values: never[]) => unknown>(handler: F) => F;
  /** Tells of what a handler threw. */
  readonly report: (thrown: unknown) => void;
}

/** One open comm. */
export class Comm {
  readonly id: string;
  readonly target: string;
  readonly #comms: Comms;
  readonly #system: CommSystem;
  readonly #handlers: Record<"msg" | "close", Handler[]> = { msg: [], close: [] };

  constructor(comms: Comms, system: CommSystem, id: string, target: string) {
    this.#comms = comms;
    this.#system = system;
    this.id = id;
    this.target = target;
  }

  /** Sends JSON to the page. */
  send(data: Bundle, extras: Extras = {}): void {
    if (!this.#comms.has(this.id)) {
      throw new Error(`send: the comm to ${this.target} is closed; open another one`);
    }
    this.#system.send(eventOf("msg", this, data, extras));
  }

  /** Calls the handler with every message from the page. */
  onMessage(handler: Handler): void {
    this.#handlers.msg.push(this.#system.follow(handler));
  }

  /** Calls the handler when the page has closed the comm. */
  onClose(handler: Handler): void {
    this.#handlers.close.push(this.#system.follow(handler));
  }

  /** Ends it, on both sides. */
  close(data: Bundle = {}): void {
    if (this.#comms.drop(this.id)) this.#system.send(eventOf("close", this, data, {}));
  }

  /** Hands a message from the page to the handlers. */
  receive(kind: "msg" | "close", message: CommMessage): void {
    for (const handler of this.#handlers[kind]) handler(message);
  }
}

/** The comms of this kernel. */
export class Comms {
  readonly #system: CommSystem;
  readonly #open = new Map<string, Comm>();
  readonly #targets = new Map<string, (comm: Comm, opened: CommMessage) => unknown>();

  /** @param system - what comms need of the surroundings */
  constructor(system: CommSystem) {
    // What a handler throws, at once or later, is told as a part of its cell: whoever sent the message cannot take it.
    const { follow, report } = system;
    this.#system = {
      ...system,
      follow: (handler) => {
        const told = (...values: never[]): void => {
          try {
            handler(...values);
          } catch (error) {
            report(error);
          }
        };
        return follow(told as typeof handler);
      },
    };
  }

  /** Whether a comm is open. */
  has(id: string): boolean {
    return this.#open.has(id);
  }

  /** Forgets a comm; whether it was there. */
  drop(id: string): boolean {
    return this.#open.delete(id);
  }

  /** Opens a comm to a program in the page. */
  open(target: string, data: Bundle, extras: Extras): Comm {
    const comm = new Comm(this, this.#system, crypto.randomUUID(), target);
    this.#system.send(eventOf("open", comm, data, extras));
    this.#open.set(comm.id, comm);
    return comm;
  }

  /** Lets the page open comms. */
  register(target: string, handler: (comm: Comm, opened: CommMessage) => unknown): void {
    // A comm that its handler did not take is of no use to the page.
    const take = (comm: Comm, opened: CommMessage): void => {
      try {
        handler(comm, opened);
      } catch (error) {
        comm.close();
        throw error;
      }
    };
    this.#targets.set(target, this.#system.follow(take));
  }

  /**
   * Takes a message from the page.
   *
   * @param event - the message
   * @returns whether somebody took it
   */
  receive({ kind, id, target, ...message }: CommEvent): boolean {
    if (kind === "open") {
      const handler = this.#targets.get(target);
      if (handler === undefined) return false;
      const opened = new Comm(this, this.#system, id, target);
      this.#open.set(id, opened);
      handler(opened, message);
      return true;
    }
    const comm = this.#open.get(id);
    if (comm === undefined) return false;
    if (kind === "close") this.#open.delete(id);
    comm.receive(kind, message);
    return true;
  }
}

function eventOf(kind: CommEvent["kind"], comm: Comm, data: Bundle, extras: Extras): CommEvent {
  const { id, target } = comm;
  const { metadata = {} } = extras;
  const buffers = (extras.buffers ?? []).map((part, i) =>
    bytesOf(part, `comm_${kind} to ${target}`, i),
  );
  try {
    const plain = JSON.parse(JSON.stringify({ data, metadata })) as Pick<
      CommEvent,
      "data" | "metadata"
    >;
    return { kind, id, target, ...plain, buffers };
  } catch (error) {
    throw new TypeError(
      `comm_${kind} to ${target}: the data is no JSON: ${(error as Error).message}; send plain objects, arrays, texts and numbers`,
      { cause: error },
    );
  }
}

/** A copy: what the cell does to its own later is not sent. */
function bytesOf(part: unknown, where: string, index: number): Uint8Array {
  if (ArrayBuffer.isView(part))
    return new Uint8Array(part.buffer, part.byteOffset, part.byteLength).slice();
  if (part instanceof ArrayBuffer || part instanceof SharedArrayBuffer)
    return new Uint8Array(part).slice();
  throw new TypeError(
    `${where}: buffers[${index}] holds no bytes: expected a typed array, a DataView or an ArrayBuffer, got ${part === null ? "null" : typeof part}; texts and numbers go into the data`,
  );
}
