/**
 * The system calls that a boxed process may make: a seccomp filter, the last wall of the box.
 *
 * Theory of operation. The namespaces of the box already leave student code with no network,
 * no files and no other processes. The filter takes away what could reach around them: new
 * processes (a thread is the one kind of clone that is left), sockets (a runtime's own pair
 * apart), and the kernel's administrative and experimental calls, in which most holes are found.
 * A refused call fails with EPERM, so that the runtime can report it; clone3 and every call
 * newer than this list fail with ENOSYS, so that libc falls back to the calls that can be
 * filtered. A fork server's own filter lets it copy itself and connect to a socket in its file system; its
 * copies put the whole filter on. Where there is no file system of the box's own, the filter can also refuse whatever creates,
 * changes or opens for writing. A program for another architecture (32-bit or x32 calls have other numbers) is
 * killed at its first call.
 */
import { assemble, type Line } from "./bpf.js";

/** The processor architectures that the filter knows, by Node's names. */
export type Architecture = "x64" | "arm64";

const ALLOW = 0x7fff0000; // SECCOMP_RET_ALLOW
const KILL = 0x80000000; // SECCOMP_RET_KILL_PROCESS
const EPERM = 0x00050001; // SECCOMP_RET_ERRNO | EPERM
const ENOSYS = 0x00050026; // SECCOMP_RET_ERRNO | ENOSYS

const NUMBER_AT = 0;
const ARCHITECTURE_AT = 4;
const ARGUMENT_0_AT = 16; // the low half of the first argument, little-endian
const ARGUMENT_1_AT = 24;

const AF_UNIX = 1;
const CLONE_THREAD = 0x10000;
/** The flags of libc's fork: CLONE_CHILD_SETTID, CLONE_CHILD_CLEARTID, SIGCHLD. */
const FORK = 0x01200011;
const TIOCSTI = 0x5412; // types into the terminal
const TIOCLINUX = 0x541c;
/** Flags of opening a file: O_WRONLY, O_RDWR, O_CREAT, O_TMPFILE's own. */
const WRITING = 0x400043;
/** The last call of Linux 6.8 (lsm_list_modules); later ones have the same number everywhere. */
const NEWEST = 461;
/** Calls of x86-64's x32 variant have this bit set. */
const X32 = 0x40000000;

/** What a process may do beside computing. */
export interface FilterOptions {
  /** Whether it may create, change and write files, where the file system lets it. */
  readonly canWrite: boolean;
  /** Whether it may make copies of itself that connect to the grader (forkServer.ts); not, unless said. */
  readonly canFork?: boolean;
}

interface Numbers {
  readonly audit: number;
  readonly clone: number;
  readonly clone3: number;
  readonly socketpair: number;
  readonly ioctl: number;
  readonly refused: Readonly<Record<string, number>>;
  /** Calls that open a file, by the place of their flags among the arguments. */
  readonly opening: readonly { readonly number: number; readonly flagsAt: number }[];
  /** Calls that create or change files. */
  readonly changing: Readonly<Record<string, number>>;
}

