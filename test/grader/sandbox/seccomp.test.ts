import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assemble } from "../../../grader/sandbox/bpf.js";
import { findCommand } from "../../../grader/sandbox/runtime.js";
import {
  type Architecture,
  hasFilter,
  refusedCalls,
  seccompFilter,
} from "../../../grader/sandbox/seccomp.js";
import { requireOrSkip } from "../../requirements.js";
import { inFolder } from "./box.js";

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;

/** What the kernel would do: runs a program over one system call. */
function verdict(
  program: Uint8Array,
  call: { audit: number; number: number; args?: readonly number[] },
): number {
  const record = new DataView(new ArrayBuffer(64));
  record.setUint32(0, call.number, true);
  record.setUint32(4, call.audit, true);
  (call.args ?? []).forEach((value, n) => {
    record.setUint32(16 + 8 * n, value, true);
  });
  const view = new DataView(program.buffer, program.byteOffset, program.length);
  let accumulator = 0;
  for (let at = 0; at < program.length / 8; at++) {
    const code = view.getUint16(at * 8, true);
    const [whenTrue, whenFalse] = [view.getUint8(at * 8 + 2), view.getUint8(at * 8 + 3)];
    const k = view.getUint32(at * 8 + 4, true);
    if (code === 0x20) accumulator = record.getUint32(k, true);
    else if (code === 0x54) accumulator = (accumulator & k) >>> 0;
    else if (code === 0x05) at += k;
    else if (code === 0x15) at += accumulator === k ? whenTrue : whenFalse;
    else if (code === 0x35) at += accumulator >= k ? whenTrue : whenFalse;
    else if (code === 0x06) return k;
    else assert.fail(`unknown instruction ${code}`);
  }
  return assert.fail("the program ran off its end");
}

describe("the BPF assembler", () => {
  it("writes eight little-endian bytes an instruction, and jumps as distances", () => {
    const bytes = assemble([
      { load: 4 },
      { ifEqual: 7, then: "end" },
      { give: 1 },
      { label: "end" },
      { give: 2 },
    ]);
    assert.deepEqual(Array.from(bytes), [
      ...[0x20, 0, 0, 0, 4, 0, 0, 0],
      ...[0x15, 0, 1, 0, 7, 0, 0, 0],
      ...[0x06, 0, 0, 0, 1, 0, 0, 0],
      ...[0x06, 0, 0, 0, 2, 0, 0, 0],
    ]);
  });

  it("refuses a jump that is too far, backwards, or to nowhere", () => {
    const far = Array.from({ length: 300 }, () => ({ give: 0 }));
    assert.throws(
      () => assemble([{ ifEqual: 1, then: "end" }, ...far, { label: "end" }, { give: 1 }]),
      /300 instructions long: expected at most 255/,
    );
    assert.throws(() => assemble([{ label: "start" }, { jump: "start" }]), /goes backwards/);
    assert.throws(() => assemble([{ jump: "nowhere" }]), /no label is called nowhere/);
  });
});

