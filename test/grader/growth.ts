/** Whether what takes hostile input takes time that grows as the input does. */
import assert from "node:assert/strict";

/** What a garbage collection may add, in milliseconds. */
const LEAST = 50;

/**
 * Fails where four times as much takes more than eight times as long.
 *
 * @param run - takes an input of a size of k
 */
export async function assertGrowsLinearly(run: (k: number) => void | Promise<void>): Promise<void> {
  await run(1); // compiled
  const times: number[] = [];
  for (const k of [1, 2, 4]) times.push(await milliseconds(() => run(k)));
  const [one, , four] = times as [number, number, number];
  assert.ok(
    four <= 8 * Math.max(one, LEAST),
    times.map((time) => `${time.toFixed()} ms`).join(", "),
  );
}

/** Processor time: other programs of the machine are not in it. */
async function milliseconds(run: () => void | Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
