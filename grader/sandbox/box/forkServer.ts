/**
 * The program of a box that is there before a hand-in is: it makes copies of itself, each of which serves one
 * hand-in as the box's own program does (serve.ts), and is past what Deno takes to start.
 *
 * Theory of operation, known as a fork server or a zygote. No student code ever runs in the server. It has the C
 * library's functions, which Deno itself has none of for this; a copy lets go of them, and puts on the filter of
 * system calls that each box has, before it reads its first question. The server speaks with the grader over a
 * connection that a copy closes, for two of its own: it can't pass for the server. A copy has memory of its own,
 * and the server waits until it has ended.
 *
 * Two things stand in the way of a copy that works. V8 keeps its memory from copies (MADV_DONTFORK), since
 * copies of other programs run another one at once; and of Deno's threads a copy has none, while Deno counts on those that
 * wait for work: so the server tells the system to copy all, and has each of its threads wait for something
 * else, for as long as it lives. A copy's Deno knows of no idle thread then, and makes one; nor does it notice that
 * nothing is left to wait for: a module that waits for ever takes all of its time.
 */
import { packOf } from "./calls.js";
import { deno } from "./deno.js";
import { makeReady, serve } from "./serve.js";
import { warmUp } from "./warmUp.js";

const { args, dlopen, permissions, readDirSync, removeSync, exit } = deno();
const [library, channel, made, filter] = args as readonly [string, string, string, string];

/** All threads but one that Deno makes for work that blocks: a copy makes that one, where it would make one for each file. */
const THREADS = 31;
const PAUSE_MS = 50;

const AF_UNIX = 1;
const SOCK_STREAM = 1;
const MADV_DOFORK = 11;
const PR_SET_SECCOMP = 22;
const SECCOMP_MODE_FILTER = 2;
const PIDFD_OPEN = 434n; // on every architecture
const POLLIN = 1;
const WNOHANG = 1;
const SIGKILL = 9;
/** What the grader asks for a copy by. */
const COPY = "+".charCodeAt(0);
/** More than a process may address. */
const ALL_MEMORY = 2n ** 48n;

const POLL = { parameters: ["buffer", "usize", "i32"], result: "i32" };
const { symbols: c } = dlopen(library, {
  fork: { parameters: [], result: "i32" },
  waitpid: { parameters: ["i32", "buffer", "i32"], result: "i32" },
  kill: { parameters: ["i32", "i32"], result: "i32" },
  poll: POLL,
  pollInThread: { ...POLL, name: "poll", nonblocking: true },
  syscall: { parameters: ["usize", "usize", "usize"], result: "i64" },
  madvise: { parameters: ["usize", "usize", "i32"], result: "i32" },
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  connect: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  read: { parameters: ["i32", "buffer", "usize"], result: "i64" },
  write: { parameters: ["i32", "buffer", "usize"], result: "i64" },
  dup2: { parameters: ["i32", "i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  memmove: { parameters: ["buffer", "buffer", "usize"], result: "usize" },
  prctl: { parameters: ["i32", "usize", "buffer", "usize", "usize"], result: "i32" },
});

const pack = packOf(import.meta.url);
const address = socketAddress(channel);
const instructions = Uint8Array.from(atob(filter), (one) => one.charCodeAt(0)); // stays: the program points to it
const program = filterProgram(instructions);
const control = connection();
const ended = new Uint8Array(4);
const one = new Uint8Array(1);
const untilGone = new Uint8Array(new Int32Array([control, 0]).buffer); // a `struct pollfd`

makeReady();
await warmUp(pack);
await pause(); // Deno's threads get idle, and in a turn of its loop it makes one for signals
for (let n = 0; n < THREADS; n++) c.pollInThread(untilGone, 1n, -1);
await pause(); // all of them wait: a lock that one held would stay locked in a copy
c.write(control, ended, 4n);

while (Number(c.read(control, one, 1n)) === 1) {
  if (one[0] !== COPY) continue; // the copy that was to be ended had ended
  c.madvise(0n, ALL_MEMORY, MADV_DOFORK); // it goes as far as it can
  const copy = c.fork();
  if (copy === 0) {
    becomeBox();
    await serve(pack);
  }
  waitFor(copy);
  removeMade();
  c.write(control, ended, 4n);
}
exit(0);

/** A time in which threads come to where they wait. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}

/** Waits until a copy has ended, and ends it where the grader says so, or is gone. */
function waitFor(copy: number): void {
  const process = Number(c.syscall(PIDFD_OPEN, BigInt(copy), 0n));
  const watched = new Int32Array([process, POLLIN, control, POLLIN]); // two of `struct pollfd`
  if (process >= 0) {
    c.poll(new Uint8Array(watched.buffer), 2n, -1);
    c.close(process);
  }
  const hasEnded = c.waitpid(copy, ended, WNOHANG) === copy;
  if (hasEnded) return;
  c.kill(copy, SIGKILL);
  c.waitpid(copy, ended, 0);
}

/** In a copy: lets go of all that a box does not have. */
function becomeBox(): void {
  const [talk, words] = [connection(), connection()];
  const isBox =
    c.close(control) === 0 &&
    c.dup2(talk, 0) === 0 &&
    c.dup2(talk, 1) === 1 &&
    c.dup2(words, 2) === 2 &&
    c.close(talk) === 0 &&
    c.close(words) === 0 &&
    c.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0n, 0n) === 0 &&
    permissions.revokeSync({ name: "ffi" }).state !== "granted" &&
    permissions.revokeSync({ name: "write" }).state !== "granted" &&
    permissions.revokeSync({ name: "read", path: made }).state !== "granted";
  if (!isBox) exit(1);
}

/** Removes what a copy's Deno kept of the hand-in. */
function removeMade(): void {
  for (const { name } of readDirSync(made)) removeSync(`${made}/${name}`, { recursive: true });
}

/** A connection to the grader, which takes them in the order in which they are made. */
function connection(): number {
  const made = c.socket(AF_UNIX, SOCK_STREAM, 0);
  if (made < 0 || c.connect(made, address, address.length) !== 0) exit(1);
  return made;
}

/** A `struct sockaddr_un`. */
function socketAddress(path: string): Uint8Array {
  const bytes = new TextEncoder().encode(path);
  const address = new Uint8Array(2 + bytes.length + 1);
  new Uint16Array(address.buffer, 0, 1)[0] = AF_UNIX;
  address.set(bytes, 2);
  return address;
}

/** A `struct sock_fprog`: how many instructions, and where they are. */
function filterProgram(instructions: Uint8Array): Uint8Array {
  const where = c.memmove(instructions, instructions, 0n); // gives back where it wrote
  const words = new BigUint64Array([BigInt(instructions.length / 8), BigInt(where)]);
  return new Uint8Array(words.buffer);
}
