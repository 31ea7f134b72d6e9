/** The machine that measures, and what else it did meanwhile. */
import { readFileSync } from "node:fs";
import { cpus, platform, release } from "node:os";
import process from "node:process";

/** What a figure must be read with. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly system: string;
  readonly node: string;
}

/** This machine. */
export function describeMachine(): Machine {
  const cores = cpus();
  return {
    processor: cores[0]?.model.trim() ?? "unknown",
    cores: cores.length,
    system: `${platform()} ${release()}`,
    node: process.version,
  };
}

/** A moment, to be compared with a later one. */
export interface CpuTimes {
  /** Ticks that all cores worked, and ticks in all. */
  readonly busy: number;
  readonly all: number;
  /** Ticks that the benchmark's own processes worked. */
  readonly own: number;
}

/** The processors' times until now; undefined where the system does not tell (it is not Linux). */
export function cpuTimes(ownPids: readonly number[]): CpuTimes | undefined {
  try {
    const [, ...fields] = readFileSync("/proc/stat", "utf8").split("\n")[0]!.split(/\s+/);
    const ticks = fields.slice(0, 8).map(Number);
    const all = ticks.reduce((sum, count) => sum + count, 0);
    const own = ownPids.reduce((sum, pid) => sum + ticksOf(`/proc/${pid}`), 0);
    return { all, busy: all - ticks[3]! - ticks[4]!, own };
  } catch {
    return undefined;
  }
}

/** The share of the processors' time that others took between two moments, 0 to 1. */
export function othersShare(from: CpuTimes, to: CpuTimes): number {
  const others = to.busy - from.busy - (to.own - from.own);
  return Math.max(0, others) / (to.all - from.all);
}

/** User and system ticks of a process and of its children that have ended. */
function ticksOf(folder: string): number {
  const stat = readFileSync(`${folder}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, count) => sum + Number(count), 0);
}
