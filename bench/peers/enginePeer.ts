/**
 * The engine as a contestant: `node enginePeer.js PATH THREADS`.
 *
 * Besides whole steps it measures the products of a step alone: it notes the calls that one step
 * makes, and makes the same calls over the same memory again and again.
 */
import process from "node:process";
import { type Engine, openEngine } from "../../src/engine/index.js";
import type { EnginePath } from "../../src/engine/computing.js";
import { checkpoints, products, squareProduct } from "../contestants.js";
import { normOf, readProblem } from "../problem.js";
import { type BurstRequest, contend, type Prepared } from "../protocol.js";

const [path, threads] = process.argv.slice(2) as [EnginePath, string];
const engine = openEngine({ path, threads: Number(threads) });
await contend({ engine: engine.reason }, (request) => {
  if (request.variant === squareProduct) return squareProductAlone(engine, 512);
  const prepared = wholeStep(engine, request);
  return request.variant === products ? productsAlone(engine, prepared) : prepared;
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
    bytes: network.bytes,
  };
}

/** The products that a step makes, in their order. */
function productsAlone(engine: Engine, { step }: Prepared): Prepared {
  const { kernels } = engine;
  const { multiply, outerProducts } = kernels;
  const calls: (() => void)[] = [];
  let multiplications = 0;
  kernels.multiply = (...values) => {
    const [, rows, inner, , , columns] = values;
    multiplications += rows * inner * columns;
    calls.push(() => multiply(...values));
    multiply(...values);
  };
  kernels.outerProducts = (...values) => {
    const [, rows, inner, , , , , columns] = values;
    multiplications += rows * inner * columns;
    calls.push(() => outerProducts(...values));
    outerProducts(...values);
  };
  step();
  Object.assign(kernels, { multiply, outerProducts });
  return {
    step: () => {
      for (const call of calls) call();
      return 0;
    },
    gradientNorm: () => 0,
    operations: 2 * multiplications,
  };
}

/** An n × n × n product of the engine. */
function squareProductAlone({ memory, kernels }: Engine, n: number): Prepared {
  const [w, b, c] = [0, 1, 2].map(() => memory.allocate(n * n * 4)) as [number, number, number];
  for (const factor of [w, b]) memory.floatsAt(factor, n * n).fill(0.5);
  return {
    step: () => {
      kernels.multiply(w, n, n, b, n, n, c, n, false);
      return 0;
    },
    gradientNorm: () => 0,
    operations: 2 * n ** 3,
  };
}
