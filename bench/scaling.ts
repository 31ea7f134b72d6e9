/**
 * What a step costs against n_a, T and m, one at a time, and what a network holds against T, with
 * and without checkpoints.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CellName } from "../src/index.js";
import { checkpoints, engineContestant } from "./contestants.js";
import { Peer } from "./peer.js";
import { writeProblem } from "./workload.js";
import type { BurstAnswer } from "./protocol.js";
import type { Configuration } from "./rows.js";
import { logLogSlope, spreadOf } from "./statistics.js";
import { aligned } from "./table.js";

/** What is varied. */
export type Size = "n_a" | "T" | "m";

/** The cost at one size. */
export interface CostPoint {
  readonly cell: CellName;
  readonly varied: Size;
  readonly value: number;
  readonly milliseconds: number;
  /** Milliseconds for each million multiplications that the formulas need. */
  readonly perMillion: number;
}

/** What a network of T steps holds, and what its step costs. */
export interface MemoryPoint {
  readonly T: number;
  readonly checkpoints: boolean;
  readonly bytes: number;
  readonly milliseconds: number;
}

/** The whole measurement. */
export interface ScalingResult {
  readonly costs: readonly CostPoint[];
  readonly memory: readonly MemoryPoint[];
}

const base: Omit<Configuration, "cell"> = {
  ...{ n_x: 64, n_a: 128, n_y: 64, m: 32, T_x: 50 },
  indices: false,
};
const values: Readonly<Record<Size, readonly number[]>> = {
  n_a: [16, 32, 64, 96, 128, 192, 256, 384, 512, 768, 1024],
  T: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
  m: [1, 2, 4, 8, 16, 24, 32, 48, 64, 128, 256],
};
const steps = [50, 100, 200, 400, 800, 1600, 3200];

