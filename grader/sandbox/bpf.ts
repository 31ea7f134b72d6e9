/**
 * A small assembler for classic BPF, the language of seccomp filters.
 *
 * Theory of operation. The kernel runs the filter at each system call over a 64-byte record
 * (`struct seccomp_data`: number at 0, architecture at 4, six 64-bit arguments from 16). The
 * machine has one accumulator and jumps forward only. An instruction is eight bytes: a 16-bit
 * operation, two 8-bit jump distances (taken when a comparison holds, and when it does not),
 * and a 32-bit operand. Here a program is a list of instructions whose jumps name labels; the
 * assembler turns names into distances, counted from the instruction after the jump.
 */
import { UnrolledError } from "../../src/core/errors.js";

/** One instruction, or a label for the instruction after it. */
export type Line =
  | { readonly label: string }
  /** accumulator = the 32-bit word of the record at this offset */
  | { readonly load: number }
  /** accumulator = accumulator & mask */
  | { readonly and: number }
  /** jump to `then` when the accumulator equals the number, else go on */
  | { readonly ifEqual: number; readonly then: string }
  /** jump to `then` when the accumulator is at least the number (unsigned), else go on */
  | { readonly ifAtLeast: number; readonly then: string }
  | { readonly jump: string }
  /** end with this verdict */
  | { readonly give: number };

const LOAD_WORD = 0x20; // BPF_LD | BPF_W | BPF_ABS
const AND = 0x54; // BPF_ALU | BPF_AND | BPF_K
const JUMP = 0x05; // BPF_JMP | BPF_JA
const JUMP_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const JUMP_AT_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
const RETURN = 0x06; // BPF_RET | BPF_K

/** The farthest that a comparison can jump. */
const FARTHEST = 255;

/**
 * The program as the bytes that the kernel takes (little-endian, 8 bytes an instruction).
 *
 * @param lines - the program, with labels to jump to
 * @returns 8 bytes an instruction
 * @throws UnrolledError for an unknown label, a jump backwards or one that is too far
 */
export function assemble(lines: readonly Line[]): Uint8Array {
  const labels = new Map<string, number>();
  let count = 0;
  for (const line of lines) {
    if ("label" in line) labels.set(line.label, count);
    else count++;
  }
  const bytes = new Uint8Array(count * 8);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const line of lines) {
    if ("label" in line) continue;
    const distance = (label: string): number => distanceTo(labels, label, at);
    const { code, k, whenTrue = 0 } = encodeLine(line, distance);
    view.setUint16(at * 8, code, true);
    view.setUint8(at * 8 + 2, whenTrue);
    view.setUint8(at * 8 + 3, 0); // a comparison that fails goes on with the next instruction
    view.setUint32(at * 8 + 4, k, true);
    at++;
  }
  return bytes;
}

interface Encoded {
  readonly code: number;
  readonly k: number;
  readonly whenTrue?: number;
}

function encodeLine(
  line: Exclude<Line, { label: string }>,
  distance: (label: string) => number,
): Encoded {
  if ("load" in line) return { code: LOAD_WORD, k: line.load };
  if ("and" in line) return { code: AND, k: line.and };
  if ("jump" in line) return { code: JUMP, k: distance(line.jump) };
  if ("give" in line) return { code: RETURN, k: line.give };
  const whenTrue = distance(line.then);
  if (whenTrue > FARTHEST) {
    throw new UnrolledError(
      `assemble: the jump to ${line.then} is ${whenTrue} instructions long: expected at most ${FARTHEST}; put the label nearer`,
    );
  }
  return "ifEqual" in line
    ? { code: JUMP_EQUAL, k: line.ifEqual, whenTrue }
    : { code: JUMP_AT_LEAST, k: line.ifAtLeast, whenTrue };
}

function distanceTo(labels: ReadonlyMap<string, number>, label: string, from: number): number {
  const target = labels.get(label);
  if (target === undefined) throw new UnrolledError(`assemble: no label is called ${label}`);
  const distance = target - from - 1;
  if (distance < 0) {
    throw new UnrolledError(`assemble: the jump to ${label} goes backwards; BPF only goes forward`);
  }
  return distance;
}
