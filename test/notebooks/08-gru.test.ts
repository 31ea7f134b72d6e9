import assert from "node:assert/strict";
import {
  gruCellForward,
  type GruState,
  gruStatePyTorch,
  gruStateTensorFlow,
  initializeGru,
  Mat,
  randomNormal,
  seededRandom,
  Sequence,
  sigmoid,
} from "unrolled";
import {
  farPercent,
  keptAblation,
  type NetworkName,
  networks,
  settings,
} from "../experiments/gruAblation.js";
import { readLesson, testLesson } from "./lesson.js";

testLesson({
  name: "08-gru",
  charts: 7,
  claims: [
    {
      what: "seed 1: the mean of the frames hears most digits of unheard voices",
      pattern: /digits: mean (\S+), GRU/,
      atLeast: 0.7,
      atMost: 0.8,
    },
    {
      what: "and the GRU some more",
      pattern: /digits: mean \S+, GRU (\S+) \(seed 1\)/,
      atLeast: 0.81,
    },
    {
      what: "the GRU is ahead in 18 of 20 seeds",
      pattern: /20 seeds: .* ahead in (\d+)/,
      atLeast: 18,
      atMost: 18,
    },
    {
      what: "by seven points: the baseline's mean",
      pattern: /20 seeds: mean of the frames (\S+), GRU/,
      atLeast: 0.78,
      atMost: 0.788,
    },
    {
      what: "and the GRU's",
      pattern: /20 seeds: .* GRU (\S+), from 0\.75 to 0\.95/,
      atLeast: 0.85,
      atMost: 0.858,
    },
    {
      what: "a gate of 0.01 has kept 61% of a memory after 50 steps",
      pattern: /After 50 steps is left: .*?(\d+)% at 0\.01,/,
      atLeast: 60,
      atMost: 62,
    },
    {
      what: "with the update gate shut the memory does not move",
      pattern: /its gates, (\d\.\de[+-]\d+) with Γu shut/,
      atMost: 0,
    },
    {
      what: "with its gates as they are it does",
      pattern: /c⟨0⟩‖: (\d\.\de[+-]\d+) with its gates/,
      atLeast: 0.5,
    },
    {
      what: "the GRU's state has three times the weights, 84",
      pattern: /weights in the state: (\d+) for the GRU, 28 for the plain cell/,
      atLeast: 84,
      atMost: 84,
    },
    {
      what: "live, both gates are right far from the capital",
      pattern: /both gates: (\d+\.\d)% now/,
      atLeast: 98,
    },
    {
      what: "live, the update gate alone is right far from the capital",
      pattern: /update gate only: (\d+\.\d)% now/,
      atLeast: 95,
    },
    {
      what: "live, the network without gates is not, though it is better than guessing",
      pattern: /no gate: (\d+\.\d)% now/,
      atLeast: 20,
      atMost: 85,
    },
    {
      what: "the update gate is wide open at capitals",
      pattern: /Γu is (0\.\d+) at capitals/,
      atLeast: 0.8,
    },
    {
      what: "and lower elsewhere",
      pattern: /at capitals and (0\.\d+) elsewhere/,
      atMost: 0.5,
    },
    {
      what: "every answer under the text is right",
      pattern: /right: (\d+) of 36/,
      atLeast: 36,
    },
    {
      what: "no unit's gate is shut: the least after A is near 0.05",
      pattern: /after A: Γu of a unit (0\.\d+) to/,
      atLeast: 0.03,
      atMost: 0.09,
    },
    {
      what: "and the least after C near 0.14",
      pattern: /after C: Γu of a unit (0\.\d+) to/,
      atLeast: 0.1,
      atMost: 0.19,
    },
    {
      what: "after F it is not lower than after A",
      pattern: /after F: Γu of a unit (0\.\d+) to/,
      atLeast: 0.09,
    },
    ...["C", "F", "A"].map((capital) => ({
      what: `after ${capital} the candidate mostly has the memory's sign`,
      pattern: new RegExp(`after ${capital}: .* the sign of c⟨t−1⟩ in (\\d+)% of the entries`),
      atLeast: 80,
    })),
    {
      what: "60 steps back the GRU has some of its gradient left",
      pattern: /after 60 steps back: GRU (\d[\d.]*(?:e-\d+)?),/,
      atLeast: 1e-6,
      atMost: 1,
    },
    {
      what: "the plain cell has less than a billionth",
      pattern: /after 60 steps back: .*no gate (\d[\d.]*(?:e-\d+)?),/,
      atMost: 1e-9,
    },
    {
      what: "the GRU with one way forgotten fades faster than the plain cell",
      pattern: /after 60 steps back: .*one way forgotten (\d[\d.]*e-\d+)/,
      atMost: 1e-30,
    },
    {
      what: "trained weights: the course's loss",
      pattern: /course\s+σ\s+before\s+\S+\s+0\.0000\s+(\d\.\d+)/,
      atMost: 0.0015,
    },
    {
      what: "trained weights survive TensorFlow.js's hard sigmoid",
      pattern: /hard sigmoid\s+before\s+\S+\s+0\.0375\s+(\d\.\d+)/,
      atMost: 0.003,
    },
    {
      what: "trained weights lose several times as much where PyTorch resets",
      pattern: /PyTorch\s+σ\s+after\s+\S+\s+0\.0868\s+(\d\.\d+)/,
      atLeast: 0.0045,
    },
  ],
});

