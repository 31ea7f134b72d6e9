/** The programs that a process has started, as the system lists them. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/**
 * Sends a signal to the programs that a process started, and to those that they started.
 *
 * @param parent - the process
 * @param spared - programs of its that get no signal, nor do those that they started
 * @param signal - what is sent
 */
export function endPrograms(
  parent: number,
  spared: readonly number[],
  signal: NodeJS.Signals,
): void {
  const children = new Map<number, number[]>();
  for (const [child, of] of allPrograms()) children.set(of, [...(children.get(of) ?? []), child]);
  const visit = (one: number): void => {
    for (const child of children.get(one) ?? []) {
      if (spared.includes(child)) continue;
      visit(child);
      try {
        process.kill(child, signal);
      } catch {
        // It has ended meanwhile.
      }
    }
  };
  visit(parent);
}

/** Every program and the one that started it. */
function allPrograms(): (readonly [pid: number, parent: number])[] {
  if (!existsSync("/proc/self/stat")) {
    const list = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
    return list
      .trim()
      .split("\n")
      .map((line) => {
        const [pid, parent] = line.trim().split(/\s+/).map(Number);
        return [pid!, parent!] as const;
      });
  }
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      // The name in brackets may hold anything.
      const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return [[Number(name), Number(parent)] as const];
    } catch {
      return [];
    }
  });
}
