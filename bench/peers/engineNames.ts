/**
 * The engine trains the language model of names.ts: `node engineNames.js PATH THREADS TASK`.
 *
 * A line of JSON behind each epoch: the seconds of training so far and the test loss in nats a character.
 */
import { readFileSync } from "node:fs";
import process from "node:process";
import { type EnginePath, openEngine } from "../../src/engine/index.js";
import type { LearningProgress } from "../languageModel.js";
import type { NamesTask } from "../names.js";
import { readParameters } from "../workload.js";

const [path, threads, json] = process.argv.slice(2) as [EnginePath, string, string];
const task = JSON.parse(json) as NamesTask;
const { n_x, n_a, n_y, m, T_x, trainingNames, testNames, batches, epochs, learningRate } = task;
const bytes = new Uint8Array(readFileSync(task.file)).buffer;
const { parameters, next } = readParameters("lstm", { n_x, n_a, n_y }, bytes);
const sequences = new Int32Array(bytes, next, (trainingNames + testNames) * 2 * T_x);
const orders = new Int32Array(bytes, next + sequences.byteLength);

const engine = openEngine({ path, threads: Number(threads) });
const network = engine.network({ cell: "lstm", n_x, n_a, n_y, m, T_x, inputs: "indices" });
network.setParameters(parameters);
const inputs = new Int32Array(T_x * m);
const labels = new Int32Array(T_x * m);

/** The loss of a batch, names given by their number; fewer than m are filled up with padding. */
function lossAndGradients(batch: ArrayLike<number>): number {
  inputs.fill(-1);
  labels.fill(-1);
  for (let i = 0; i < batch.length; i++) {
    const start = batch[i]! * 2 * T_x;
    for (let t = 0; t < T_x; t++) {
      inputs[t * m + i] = sequences[start + t]!;
      labels[t * m + i] = sequences[start + T_x + t]!;
    }
  }
  network.setInputs(inputs);
  network.setTargets(labels);
  return network.lossAndGradients();
}

function testLoss(): number {
  let total = 0;
  let characters = 0;
  for (let from = 0; from < testNames; from += m) {
    const count = Math.min(m, testNames - from);
    total +=
      m * lossAndGradients(Array.from({ length: count }, (_, i) => trainingNames + from + i));
    for (const label of labels) if (label >= 0) characters++;
  }
  return total / characters;
}

let seconds = 0;
for (let epoch = 0; epoch < epochs; epoch++) {
  const start = performance.now();
  for (let batch = epoch * batches; batch < (epoch + 1) * batches; batch++) {
    lossAndGradients(orders.subarray(batch * m, (batch + 1) * m));
    network.adamStep({ learningRate });
  }
  seconds += (performance.now() - start) / 1000;
  const reached = testLoss();
  console.log(JSON.stringify({ seconds, testLoss: reached } satisfies LearningProgress));
  if (reached <= task.target) break;
}
engine.close();
