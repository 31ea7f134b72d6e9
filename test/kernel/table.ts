/**
 * `npm run kernel-test`: this kernel beside Python's, Deno's and the stock tslab, all measured in one run, medians;
 * exits with 1 when a bound of ours is missed twice over or jupyter_kernel_test fails.
 *
 * A busy machine must not fail it wrongly: a missed bound is measured once more on its own, and the bounds are
 * stretched by what this machine takes longer to start ipykernel than the one they were set on.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packFolder } from "../../src/kernel/start/paths.js";
import { makeSnapshot } from "../../src/kernel/start/snapshotFile.js";
import { KernelClient, ownArgv, sleep } from "./kernelClient.js";

interface Kernel {
  readonly name: string;
  readonly argv: readonly string[];
  /** A cell that imports what lessons import. */
  readonly imports: string | undefined;
  readonly library: string | undefined;
  /** A loop at the top level and in a function; gives how many times longer the former takes. */
  readonly loop: string | undefined;
}

interface Row {
  readonly kernel: string;
  readonly "kernel_info, ms": number;
  readonly "first 1+1, ms": number;
  readonly "trivial cell, ms": number;
  readonly "after imports, ms": number | undefined;
  readonly "import unrolled, ms": number | undefined;
  readonly "completion, ms": number;
  readonly "idle, MB": number;
  readonly "300 cells later, ms": number | undefined;
  /** Top-level code over the same code in a function. */
  readonly "loop, times": number | undefined;
}

const rounds = Number(process.env["ROUNDS"] ?? 5);
const python = join(packFolder, ".venv", "bin", "python");
const heavy =
  'import * as math from "mathjs"; import * as tf from "@tensorflow/tfjs"; import * as pack from "unrolled";';

const addition = "for (let i = 0; i < 3e6; i++) { sum += i * 0.5; }";
const loop = `let sum = 0; const begun = performance.now(); ${addition} const top = performance.now() - begun;
const inside = () => { let sum = 0; ${addition} return sum; };
const again = performance.now(); inside(); top / (performance.now() - again)`;

