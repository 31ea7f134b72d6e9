/**
 * The language model's problem: the pack's first names as padded sequences of letters, the order of
 * the training batches, and the parameters to start from, in one raw file for all contestants.
 */
import { writeFileSync } from "node:fs";
import { firstNames } from "../src/data/index.js";
import { initializeLstm, seededRandom } from "../src/index.js";
import { float32, parameterNames, matricesByName } from "./workload.js";

/** What is trained, on what, and until when. */
export interface NamesTask {
  readonly file: string;
  readonly n_a: number;
  /** Letters, and one more for <EOS>; inputs are the letters alone. */
  readonly n_x: number;
  readonly n_y: number;
  /** Names in a batch. */
  readonly m: number;
  /** Steps: the longest name's letters and <EOS>. */
  readonly T_x: number;
  readonly trainingNames: number;
  readonly testNames: number;
  readonly batches: number;
  readonly epochs: number;
  readonly learningRate: number;
  /** Training ends behind the epoch in which the test loss, in nats a character, is this or less. */
  readonly target: number;
}

const seed = 5;

/**
 * Writes the file: float32 parameters of an LSTM (parameterNames' order, row after row); then int32:
 * for each training name and then each test name T_x inputs (−1: nothing, in front of the first
 * letter and behind the last) and T_x labels (−1: padding); then epochs × batches × m training names.
 */
export async function writeNames(file: string): Promise<NamesTask> {
  const { tokens, split } = await firstNames();
  const letter = new Map(tokens.map((token, index) => [token, index]));
  const names = [...split.train, ...split.test];
  const [n_a, m, epochs] = [128, 32, 20];
  const n_x = tokens.length;
  const n_y = n_x + 1;
  const T_x = Math.max(...names.map((name) => name.length)) + 1;
  const random = seededRandom(seed);
  const parameters = matricesByName(initializeLstm({ n_x, n_a, n_y }, random));
  const sequences = names.map((name) => {
    const letters = Array.from(name, (character) => letter.get(character)!);
    const padding = new Array<number>(T_x - 1 - letters.length).fill(-1);
    return [-1, ...letters, ...padding, ...letters, n_x, ...padding];
  });
  const batches = Math.floor(split.train.length / m); // the few names of a last, smaller one wait for the next epoch
  const indices = split.train.map((_, index) => index);
  const orders = Array.from({ length: epochs }, () =>
    random.shuffle(indices).slice(0, batches * m),
  );
  writeFileSync(
    file,
    Buffer.concat([
      ...parameterNames.lstm.map((name) => float32(parameters[name]!)),
      ...[...sequences, ...orders].map((list) => new Uint8Array(Int32Array.from(list).buffer)),
    ]),
  );
  return {
    ...{ file, n_a, n_x, n_y, m, T_x, batches, epochs },
    trainingNames: split.train.length,
    testNames: split.test.length,
    learningRate: 0.003,
    target: 1.96,
  };
}
