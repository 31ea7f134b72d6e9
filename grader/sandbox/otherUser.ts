/**
 * The second box, for containers that forbid namespaces and in which the grader is root: a user of its own for each
 * process.
 *
 * Theory of operation, from the outside in:
 * - prlimit bounds what it bounds in the first box, and the number of threads;
 * - setpriv makes the process another user's, who has no group, no capability and no way to get one, and whose number no
 *   other process has: there is nobody to signal or to trace, and nothing is its own;
 * - the hand-in's folder belongs to root and can be read by this user's group alone; the grader's own files are closed
 *   to all other users, which is looked at before the first box is opened (classSandbox.ts);
 * - a launcher puts the filter of system calls on (seccomp.ts, the kind in which nothing can be created, changed or
 *   opened for writing: there is no file system of one's own here) and, where the system has Landlock, closes every
 *   file but Deno, its libraries, the packages and the hand-in;
 * - Deno and the grader's questions are as in the first box.
 */
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { chmod, lchown, readdir } from "node:fs/promises";
import { join } from "node:path";
import { prlimitArguments } from "./boxLimits.js";
import {
  type BoxedStart,
  boxEnvironment,
  type BoxParts,
  denoArguments,
  leaderOf,
  ownFolder,
} from "./boxParts.js";

/** The programs that make another user's process of one. */
export interface UserTools {
  readonly setpriv: string;
  readonly perl: string;
}

/** Users that no system gives out: below those of systemd and of user namespaces. */
const FIRST_USER = 20_000;
const USERS = 20_000;
let next = randomInt(USERS);

/** Threads of one process, or how many it may have: Deno takes some ten. */
const THREADS = 64;

/**
 * Becomes what it is told, with the filter that is open as its file 3; for Perl, which is in every Debian and Ubuntu.
 * Arguments: prctl's number, how many files, the files that may be read (where there are none, all), the command.
 */
const LAUNCHER = `use strict;
my ($prctl, $count, @rest) = @ARGV;
my @files = splice @rest, 0, $count;
open my $in, "<&=", 3 or die "launcher: no filter: $!\\n";
binmode $in; local $/; my $filter = <$in>; close $in;
my $abi = $count > 0 ? syscall 444, 0, 0, 1 : 0;
if ($abi > 0) {
  my $all = $abi >= 5 ? 0xffff : $abi >= 3 ? 0x7fff : $abi == 2 ? 0x3fff : 0x1fff;
  my $rules = pack "Q", $all;
  my $set = syscall 444, $rules, 8, 0;
  die "launcher: Landlock: $!\\n" if $set < 0;
  for my $file (@files, "/proc/$$") { # there Deno looks its stack up
    sysopen my $at, $file, 0x200000 or die "launcher: $file: $!\\n";
    my $rule = pack "Q l", -d $file ? 13 : 5, fileno $at;
    syscall(445, $set, 1, $rule, 0) == 0 or die "launcher: Landlock: $file: $!\\n";
  }
  syscall(446, $set, 0) == 0 or die "launcher: Landlock: $!\\n";
  open my $done, "<&=", $set; close $done;
}
my $program = pack "S x![P] P", length($filter) / 8, $filter;
syscall($prctl, 22, 2, $program) == 0 or die "launcher: seccomp: $!\\n";
exec { $rest[0] } @rest or die "launcher: $!\\n";
`;

/** prctl's number on this architecture. */
const PRCTL = process.arch === "arm64" ? "167" : "157";

/**
 * The command that puts on the filter which it finds open as its file 3.
 *
 * @param tools - the programs
 * @param readable - files and folders; with Landlock no others can be opened, unless there are none here
 * @returns the command to put before another
 */
export function underFilter(
  { perl }: Pick<UserTools, "perl">,
  readable: readonly string[],
): readonly string[] {
  return [perl, "-e", LAUNCHER, PRCTL, String(readable.length), ...readable];
}

/**
 * The command that becomes another user's.
 *
 * @param tools - the programs
 * @param user - a number, of the user and of the group
 * @returns the command to put before another
 */
export function asUser({ setpriv }: Pick<UserTools, "setpriv">, user: number): readonly string[] {
  const one = String(user);
  return [
    ...[setpriv, `--reuid=${one}`, `--regid=${one}`, "--clear-groups"],
    ...["--inh-caps=-all", "--no-new-privs", "--"],
  ];
}

/**
 * A user that no other process has.
 *
 * @returns its number
 */
export function unusedUser(): number {
  next = (next + 1) % USERS;
  return FIRST_USER + next;
}

/**
 * Starts the box's program as a user of its own.
 *
 * @param parts - what the box is made of
 * @param submission - the hand-in's folder, from now on root's, and that user's to read
 * @param more - for Deno, by a test
 * @returns the process, which leads a group of its own
 */
export async function startAsOtherUser(
  parts: BoxParts & UserTools,
  submission: string,
  more: readonly string[],
): Promise<BoxedStart> {
  const { deno, prlimit, limits, pack, libraries } = parts;
  const user = unusedUser();
  const own = await ownFolder(parts, submission);
  for (const place of [own, submission]) await lend(place, user);
  const filter = openSync(parts.filter, "r");
  try {
    const child = spawn(
      prlimit,
      [
        `--nproc=${THREADS}`,
        ...prlimitArguments(limits),
        ...asUser(parts, user),
        ...underFilter(parts, [deno, pack, own, submission, ...libraries]),
        ...[deno, ...denoArguments(limits, { pack, submission, maps: own }, more)],
      ],
      {
        stdio: ["pipe", "pipe", "pipe", filter],
        env: boxEnvironment(join(own, "deno")), // which nobody can make
        cwd: "/",
        detached: true, // its own session: no terminal, and one signal ends all of it
      },
    );
    return leaderOf(child, submission, own);
  } finally {
    closeSync(filter);
  }
}

/** Lets a group read a folder, and nobody else. */
async function lend(folder: string, group: number): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await lend(path, group);
    else {
      await lchown(path, 0, group);
      if (entry.isFile()) await chmod(path, 0o640);
    }
  }
  await lchown(folder, 0, group);
  await chmod(folder, 0o750);
}