const kernels: readonly Kernel[] = [
  {
    name: "unrolled",
    argv: ownArgv(),
    imports: heavy,
    library: 'import { Mat } from "unrolled";',
    loop,
  },
  {
    name: "tslab",
    argv: [
      process.execPath,
      join(packFolder, "node_modules", "tslab", "bin", "tslab"),
      "kernel",
      "--config-path={connection_file}",
    ],
    imports: heavy,
    library: 'import { Mat } from "unrolled";',
    loop,
  },
  {
    name: "deno",
    argv: [
      join(packFolder, "node_modules", ".bin", "deno"),
      "jupyter",
      "--kernel",
      "--conn",
      "{connection_file}",
    ],
    imports: undefined,
    library: undefined,
    loop: undefined,
  },
  {
    name: "ipykernel",
    argv: [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    imports: undefined,
    library: undefined,
    loop: undefined,
  },
];

/** The bounds that this kernel promises. */
const bounds: Readonly<Partial<Record<Figure, number>>> = {
  "kernel_info, ms": 400,
  "first 1+1, ms": 350,
  "trivial cell, ms": 5,
  "after imports, ms": 8,
  "import unrolled, ms": 30,
  "completion, ms": 15,
  "idle, MB": 180,
  "300 cells later, ms": 5,
  "loop, times": 3,
};

/** Milliseconds from ipykernel's start to its first 1+1, on the idle machine for which the bounds were set. */
const ipykernelThere = 350;

type Figure = Exclude<keyof Row, "kernel">;

// Node reads the certificates that this names before it starts anything, for 46 ms: that is the proxy's price, which is no
// kernel's, and machines without one do not pay it.
if (process.env["NODE_EXTRA_CA_CERTS"] !== undefined) {
  delete process.env["NODE_EXTRA_CA_CERTS"];
  console.log("measured without NODE_EXTRA_CA_CERTS, which costs each start of Node 46 ms");
}

const noSnapshot = await makeSnapshot();
if (noSnapshot !== undefined) console.log(noSnapshot);

const rows: Row[] = [];
for (const kernel of kernels) {
  if (!existsSync(kernel.argv[0]!)) {
    console.log(`${kernel.name}: not installed here; npm test sets it up`);
    continue;
  }
  rows.push(await measure(kernel));
}
console.table(Object.fromEntries(rows.map(({ kernel, ...figures }) => [kernel, figures])));

const [own] = rows as [Row, ...Row[]];
const ipykernel = rows.find(({ kernel }) => kernel === "ipykernel");
const slowness = Math.max(1, (ipykernel?.["first 1+1, ms"] ?? 0) / ipykernelThere);
if (slowness > 1) {
  console.log(
    `this machine is ${slowness.toFixed(2)} times slower now: the bounds are stretched by that`,
  );
}

let missed = missedBounds(own);
let failed: Figure[] = [];
if (missed.length > 0) {
  console.log(`missed, so measured once more on its own: ${missed.join(", ")}`);
  const again = await measure(kernels[0]!);
  console.table({ unrolled: again });
  const missedAgain = missedBounds(again);
  missed = missed.filter((figure) => missedAgain.includes(figure));
  // Other programs on the machine make figures worse by half, seldom twice in a row by more than twice.
  failed = missed.filter((figure) =>
    [own, again].every((row) => Number(row[figure]) > 2 * bounds[figure]! * slowness),
  );
}
for (const figure of missed) {
  const verdict = failed.includes(figure) ? "a failure" : "no failure: by less than twice";
  console.log(`missed: ${figure}: above ${(bounds[figure]! * slowness).toFixed(0)} (${verdict})`);
}
if (missed.length === 0) console.log("all bounds are held");

const suite = spawnSync(python, [join(packFolder, "test", "kernel", "protocol_test.py")], {
  encoding: "utf8",
});
console.log(`jupyter_kernel_test: ${suite.stderr.trim().split("\n").slice(-3).join(" ")}`);
process.exit(failed.length > 0 || suite.status !== 0 ? 1 : 0);

function missedBounds(row: Row): Figure[] {
  return (Object.keys(bounds) as Figure[]).filter(
    (figure) => Number(row[figure]) > bounds[figure]! * slowness,
  );
}

async function measure(kernel: Kernel): Promise<Row> {
  const infos: number[] = [];
  const firsts: number[] = [];
  const trivial: number[] = [];
  const loaded: number[] = [];
  const library: number[] = [];
  const completions: number[] = [];
  const memory: number[] = [];
  const later: number[] = [];
  const loops: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    // Inside the pack, so that the stock tslab finds the library too.
    const client = await KernelClient.start({
      argv: kernel.argv,
      folder: join(packFolder, "notebooks"),
      // What is measured is compiled, not found.
      env: { ...process.env, UNROLLED_COMPILED_CELLS: "off" },
    });
    infos.push(client.firstReplyAfter);
    await client.run("1 + 1");
    firsts.push(performance.now() - start);
    await timed(trivial, 30, (i) => client.run(`2 + ${i}`));
    await sleep(300);
    memory.push(residentMegabytes(client));
    await timed(completions, 4, () =>
      client.request("complete_request", { code: "par", cursor_pos: 3 }),
    );
    if (kernel.library !== undefined) {
      await timed(library, 1, () => client.run(kernel.library!));
    }
    if (kernel.imports !== undefined) {
      await client.run(kernel.imports, {}, 60_000);
      await client.run("3 + 3");
      await timed(loaded, 30, (i) => client.run(`2 + ${i}`));
    }
    if (kernel.loop !== undefined) {
      for (let i = 0; i < 3; i++) loops.push(Number((await client.run(kernel.loop)).result));
      for (let i = 0; i < 300; i++) await client.run(`const a${i} = ${i};`);
      await timed(later, 30, (i) => client.run(`2 + ${i}`));
    }
    await client.stop();
  }
  return {
    kernel: kernel.name,
    "kernel_info, ms": median(infos)!,
    "first 1+1, ms": median(firsts)!,
    "trivial cell, ms": median(trivial)!,
    "after imports, ms": median(loaded),
    "import unrolled, ms": median(library),
    "completion, ms": median(completions)!,
    "idle, MB": median(memory)!,
    "300 cells later, ms": median(later),
    "loop, times": median(loops),
  };
}

/** Another cell each time: the stock tslab does not compile again what has just run. */
async function timed(
  into: number[],
  times: number,
  work: (i: number) => Promise<unknown>,
): Promise<void> {
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await work(i);
    into.push(performance.now() - start);
  }
}

function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)]! * 10) / 10;
}

function residentMegabytes(client: KernelClient): number {
  const statm = readFileSync(`/proc/${client.process.pid}/statm`, "utf8");
  return (Number(statm.split(" ")[1]) * 4096) / 1e6;
}