const NUMBERS: Readonly<Record<Architecture, Numbers>> = {
  x64: {
    audit: 0xc000003e,
    clone: 56,
    clone3: 435,
    socketpair: 53,
    ioctl: 16,
    refused: {
      ...{ fork: 57, vfork: 58, execveat: 322, ptrace: 101, process_vm_readv: 310 },
      ...{ process_vm_writev: 311, kcmp: 312, pidfd_getfd: 438, personality: 135 },
      ...{ socket: 41, mq_open: 240, shmget: 29, shmat: 30, semget: 64, msgget: 68 },
      ...{ unshare: 272, setns: 308, mount: 165, umount2: 166, pivot_root: 155, chroot: 161 },
      ...{ open_tree: 428, move_mount: 429, fsopen: 430, fsconfig: 431, fsmount: 432 },
      ...{ fspick: 433, mount_setattr: 442, open_by_handle_at: 304, name_to_handle_at: 303 },
      ...{ bpf: 321, userfaultfd: 323, perf_event_open: 298, fanotify_init: 300 },
      ...{ io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427 },
      ...{ add_key: 248, request_key: 249, keyctl: 250, memfd_secret: 447 },
      ...{ init_module: 175, finit_module: 313, delete_module: 176, kexec_load: 246 },
      ...{ kexec_file_load: 320, reboot: 169, swapon: 167, swapoff: 168, acct: 163 },
      ...{ syslog: 103, quotactl: 179, sethostname: 170, setdomainname: 171, vhangup: 153 },
      ...{ settimeofday: 164, clock_settime: 227, clock_adjtime: 305, adjtimex: 159 },
      ...{ mbind: 237, set_mempolicy: 238, migrate_pages: 256, move_pages: 279 },
      ...{ lookup_dcookie: 212, nfsservctl: 180, uselib: 134, modify_ldt: 154 },
      ...{ iopl: 172, ioperm: 173 },
    },
    opening: [
      { number: 2, flagsAt: 1 },
      { number: 257, flagsAt: 2 },
    ],
    changing: {
      ...{ openat2: 437, creat: 85, truncate: 76, mkdir: 83, mkdirat: 258, rmdir: 84 },
      ...{ mknod: 133, mknodat: 259, link: 86, linkat: 265, symlink: 88, symlinkat: 266 },
      ...{ rename: 82, renameat: 264, renameat2: 316, unlink: 87, unlinkat: 263 },
      ...{ chmod: 90, fchmod: 91, fchmodat: 268, fchmodat2: 452 },
      ...{ chown: 92, fchown: 93, lchown: 94, fchownat: 260 },
      ...{ utime: 132, utimes: 235, utimensat: 280, futimesat: 261 },
      ...{ setxattr: 188, lsetxattr: 189, fsetxattr: 190 },
    },
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    clone3: 435,
    socketpair: 199,
    ioctl: 29,
    refused: {
      ...{ execveat: 281, ptrace: 117, process_vm_readv: 270, process_vm_writev: 271 },
      ...{ kcmp: 272, pidfd_getfd: 438, personality: 92 },
      ...{ socket: 198, mq_open: 180, shmget: 194, shmat: 196, semget: 190, msgget: 186 },
      ...{ unshare: 97, setns: 268, mount: 40, umount2: 39, pivot_root: 41, chroot: 51 },
      ...{ open_tree: 428, move_mount: 429, fsopen: 430, fsconfig: 431, fsmount: 432 },
      ...{ fspick: 433, mount_setattr: 442, open_by_handle_at: 265, name_to_handle_at: 264 },
      ...{ bpf: 280, userfaultfd: 282, perf_event_open: 241, fanotify_init: 262 },
      ...{ io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427 },
      ...{ add_key: 217, request_key: 218, keyctl: 219, memfd_secret: 447 },
      ...{ init_module: 105, finit_module: 273, delete_module: 106, kexec_load: 104 },
      ...{ kexec_file_load: 294, reboot: 142, swapon: 224, swapoff: 225, acct: 89 },
      ...{ syslog: 116, quotactl: 60, sethostname: 161, setdomainname: 162, vhangup: 58 },
      ...{ settimeofday: 170, clock_settime: 112, clock_adjtime: 266, adjtimex: 171 },
      ...{ mbind: 235, set_mempolicy: 237, migrate_pages: 238, move_pages: 239 },
      ...{ lookup_dcookie: 18, nfsservctl: 42 },
    },
    opening: [{ number: 56, flagsAt: 2 }],
    changing: {
      ...{ openat2: 437, truncate: 45, mkdirat: 34, mknodat: 33, linkat: 37, symlinkat: 36 },
      ...{ renameat: 38, renameat2: 276, unlinkat: 35, fchmod: 52, fchmodat: 53 },
      ...{ fchmodat2: 452, fchown: 55, fchownat: 54, utimensat: 88 },
      ...{ setxattr: 5, lsetxattr: 6, fsetxattr: 7 },
    },
  },
};

