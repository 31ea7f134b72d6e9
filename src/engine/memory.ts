/**
 * The engine's one memory: WebAssembly, BLAS and the threads work in it in place. Blocks are few and large (one
 * for a network's parameters, one for each thread's part of a batch), so that a first-fit list of the free ones
 * serves.
 */
import { EngineError } from "../core/errors.js";
import { type WasmMemory, WebAssembly } from "./webAssembly.js";

const pageBytes = 65536;
/** WebAssembly's limit with 32-bit pointers. */
const mostPages = 65536;
/** Blocks begin on a cache line. */
const alignment = 64;

interface Block {
  start: number;
  bytes: number;
}

/** Memory that grows on demand and whose blocks are reused. */
export class EngineMemory {
  /** What WebAssembly and the threads share. */
  readonly wasm: WasmMemory;
  readonly #free: Block[] = [];
  #end: number = pageBytes; // the first page holds the operations' own constants
  #used = 0;

  /**
   * @param wasm - memory of another thread, whose blocks are that thread's business; new memory unless said
   * @throws EngineError when the system refuses to reserve an address range
   */
  constructor(wasm: WasmMemory = reserve()) {
    this.wasm = wasm;
  }

  /** Bytes that are in use now. */
  get usedBytes(): number {
    return this.#used;
  }

  /** All of the memory as float32; a view taken before the memory grew does not see the new part. */
  get floats(): Float32Array {
    return new Float32Array(this.wasm.buffer);
  }

  /**
   * `count` floats from a byte offset on.
   *
   * @param offset - a byte offset, a multiple of 4
   * @param count - how many numbers
   * @returns a view of the memory, not a copy
   */
  floatsAt(offset: number, count: number): Float32Array {
    return new Float32Array(this.wasm.buffer, offset, count);
  }

  /**
   * `count` 32-bit integers from a byte offset on.
   *
   * @param offset - a byte offset, a multiple of 4
   * @param count - how many numbers
   * @returns a view of the memory, not a copy
   */
  integersAt(offset: number, count: number): Int32Array {
    return new Int32Array(this.wasm.buffer, offset, count);
  }

  /**
   * Takes a block; what stood there before may still be in it.
   *
   * @param bytes - its size
   * @returns the byte offset, a multiple of 64
   * @throws EngineError when the memory cannot grow so far
   */
  allocate(bytes: number): number {
    const size = blockSize(bytes);
    const index = this.#free.findIndex((block) => block.bytes >= size);
    let start: number;
    if (index >= 0) {
      const block = this.#free[index]!;
      start = block.start;
      block.start += size;
      block.bytes -= size;
      if (block.bytes === 0) this.#free.splice(index, 1);
    } else {
      start = this.#end;
      this.#growTo(start + size);
      this.#end = start + size;
    }
    this.#used += size;
    return start;
  }

  /**
   * Gives back a block of {@link EngineMemory.allocate}, with the size that it was asked with.
   *
   * @param start - the block's byte offset
   * @param bytes - its size
   */
  free(start: number, bytes: number): void {
    const size = blockSize(bytes);
    this.#used -= size;
    const at = this.#free.findIndex((block) => block.start > start);
    this.#free.splice(at < 0 ? this.#free.length : at, 0, { start, bytes: size });
    for (let i = this.#free.length - 1; i > 0; i--) {
      const [left, right] = [this.#free[i - 1]!, this.#free[i]!];
      if (left.start + left.bytes === right.start) {
        left.bytes += right.bytes;
        this.#free.splice(i, 1);
      }
    }
    const last = this.#free.at(-1);
    if (last !== undefined && last.start + last.bytes === this.#end) {
      this.#end = last.start;
      this.#free.pop();
    }
  }

  #growTo(bytes: number): void {
    const missing = Math.ceil((bytes - this.wasm.buffer.byteLength) / pageBytes);
    if (missing <= 0) return;
    try {
      this.wasm.grow(missing);
    } catch {
      throw new EngineError(
        `EngineMemory: a network needs ${megabytes(bytes)} MB in all, and this machine gives the engine no more than ${megabytes(this.wasm.buffer.byteLength)} MB; take a smaller batch (m), fewer units (n_a) or steps (T_x), the option checkpoints, or free networks with close()`,
      );
    }
  }
}

/** Addresses up to 4 GiB, or as much as the system grants; nothing of it is used before it is needed. */
function reserve(): WasmMemory {
  for (let maximum = mostPages; maximum >= 256; maximum /= 2) {
    try {
      return new WebAssembly.Memory({ initial: 16, maximum, shared: true });
    } catch {
      // the system grants less: an address limit (ulimit -v)
    }
  }
  throw new EngineError("EngineMemory: the system grants no 16 MB of addresses; raise ulimit -v");
}

/** What a block of so many bytes takes: whole cache lines, and at least one. */
function blockSize(bytes: number): number {
  return Math.ceil(Math.max(bytes, 1) / alignment) * alignment;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

/** Hands out consecutive places in a block, or, from 0 on, measures how large the block must be. */
export class Arena {
  #next: number;
  readonly #start: number;

  constructor(start: number) {
    this.#start = start;
    this.#next = start;
  }

  /** Bytes handed out. */
  get bytes(): number {
    return this.#next - this.#start;
  }

  /**
   * A new place for numbers of 32 bits, on a cache line.
   *
   * @param count - how many numbers
   * @returns its byte offset
   */
  take(count: number): number {
    const offset = this.#next;
    this.#next += Math.ceil((count * 4) / alignment) * alignment;
    return offset;
  }
}
