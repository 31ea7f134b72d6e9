/** Whether what takes hostile input takes time that grows as the input does. */
import assert from "node:assert/strict";

/** What a garbage collection may add, in milliseconds. */
const LEAST = 50;

/** Collections of a large heap fall where they will: growth that is real shows in every round. */
const ROUNDS = 3;

/**
 * Fails where four times as much takes more than eight times as long, in every round.
 *
 * @param run - takes an input of a size of k
 */
export async function assertGrowsLinearly(run: (k: number) => void | Promise<void>): Promise<void> {
  await run(1); // compiled
  const seen: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const times: number[] = [];
    for (const k of [1, 2, 4]) times.push(await milliseconds(() => run(k)));
    const [one, , four] = times as [number, number, number];
    if (four <= 8 * Math.max(one, LEAST)) return;
    seen.push(times.map((time) => `${time.toFixed()} ms`).join(", "));
  }
  assert.fail(`grows faster than its input: ${seen.join("; ")}`);
}

/** Processor time: other programs of the machine are not in it. */
async function milliseconds(run: () => void | Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