/**
 * Whether there is a filter for this architecture (`process.arch`).
 *
 * @param architecture - such as "x64"
 * @returns true for those whose calls have numbers here
 */
export function hasFilter(architecture: string): architecture is Architecture {
  return Object.hasOwn(NUMBERS, architecture);
}

/**
 * The names of the calls that the filter refuses outright on this architecture.
 *
 * @param architecture - the processor's
 * @param options - what a process may do
 * @returns names such as "ptrace"
 */
export function refusedCalls(
  architecture: Architecture,
  options: FilterOptions = { canWrite: true },
): readonly string[] {
  return Object.keys(refusedBy(architecture, options));
}

function refusedBy(
  architecture: Architecture,
  { canWrite, canFork = false }: FilterOptions,
): Readonly<Record<string, number>> {
  const { refused, changing } = NUMBERS[architecture];
  const all = canWrite ? refused : { ...refused, ...changing };
  if (!canFork) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => name !== "socket")); // some of them
}

/**
 * The filter's program, as `bwrap --seccomp` reads it.
 *
 * @param architecture - the processor's
 * @param options - what a process may do; write, unless said
 * @returns the bytes that the system's kernel takes
 * @throws UnrolledError when a jump in the program does not fit: our own mistake
 */
export function seccompFilter(
  architecture: Architecture,
  options: FilterOptions = { canWrite: true },
): Uint8Array {
  const { audit, clone, clone3, socketpair, ioctl, refused } = NUMBERS[architecture];
  const { canWrite, canFork = false } = options;
  const opening = canWrite ? [] : NUMBERS[architecture].opening;
  const lines: Line[] = [
    { load: ARCHITECTURE_AT },
    { ifEqual: audit, then: "number" },
    { give: KILL },

    { label: "number" },
    { load: NUMBER_AT },
    { ifAtLeast: X32, then: "kill" },
    { ifAtLeast: NEWEST + 1, then: "unknown" },
    { ifEqual: clone3, then: "unknown" },
    { ifEqual: clone, then: "clone" },
    { ifEqual: socketpair, then: "own socket" },
    ...(canFork ? [{ ifEqual: refused["socket"]!, then: "own socket" }] : []),
    { ifEqual: ioctl, then: "ioctl" },
    ...opening.map(({ number, flagsAt }) => ({ ifEqual: number, then: `flags ${flagsAt}` })),
    ...Object.values(refusedBy(architecture, options)).map((number) => ({
      ...{ ifEqual: number, then: "refuse" },
    })),
    { give: ALLOW },

    ...opening.flatMap(({ flagsAt }): Line[] => [
      { label: `flags ${flagsAt}` },
      { load: ARGUMENT_0_AT + 8 * flagsAt },
      { and: WRITING },
      { ifEqual: 0, then: "allow" },
      { jump: "refuse" },
    ]),

    { label: "clone" },
    { load: ARGUMENT_0_AT },
    ...(canFork ? [{ ifEqual: FORK, then: "allow" }] : []),
    { and: CLONE_THREAD },
    { ifEqual: CLONE_THREAD, then: "allow" },
    { jump: "refuse" },

    { label: "own socket" },
    { load: ARGUMENT_0_AT },
    { ifEqual: AF_UNIX, then: "allow" },
    { jump: "refuse" },

    { label: "ioctl" },
    { load: ARGUMENT_1_AT },
    { ifEqual: TIOCSTI, then: "refuse" },
    { ifEqual: TIOCLINUX, then: "refuse" },

    { label: "allow" },
    { give: ALLOW },
    { label: "refuse" },
    { give: EPERM },
    { label: "unknown" },
    { give: ENOSYS },
    { label: "kill" },
    { give: KILL },
  ];
  return assemble(lines);
}
