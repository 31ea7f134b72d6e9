/** What a boxed process may use. */

/** Bounds on one exercise's process; times in seconds, sizes in bytes. */
export interface Limits {
  /** Processor time of the whole process. */
  readonly cpuSeconds: number;
  /** Time on the clock for one request: loading the file, or one call. */
  readonly requestSeconds: number;
  /** Time on the clock for all of it. */
  readonly totalSeconds: number;
  /** Time on the clock for all exercises of a hand-in that run in boxes of their own; the others get {@link SHORT}. */
  readonly handInSeconds: number;
  /** Private memory; the runtime itself needs about 700 MiB of address space. */
  readonly dataBytes: number;
  /** The part of it that JavaScript objects may fill. */
  readonly heapBytes: number;
  /** Files in the box's own /tmp. */
  readonly fileBytes: number;
  /** One answer. */
  readonly frameBytes: number;
  /** What `console.log` may write. */
  readonly consoleBytes: number;
  /** How often a process that had to be stopped is started again for the next case. */
  readonly restarts: number;
}

const MIB = 2 ** 20;

/** An exercise needs well under a second and 50 MiB; a loaded machine must not fail anyone. */
export const DEFAULT_LIMITS: Limits = {
  cpuSeconds: 5,
  requestSeconds: 10,
  totalSeconds: 60,
  handInSeconds: 240,
  dataBytes: 1024 * MIB,
  heapBytes: 256 * MIB,
  fileBytes: 16 * MIB,
  frameBytes: 16 * MIB,
  consoleBytes: MIB,
  restarts: 2,
};

/** What is left for an exercise when the hand-in's others took all of its time: enough for any that ends. */
export const SHORT: Partial<Limits> = { cpuSeconds: 2, totalSeconds: 10, restarts: 0 };

/**
 * The arguments of `prlimit` that set these bounds for the command that follows.
 *
 * @param limits - of one box
 * @returns options of `prlimit`, without the command
 */
export function prlimitArguments(limits: Limits): readonly string[] {
  return [
    `--cpu=${limits.cpuSeconds}:${limits.cpuSeconds + 1}`,
    `--data=${limits.dataBytes}`,
    `--fsize=${limits.fileBytes}`,
    "--nofile=64",
    "--core=0",
    "--",
  ];
}