describe("lesson 08's prose", () => {
  const text = readLesson("08-gru")
    .cells.map(({ source }) => [source].flat().join(""))
    .join("\n");
  const { percent } = keptAblation();
  const full = (name: NetworkName): number => percent[name].filter((value) => value >= 99).length;
  const least = (name: NetworkName): number => Math.min(...percent[name]);

  it("has the numbers of the kept experiment, of twenty seeds each", () => {
    for (const [name, values] of Object.entries(percent)) {
      assert.equal(values.length, 20);
      const [, list = ""] = new RegExp(`^ {2}"${name}": \\[([^\\]]*)\\]`, "m").exec(text) ?? [];
      const shown = list.split(",").filter((entry) => entry.trim() !== "");
      assert.deepEqual(shown.map(Number), values, name);
    }
  });

  it("says of them what they say", () => {
    assert.match(text, /at least 98\.7% .* from \*\*every\*\* one of the twenty seeds/);
    assert.equal(Math.min(least("both gates"), least("update gate only")), 98.7);
    assert.match(text, /10 of the 20 seeds reached 99%, and the worst got 52\.7%/);
    assert.deepEqual([full("relevance gate only"), least("relevance gate only")], [10, 52.7]);
    assert.match(text, /not one did: they end between 41\.5% and 89%/);
    assert.deepEqual(
      [full("no gate"), least("no gate"), Math.max(...percent["no gate"])],
      [0, 41.5, 89],
    );
    assert.match(text, /20 of 20 seeds reach 99% in place of 19/);
    assert.deepEqual([full("both gates"), full("update gate only")], [20, 19]);
  });

  it("trains as the experiment does", () => {
    const { n_a, T, m, steps, learningRate, far } = settings;
    assert.match(text, new RegExp(`const n_a = ${n_a};.*\\nconst T_x = ${T};`));
    assert.match(text, new RegExp(`steps: ${steps},\\n\\s+learningRate: ${learningRate},`));
    assert.match(text, new RegExp(`lastCapital\\(random, \\{ T: T_x, m: ${m} \\}\\)`));
    assert.match(text, new RegExp(`\\[t - 1\\]! < ${far}\\) continue`));
  });

  it("is reproduced by the experiment's own code", function () {
    this.timeout(120_000);
    for (const name of ["both gates", "no gate"] as const) {
      assert.ok(name in networks);
      const again = farPercent(name, 1);
      assert.ok(Math.abs(again - percent[name][0]!) < 8, `${name}: ${again}`);
    }
  });

  it("is right that a bias of 50 opens a gate to the last digit, with no slope left", () => {
    const gate = sigmoid(Mat.from([[50]])).get(0, 0);
    assert.equal(gate, 1);
    assert.equal(gate * (1 - gate), 0);
  });

  it("is right about powers of gates and counts of weights", () => {
    const left = (gate: number, k: number): number => (1 - gate) ** k;
    assert.ok(Math.abs(left(0.05, 20) - 1 / 3) < 0.04);
    assert.ok(Math.abs(left(0.14, 20) - 1 / 20) < 0.002);
    assert.ok(left(0.05, 13) > 0.5 && left(0.05, 14) < 0.5);
    assert.match(text, /0\.95¹³ = 0\.513 and 0\.95¹⁴ = 0\.488/);
    assert.equal(left(0.05, 13).toFixed(3), "0.513");
    assert.equal(left(0.05, 14).toFixed(3), "0.488");
    const { Wu, bu } = initializeGru({ n_x: 50, n_a: 100, n_y: 1 }, seededRandom(1));
    assert.equal(3 * (Wu.data.length + bu.data.length), 45_300);
  });

  it("is right that the three states agree nowhere but at t = 1, course and PyTorch", () => {
    const random = seededRandom(7);
    const p = initializeGru({ n_x: 3, n_a: 4, n_y: 2 }, random, 0.8);
    const x = Sequence.build(12, () => randomNormal<"n_x", "m">(3, 1, random));
    const states = (step: GruState): readonly Mat[] => {
      let c = Mat.zeros<"n_a", "m">(4, 1);
      return Array.from(x, (x_t) => (c = step(x_t, c, p)));
    };
    const course = states((x_t, c, set) => gruCellForward(x_t, c, set).a_next);
    const [theirs, torch] = [states(gruStateTensorFlow), states(gruStatePyTorch)];
    assert.equal(course[0]!.sub(torch[0]!).norm(), 0);
    for (let k = 0; k < 12; k++) {
      assert.ok(course[k]!.sub(theirs[k]!).norm() > 1e-3);
      assert.ok(theirs[k]!.sub(torch[k]!).norm() > 1e-3);
      if (k > 0) assert.ok(course[k]!.sub(torch[k]!).norm() > 1e-3);
    }
  });
});
