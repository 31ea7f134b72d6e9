/** The experiment of lesson 08: which gate remembers? */
import { readFileSync } from "node:fs";
import { inPack } from "#common/pack-root";
import { type GruParameters, initializeGru, Mat, seededRandom, train } from "unrolled";
import { capitals, lastCapital, streamLetters } from "unrolled/data";
import { gruLossAndGradients } from "unrolled/engine";
import { byModel, type Experiment, overSeeds } from "./experiment.js";

/** What is the same for every network; the lesson's cells say it too. */
export const settings = { n_a: 8, T: 100, m: 32, steps: 300, learningRate: 0.02, far: 20 } as const;

/** The networks, by the gates that they can use. */
export const networks = {
  "both gates": {},
  "update gate only": { relevance: false },
  "relevance gate only": { update: false },
  "no gate": { update: false, relevance: false },
} as const;

/** A network's name. */
export type NetworkName = keyof typeof networks;

/** What the file holds. */
export interface Kept {
  /** How it was made, and when. */
  readonly provenance: string;
  /** By network, a number for each seed from 1: percent of right answers at least `far` steps after the capital. */
  readonly percent: Readonly<Record<NetworkName, readonly number[]>>;
}

const file = ["test", "experiments", "gruAblation.json"];

/** The last run that was kept. */
export function keptAblation(): Kept {
  return JSON.parse(readFileSync(inPack(...file), "utf8")) as Kept;
}

/** The parameters with gates that stand open for good: σ(50) = 1, and nothing moves it. */
function ablated(
  parameters: GruParameters,
  { update = true, relevance = true }: { readonly update?: boolean; readonly relevance?: boolean },
): GruParameters {
  const { Wu, Wr, bu, br } = parameters;
  const open = <W extends Mat, b extends Mat>(W: W, b: b): readonly [W, b] =>
    [W.times(0), b.times(0).add(50)] as unknown as readonly [W, b];
  const [Wu_, bu_] = update ? [Wu, bu] : open(Wu, bu);
  const [Wr_, br_] = relevance ? [Wr, br] : open(Wr, br);
  return { ...parameters, Wu: Wu_, bu: bu_, Wr: Wr_, br: br_ };
}

/** Percent of right answers, at least `far` steps after the capital, of one network from one seed. */
export function farPercent(name: NetworkName, seed: number): number {
  const { n_a, T, m, steps, learningRate, far } = settings;
  const sizes = { n_x: streamLetters.length, n_a, n_y: capitals.length };
  const { parameters } = train({
    parameters: ablated(initializeGru(sizes, seededRandom(seed)), networks[name]),
    steps,
    learningRate,
    seed,
    lossAndGradients: (current, random) => {
      const { x, y } = lastCapital(random, { T, m });
      return gruLossAndGradients(x, y, Mat.zeros(n_a, m), current);
    },
  });
  const test = lastCapital(seededRandom(99), { T, m: 200 });
  const { yhat } = gruLossAndGradients(test.x, test.y, Mat.zeros(n_a, 200), parameters);
  let [right, all] = [0, 0];
  for (let t = 1; t <= T; t++) {
    for (let i = 0; i < 200; i++) {
      if (test.lag[i]![t - 1]! < far) continue;
      const answer = yhat.at(t).column(i);
      const chosen = answer.data.indexOf(Math.max(...answer.data));
      right += test.y.at(t).get(chosen, i);
      all++;
    }
  }
  return (100 * right) / all;
}

const seeds = 20;
const names = Object.keys(networks) as NetworkName[];

/** All networks from all seeds: how often each is right, kept in gruAblation.json. */
export const gruAblationExperiment: Experiment<number> = {
  name: "gru-ablation",
  about: "lesson 08: GRUs without one gate or both (10 minutes)",
  settings,
  jobs: overSeeds(
    names.map((name) => ({ name })),
    seeds,
    ({ name }, seed) => Number(farPercent(name, seed).toFixed(1)),
  ),
  kept(results, { command, date, node }) {
    const provenance = `${command} on ${date}, Node ${node}: ${JSON.stringify(settings)}, seeds 1 to ${seeds}, tested on 200 streams of seed 99`;
    const percent = Object.fromEntries(
      byModel(results, seeds).map((percents, k) => [names[k], percents]),
    );
    return { file, text: JSON.stringify({ provenance, percent }) };
  },
};
