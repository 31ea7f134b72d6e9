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

/** What operations compute in, whoever takes its blocks: {@link EngineMemory}, or another thread's. */
export interface SharedMemory {
  readonly wasm: WasmMemory;
}

interface Range {
  start: number;
  bytes: number;
}

/**
 * A part of the memory that was taken. Numbers are read and written through blocks alone (but for the operations,
 * whose pointers stand within them), and a block gives no place that is not its own, and none once it was given back:
 * what belongs to another network cannot be reached by a wrong address.
 */
export class Block {
  /** Byte offset, a multiple of 64. */
  readonly start: number;
  readonly bytes: number;
  readonly #memory: EngineMemory;
  readonly #giveBack: () => void;
  #taken = true;

  constructor(memory: EngineMemory, start: number, bytes: number, giveBack: () => void) {
    this.#memory = memory;
    this.start = start;
    this.bytes = bytes;
    this.#giveBack = giveBack;
  }

  /**
   * `count` floats from a byte offset of the memory on.
   *
   * @param offset - a multiple of 4, within the block
   * @param count - how many numbers
   * @returns a view of the memory, not a copy
   * @throws EngineError when they are not all in this block, or it was given back
   */
  floats(offset: number, count: number): Float32Array {
    this.#requireOwn(offset, count);
    return new Float32Array(this.#memory.wasm.buffer, offset, count);
  }

  /**
   * `count` 32-bit integers from a byte offset of the memory on.
   *
   * @param offset - a multiple of 4, within the block
   * @param count - how many numbers
   * @returns a view of the memory, not a copy
   * @throws EngineError when they are not all in this block, or it was given back
   */
  integers(offset: number, count: number): Int32Array {
    this.#requireOwn(offset, count);
    return new Int32Array(this.#memory.wasm.buffer, offset, count);
  }

  /** Gives the block back; once more does nothing. */
  free(): void {
    if (!this.#taken) return;
    this.#taken = false;
    this.#giveBack();
  }

  #requireOwn(offset: number, count: number): void {
    const inside = offset >= this.start && offset + count * 4 <= this.start + this.bytes;
    if (this.#taken && inside && count >= 0) return;
    throw new EngineError(
      `EngineMemory: ${count} numbers at ${offset} are not in the block of ${this.bytes} bytes at ${this.start}${this.#taken ? "" : ", which was given back"}: expected a place that was taken`,
    );
  }
}

/** Memory that grows on demand and whose blocks are reused. */
export class EngineMemory {
  /** What WebAssembly and the threads share. */
  readonly wasm: WasmMemory;
  /** Bytes that it may grow to. */
  readonly limit: number;
  readonly #free: Range[] = [];
  #end: number = pageBytes; // the first page holds the operations' own constants
  #used = 0;

  /**
   * @param most - bytes that it may grow to, whole pages of 64 KiB of them; as many as the system grants unless said
   * @throws EngineError when the system refuses to reserve an address range
   */
  constructor(most: number = mostPages * pageBytes) {
    const { wasm, pages } = reserve(Math.min(Math.floor(most / pageBytes), mostPages));
    this.wasm = wasm;
    this.limit = pages * pageBytes;
  }

  /** Bytes that are in use now. */
  get usedBytes(): number {
    return this.#used;
  }

  /**
   * Takes a block; what stood there before may still be in it.
   *
   * @param bytes - its size
   * @returns the block
   * @throws EngineError when the memory cannot grow so far; nothing is taken then
   */
  allocate(bytes: number): Block {
    const size = blockSize(bytes);
    const index = this.#free.findIndex((range) => range.bytes >= size);
    let start: number;
    if (index >= 0) {
      const range = this.#free[index]!;
      start = range.start;
      range.start += size;
      range.bytes -= size;
      if (range.bytes === 0) this.#free.splice(index, 1);
    } else {
      start = this.#end;
      this.#growTo(start + size, size);
      this.#end = start + size;
    }
    this.#used += size;
    return new Block(this, start, size, () => this.#giveBack(start, size));
  }

  #giveBack(start: number, size: number): void {
    this.#used -= size;
    const at = this.#free.findIndex((range) => range.start > start);
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

  #growTo(bytes: number, size: number): void {
    const missing = Math.ceil((bytes - this.wasm.buffer.byteLength) / pageBytes);
    if (missing <= 0) return;
    const asked = `a block of ${megabytes(size)} MB does not fit beside the ${megabytes(this.#used)} MB that are in use`;
    const mend =
      "take a smaller batch (m), fewer units (n_a) or steps (T_x), the option checkpoints, or free networks with close()";
    if (bytes > this.limit) {
      throw new EngineError(
        `EngineMemory: ${asked}: expected at most ${megabytes(this.limit)} MB in all, the most that this engine may have; ${mend}`,
      );
    }
    try {
      this.wasm.grow(missing);
    } catch {
      throw new EngineError(
        `EngineMemory: ${asked}: the system refuses to let the memory grow from ${megabytes(this.wasm.buffer.byteLength)} to ${megabytes(bytes)} MB; ${mend}`,
      );
    }
  }
}

/** Addresses for so many pages, or as many as the system grants; nothing of it is used before it is needed. */
function reserve(most: number): { readonly wasm: WasmMemory; readonly pages: number } {
  for (let pages = most; ; pages = Math.floor(pages / 2)) {
    try {
      const wasm = new WebAssembly.Memory({
        initial: Math.min(16, pages),
        maximum: pages,
        shared: true,
      });
      return { wasm, pages };
    } catch {
      // the system grants less: an address limit (ulimit -v)
      if (pages < 256) break;
    }
  }
  throw new EngineError("EngineMemory: the system grants no 16 MB of addresses; raise ulimit -v");
}

/** What a block of so many bytes takes: whole cache lines, and at least one. */
function blockSize(bytes: number): number {
  return Math.ceil(Math.max(bytes, 1) / alignment) * alignment;
}

function megabytes(bytes: number): number {
  return bytes < 1e7 ? Math.ceil(bytes / 1e4) / 100 : Math.round(bytes / 1e6);
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