/** Python itself, not a script that starts it. */
function realPython(): string | undefined {
  const { status, stdout } = spawnSync("python3", ["-c", "import sys; print(sys.executable)"], {
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : undefined;
}

describe("the seccomp filter", () => {
  const machines = [
    { name: "x64", audit: 0xc000003e, clone: 56, socket: 41, socketpair: 53, ioctl: 16, read: 0 },
    {
      name: "arm64",
      audit: 0xc00000b7,
      clone: 220,
      socket: 198,
      socketpair: 199,
      ioctl: 29,
      read: 63,
    },
  ] as const;

  for (const { name, audit, clone, socket, socketpair, ioctl, read } of machines) {
    describe(`for ${name}`, () => {
      const program = seccompFilter(name);
      const on = (number: number, ...args: number[]): number =>
        verdict(program, { audit, number, args });

      it("lets reading, threads and a pair of local sockets pass", () => {
        assert.equal(on(read), ALLOW);
        assert.equal(on(clone, 0x3d0f00), ALLOW); // what pthread_create asks for
        assert.equal(on(socketpair, 1), ALLOW);
        assert.equal(on(ioctl, 1, 0x5401), ALLOW); // TCGETS
      });

      it("refuses new processes, sockets, and typing into the terminal", () => {
        assert.equal(on(clone, 0x1200011), EPERM); // what fork asks for
        assert.equal(on(clone, 0x10000000 | 17), EPERM); // a user namespace
        assert.equal(on(socket, 2), EPERM);
        assert.equal(on(socketpair, 10), EPERM);
        assert.equal(on(ioctl, 0, 0x5412), EPERM);
        assert.equal(on(ioctl, 0, 0x541c), EPERM);
      });

      it("says of clone3 and of calls newer than itself that they do not exist", () => {
        assert.equal(on(435), ENOSYS);
        assert.equal(on(462), ENOSYS);
        assert.equal(on(9999), ENOSYS);
      });

      it("lets a fork server copy itself and connect within its files, and nothing more", () => {
        const server = seccompFilter(name, { canWrite: true, canFork: true });
        const under = (number: number, ...args: readonly number[]): number =>
          verdict(server, { audit, number, args });
        assert.equal(under(clone, 0x1200011), ALLOW);
        assert.equal(under(clone, 0x3d0f00), ALLOW);
        assert.equal(under(socket, 1), ALLOW);
        assert.equal(under(clone, 17), EPERM); // what vfork's relatives ask for
        assert.equal(under(clone, 0x10000000 | 17), EPERM);
        assert.equal(under(socket, 2), EPERM);
        assert.equal(under(ioctl, 0, 0x5412), EPERM);
        for (const other of name === "x64" ? [101, 165, 272, 310, 321] : [117, 40, 97, 270, 280])
          assert.equal(under(other), EPERM, String(other)); // ptrace, mount, unshare, reading memory, bpf
      });

      it("refuses whatever creates, changes or opens for writing, where nothing may be written", () => {
        const closed = seccompFilter(name, { canWrite: false });
        const openat = name === "x64" ? 257 : 56;
        const opened = (filter: Uint8Array, flags: number): number =>
          verdict(filter, { audit, number: openat, args: [-100, 0, flags] });
        for (const flags of [0, 0x80000, 0x200000]) assert.equal(opened(closed, flags), ALLOW);
        for (const flags of [1, 2, 0x40, 0x42, 0x400000 | 2, 0x80041]) {
          assert.equal(opened(closed, flags), EPERM, flags.toString(16));
          assert.equal(opened(program, flags), ALLOW);
        }
        const mkdirat = name === "x64" ? 258 : 34;
        assert.equal(verdict(closed, { audit, number: mkdirat }), EPERM);
        assert.equal(on(mkdirat), ALLOW);
        assert.equal(verdict(closed, { audit, number: read }), ALLOW);
        assert.equal(verdict(closed, { audit, number: socket, args: [2] }), EPERM);
      });

      it("kills a program of another architecture, and x32 calls", () => {
        assert.equal(verdict(program, { audit: 0x40000003, number: 1 }), KILL);
        assert.equal(on(0x40000000 | 1), KILL);
      });
    });
  }

  it("has the numbers of this machine's own headers", function () {
    const architecture = process.arch;
    const header = [
      "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
      "/usr/include/asm-generic/unistd.h",
    ][architecture === "x64" ? 0 : 1]!;
    requireOrSkip(this, "kernel headers", existsSync(header), "apt-get install linux-libc-dev");
    const numbers = new Map(
      Array.from(
        readFileSync(header, "utf8").matchAll(/#define __NR(?:3264)?_(\w+)\s+(\d+)/g),
        ([, call, number]) => [call!, Number(number)],
      ),
    );
    assert.ok(hasFilter(architecture));
    const options = { canWrite: false };
    const program = seccompFilter(architecture, options);
    const { audit } = machines.find(({ name }) => name === architecture)!;
    for (const call of refusedCalls(architecture as Architecture, options)) {
      const number = numbers.get(call);
      if (number === undefined) continue; // newer than the headers
      assert.equal(verdict(program, { audit, number }), EPERM, call);
    }
    for (const call of ["read", "write", "mmap", "futex", "execve", "exit_group", "openat"]) {
      assert.equal(verdict(program, { audit, number: numbers.get(call)! }), ALLOW, call);
    }
  });

  it("holds in the kernel: under it a shell can't fork and Python can't open a socket", async function () {
    this.timeout(20_000);
    const bwrap = findCommand("bwrap");
    const python = realPython();
    requireOrSkip(this, "bubblewrap", bwrap !== undefined, "apt-get install bubblewrap");
    requireOrSkip(this, "python3", python !== undefined, "apt-get install python3");
    await inFolder({}, (folder) => {
      const file = join(folder, "filter");
      writeFileSync(file, seccompFilter(process.arch as Architecture));
      const under = (filter: boolean, code: string): string => {
        const fd = openSync(file, "r");
        try {
          const args = [
            "--ro-bind",
            "/",
            "/",
            "--dev",
            "/dev",
            ...(filter ? ["--seccomp", "3"] : []),
          ];
          const { stdout, stderr } = spawnSync(bwrap!, [...args, python!, "-c", code], {
            stdio: ["ignore", "pipe", "pipe", fd],
            encoding: "utf8",
          });
          return stdout + stderr;
        } finally {
          closeSync(fd);
        }
      };
      const fork = "import os\npid = os.fork()\nprint('forked') if pid else None";
      const socket = "import socket\nsocket.socket()\nprint('socket open')";
      assert.match(under(false, fork), /forked/, "the attack works without the filter");
      assert.match(under(true, fork), /PermissionError/);
      assert.match(under(false, socket), /socket open/, "the attack works without the filter");
      assert.match(under(true, socket), /PermissionError/);
      return Promise.resolve();
    });
  });
});
