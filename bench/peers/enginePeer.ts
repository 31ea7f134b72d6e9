/**
 * The engine as a contestant: `node enginePeer.js PATH THREADS`.
 *
 * Besides whole steps it measures the products of a step alone: it notes the calls that one step
 * makes, and makes the same calls over the same memory again and again. A profile looks at the
 * clock before and after each kernel's call within whole steps; what the looking takes is measured
 * on calls that do nothing, and taken off.
 */
import process from "node:process";
import { type Engine, openEngine } from "../../src/engine/index.js";
import { partsOf } from "../../src/engine/engine.js";
import type { EnginePath } from "../../src/engine/computing.js";
import { checkpoints, products, profile, squareProduct } from "../contestants.js";
import { normOf, readProblem } from "../workload.js";
import { spreadOf } from "../statistics.js";
import { type BurstRequest, contend, type Prepared } from "../protocol.js";

const [path, threads] = process.argv.slice(2) as [EnginePath, string];
const engine = openEngine({ path, threads: Number(threads) });
await contend({ engine: engine.reason }, (request) => {
  if (request.variant === squareProduct) return squareProductAlone(engine, 512);
  const prepared = wholeStep(engine, request);
  if (request.variant === products) return productsAlone(engine, prepared);
  return request.variant === profile ? profiled(engine, prepared) : prepared;
});

function wholeStep(engine: Engine, { configuration, file, variant }: BurstRequest): Prepared {
  const { parameters, inputs, labels } = readProblem(configuration, file);
  const { indices, ...sizes } = configuration;
  const network = engine.network({
    ...sizes,
    inputs: indices ? "indices" : "columns",
    checkpoints: variant === checkpoints,
  });
  network.setParameters(parameters);
  network.setInputs(inputs);
  network.setTargets(labels);
  return {
    step: () => network.lossAndGradients(),
    gradientNorm: () => normOf(network.gradients()),
    about: () => ({ bytes: network.bytes }),
  };
}

/** The products that a step makes, in their order. */
function productsAlone(engine: Engine, { step }: Prepared): Prepared {
  const { operations } = partsOf(engine);
  const { multiply, outerProducts } = operations;
  const calls: (() => void)[] = [];
  let multiplications = 0;
  operations.multiply = (...values) => {
    const [, rows, inner, , , columns] = values;
    multiplications += rows * inner * columns;
    calls.push(() => multiply(...values));
    multiply(...values);
  };
  operations.outerProducts = (...values) => {
    const [, rows, inner, , , , , columns] = values;
    multiplications += rows * inner * columns;
    calls.push(() => outerProducts(...values));
    outerProducts(...values);
  };
  step();
  Object.assign(operations, { multiply, outerProducts });
  return {
    step: () => {
      for (const call of calls) call();
      return 0;
    },
    gradientNorm: () => 0,
    about: () => ({ operations: 2 * multiplications }),
  };
}

/** Whole steps, and how long each kernel took in a step: the median over the steps. */
function profiled(engine: Engine, { step, gradientNorm }: Prepared): Prepared {
  const operations = partsOf(engine).operations as unknown as Record<
    string,
    (...values: number[]) => unknown
  >;
  const plain = { ...operations };
  const spent = new Map<string, number>();
  const timed =
    (name: string, kernel: (...values: number[]) => unknown) =>
    (...values: number[]): unknown => {
      const start = performance.now();
      const result = kernel(...values);
      spent.set(name, (spent.get(name) ?? 0) + performance.now() - start - lookingTakes);
      return result;
    };
  let lookingTakes = 0;
  const nothing = timed("nothing", () => 0);
  const calls = 100_000;
  for (let call = 0; call < 2 * calls; call++) {
    if (call === calls) spent.clear(); // compiled by now
    nothing(0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
  lookingTakes = spent.get("nothing")! / calls;

  const steps: ReadonlyMap<string, number>[] = [];
  return {
    step: () => {
      spent.clear();
      for (const [name, kernel] of Object.entries(plain)) operations[name] = timed(name, kernel);
      try {
        return step();
      } finally {
        Object.assign(operations, plain);
        steps.push(new Map(spent));
      }
    },
    gradientNorm,
    about: () => {
      const names = [...steps.at(-1)!.keys()];
      const median = (name: string): number => spreadOf(steps.map((one) => one.get(name)!)).median;
      return { profile: Object.fromEntries(names.map((name) => [name, median(name)])) };
    },
  };
}

/** An n × n × n product of the engine. */
function squareProductAlone(engine: Engine, n: number): Prepared {
  const { memory, operations } = partsOf(engine);
  const blocks = [0, 1, 2].map(() => memory.allocate(n * n * 4));
  for (const factor of blocks.slice(0, 2)) factor.floats(factor.start, n * n).fill(0.5);
  const [w, b, c] = blocks.map(({ start }) => start) as [number, number, number];
  return {
    step: () => {
      operations.multiply(w, n, n, b, n, n, c, n, false);
      return 0;
    },
    gradientNorm: () => 0,
    about: () => ({ operations: 2 * n ** 3 }),
  };
}