/** Measures all sizes, the whole series several times over so that a disturbance does not fall on one point. */
export async function measureScaling(
  rounds: number,
  say: (progress: string) => void,
): Promise<ScalingResult> {
  const folder = mkdtempSync(join(tmpdir(), "unrolled-scaling-"));
  const peer = await Peer.start(engineContestant("blas"), 1);
  const file = (name: string): string => join(folder, `${name}.raw`);
  const answers = new Map<string, BurstAnswer[]>();
  const measure = async (
    name: string,
    configuration: Configuration,
    variant: string,
  ): Promise<void> => {
    const known = answers.get(`${name} ${variant}`) ?? [];
    answers.set(`${name} ${variant}`, known);
    writeProblem(configuration, file(name));
    const request = { configuration, file: file(name), variant, warmUp: 20 };
    const burst = { repetitions: 5, milliseconds: 30, mostMilliseconds: 300, check: false };
    known.push(await peer.burst({ ...request, ...burst }));
    rmSync(file(name)); // the peer has read it
  };
  try {
    for (let round = 1; round <= rounds; round++) {
      for (const { name, configuration } of costConfigurations()) {
        if (name.endsWith("-1")) say(`round ${round}: ${name}`);
        await measure(name, configuration, "step");
      }
      for (const T of steps) {
        for (const variant of ["step", checkpoints])
          await measure(`memory ${T}`, textConfiguration(T), variant);
      }
    }
  } finally {
    peer.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const median = (name: string, variant: string): number =>
    spreadOf(answers.get(`${name} ${variant}`)!.flatMap(({ milliseconds }) => milliseconds)).median;
  return {
    costs: costConfigurations().map(({ name, varied, value, configuration }) => {
      const milliseconds = median(name, "step");
      const perMillion = milliseconds / (multiplications(configuration) / 1e6);
      return { cell: configuration.cell, varied, value, milliseconds, perMillion };
    }),
    memory: steps.flatMap((T) =>
      ["step", checkpoints].map((variant) => ({
        T,
        checkpoints: variant === checkpoints,
        bytes: answers.get(`memory ${T} ${variant}`)![0]!.bytes!,
        milliseconds: median(`memory ${T}`, variant),
      })),
    ),
  };
}

interface CostConfiguration {
  readonly name: string;
  readonly varied: Size;
  readonly value: number;
  readonly configuration: Configuration;
}

function costConfigurations(): CostConfiguration[] {
  return (["rnn", "gru", "lstm"] as const).flatMap((cell) =>
    (["n_a", "T", "m"] as const).flatMap((varied) =>
      values[varied].map((value) => {
        const sizes = { ...base, cell };
        const configuration =
          varied === "T" ? { ...sizes, T_x: value } : { ...sizes, [varied]: value };
        return { name: `${cell}-${varied}-${value}`, varied, value, configuration };
      }),
    ),
  );
}

/** A language model's inputs are indices: what grows with T is what the network keeps, not its data. */
function textConfiguration(T_x: number): Configuration {
  return { cell: "lstm", n_x: 27, n_a: 128, n_y: 27, m: 32, T_x, indices: true };
}

/** The multiplications of one step of training that the formulas need (forward, and twice back but for x). */
function multiplications({ cell, n_x, n_a, n_y, m, T_x }: Configuration): number {
  const gates = { rnn: 1, gru: 3, lstm: 4 }[cell];
  const recurrence = gates * n_a * (2 * (n_a + n_x) + n_a); // W [a; x], dW, and Waᵀ dz
  return (recurrence + 3 * n_y * n_a) * m * T_x;
}

/** How the cost grows with one size. */
export interface Growth {
  readonly cell: CellName;
  readonly varied: Size;
  /** The exponent over all sizes, and over the upper half of them. */
  readonly slope: number;
  readonly upperSlope: number;
  /** How the multiplications that the formulas need grow over the upper half. */
  readonly theory: number;
  /** The largest factor by which a multiplication costs more than at the next smaller size. */
  readonly worstJump: number;
}

/** The growth of each cell's cost with each size. */
export function growths({ costs }: ScalingResult): Growth[] {
  return (["rnn", "gru", "lstm"] as const).flatMap((cell) =>
    (["n_a", "T", "m"] as const).map((varied): Growth => {
      const points = costs.filter((point) => point.cell === cell && point.varied === varied);
      const upper = points.slice(Math.floor(points.length / 2));
      const line = (some: readonly CostPoint[], y: (point: CostPoint) => number): number =>
        logLogSlope(some.map((point) => [point.value, y(point)]));
      return {
        cell,
        varied,
        slope: line(points, ({ milliseconds }) => milliseconds),
        upperSlope: line(upper, ({ milliseconds }) => milliseconds),
        theory: line(upper, ({ milliseconds, perMillion }) => milliseconds / perMillion),
        worstJump: Math.max(
          ...points.slice(1).map(({ perMillion }, index) => perMillion / points[index]!.perMillion),
        ),
      };
    }),
  );
}

/** The result as text. */
export function scalingTables(result: ScalingResult): string {
  const growthLines = growths(result).map(
    ({ cell, varied, slope, upperSlope, theory, worstJump }) => [
      `  ${cell} against ${varied}`,
      ...[slope, upperSlope, theory].map((value) => value.toFixed(2)),
      `${worstJump.toFixed(2)}×`,
    ],
  );
  const memoryLines = steps.map((T) => {
    const [whole, kept] = [false, true].map((wanted) =>
      result.memory.find((one) => one.T === T && one.checkpoints === wanted)!,
    );
    return [
      `  ${T}`,
      ...[whole!, kept!].map(({ bytes }) => (bytes / 1e6).toFixed(1)),
      ...[whole!, kept!].map(({ milliseconds }) => milliseconds.toFixed(1)),
      `${(kept!.milliseconds / whole!.milliseconds).toFixed(2)}×`,
    ];
  });
  const memorySlope = (wanted: boolean): string =>
    logLogSlope(
      result.memory
        .filter(({ checkpoints }) => checkpoints === wanted)
        .map(({ T, bytes }) => [T, bytes]),
    ).toFixed(2);
  return [
    "Exponents of the cost (1 thread, BLAS), and the largest rise of the cost of a multiplication from one size to the next",
    aligned([["  ", "all sizes", "upper half", "theory there", "largest rise"], ...growthLines]),
    `\nA network's memory against T (LSTM n_a 128, m 32, text): ∝ T^${memorySlope(false)}, with checkpoints T^${memorySlope(true)}`,
    aligned([["  T", "MB", "MB, checkpoints", "ms", "ms, checkpoints", "cost"], ...memoryLines]),
  ].join("\n");
}
