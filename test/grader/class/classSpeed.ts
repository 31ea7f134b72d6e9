/**
 * `npm run class-speed [-- --students 100] [--workers 3] [--json]`: how fast a class is graded.
 * `npm run class-speed -- --growth 100,1000,10000`: the same for classes of these sizes, a row each.
 *
 * The class is made here (madeClass.ts). Told are hand-ins a second, the time of one at the median and at
 * the slowest twentieth, the time of the processor that the grader itself takes for one, its memory, what pages and
 * the table take, and how long the same class takes when nothing has changed. classSpeed.md beside this file keeps
 * the last runs.
 */
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { exitCodes } from "#common/exit-codes";
import { classSpeed, type Speed } from "./speed.js";

const { values } = parseArgs({
  options: {
    students: { type: "string", default: "100" },
    workers: { type: "string", default: String(availableParallelism() + 1) },
    growth: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const workers = Number(values.workers);
const sizes = (values.growth ?? values.students).split(",").map(Number);
if (![workers, ...sizes].every((n) => Number.isInteger(n) && n > 0)) {
  console.error("class-speed: expected whole numbers above 0, such as --students 100 --workers 3");
  process.exit(exitCodes.usage);
}

if (values.growth !== undefined) await showGrowth();
else {
  const speed = await classSpeed(sizes[0]!, workers);
  if (values.json) console.log(JSON.stringify(speed));
  else show(speed);
}

function show(speed: Speed): void {
  const { students, statuses, seconds, median, slowestTwentieth, processor } = speed;
  const counts = Object.entries(statuses).map(([status, count]) => `${count} ${status}`);
  console.log(`${machine()}: ${students} students × 10 exercises (${counts.join(", ")})`);
  console.log(
    `${(students / seconds).toFixed(1)} hand-ins a second; one takes ${median.toFixed(0)} ms at the median, ${slowestTwentieth.toFixed(0)} ms at the slowest twentieth, and ${processor.toFixed(0)} ms of the grader's own processor time; at most ${speed.memory.toFixed(0)} MB; again unchanged: ${speed.again.toFixed(1)} ms each`,
  );
}

function machine(): string {
  return `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${availableParallelism()} cores, ${workers} at a time`;
}

/** Each size in a process of its own: memory is what that class needs. */
async function showGrowth(): Promise<void> {
  console.log(`${machine()}; for one hand-in, in ms:`);
  console.log("");
  console.log(
    "| students | graded | median | slowest twentieth | own processor time | found | page | table | again unchanged | most memory, MB | gradebook, MB |",
  );
  console.log(`|${" ---: |".repeat(11)}`);
  for (const size of sizes) {
    const args = ["--students", String(size), "--workers", values.workers, "--json"];
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...[fileURLToPath(import.meta.url), ...args],
    ]);
    const speed = JSON.parse(stdout) as Speed;
    const cells = [
      (1000 * speed.seconds) / size,
      ...[speed.median, speed.slowestTwentieth, speed.processor, speed.finding],
      ...[speed.pages, speed.table, speed.again, speed.memory, speed.gradebook],
    ];
    const [size_, ...rest] = [String(size), ...cells.map((cell) => cell.toPrecision(3))];
    console.log(`| ${[size_, ...rest].join(" | ")} |`);
  }
}
