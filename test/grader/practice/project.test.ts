import assert from "node:assert/strict";
import { type Project, rubricOf } from "../../../grader/practice/project.js";
import {
  initializeRnn,
  Mat,
  modelFromJson,
  modelToJson,
  oneHot,
  rnnLossAndGradients,
  type RnnParameters,
  seededRandom,
  Sequence,
  Vocabulary,
} from "../../../src/index.js";

const vocabulary = Vocabulary.of("ab", { end: true });
const x = Sequence.of<"n_x", "m">([oneHot([0], 3), oneHot([1], 3)]);
const y = Sequence.of<"n_y", "m">([oneHot([1], 3), oneHot([2], 3)]);
const right: Project = {
  own: [{ function: "sample", whose: "yours", why: "from a file" }],
  ownText: true,
  parameters: initializeRnn({ n_x: 3, n_a: 4, n_y: 3 }, seededRandom(1)),
  lossAndGradients: (at) => rnnLossAndGradients(x, y, Mat.zeros(4, 1), at),
  nats: { model: 1, baseline: 2 },
  save: (parameters) => modelToJson({ vocabulary, parameters }),
  load: (text) => modelFromJson(text).parameters,
  write: ({ Wax }, seed) => [String(Wax.get(0, 0) * seed), "<EOS>"],
  longest: 2,
};
const stateOf = (project: Project, what: RegExp): string => {
  const found = rubricOf(project).find((row) => what.test(row.what))!;
  return `${found.state}: ${found.why}`;
};

describe("the project's rubric", () => {
  it("has seven rows, six of which are done by a right project, and one is the learner's", () => {
    const states = rubricOf(right).map(({ state }) => state);
    assert.deepEqual(states, [...Array<string>(6).fill("done"), "yours to judge"]);
  });

  it("counts the functions that are not the learner's", () => {
    const own = [...right.own, { function: "oneHot", whose: "the library's", why: "" } as const];
    assert.match(stateOf({ ...right, own }, /function/), /^not yet: 1 of 2.*oneHot/);
    assert.match(stateOf({ ...right, own: [] }, /function/), /^not yet/);
  });

  it("asks for a text of one's own", () => {
    assert.match(stateOf({ ...right, ownText: false }, /text is your own/), /^not yet/);
  });

  it("finds a wrong gradient, and names it", () => {
    for (const name of ["dWax", "dWaa", "dWya", "dba", "dby"] as const) {
      const lossAndGradients = (at: RnnParameters) => {
        const { total, gradients } = right.lossAndGradients(at);
        return { total, gradients: { ...gradients, [name]: gradients[name].times(1.001) } };
      };
      const state = stateOf({ ...right, lossAndGradients }, /gradients/);
      assert.match(state, new RegExp(`^not yet.*of ${name}$`));
    }
  });

  it("takes an honest word of some length where the baseline wins, and none for a NaN", () => {
    const losing = { ...right, nats: { model: 2, baseline: 1 } };
    const honestWord = "my text is short and counting it is enough";
    const learned = /learned more/;
    assert.match(stateOf(losing, learned), /^not yet/);
    assert.match(stateOf({ ...losing, honestWord: "no idea" }, learned), /^not yet/);
    assert.match(stateOf({ ...losing, honestWord }, learned), /^done: .*you say: my text/);
    const broken = { ...right, honestWord, nats: { model: NaN, baseline: 1 } };
    assert.match(stateOf(broken, learned), /^not yet/);
  });

  it("sees when a loaded model writes something else, and when it can't be loaded", () => {
    const load = (text: string): RnnParameters => {
      const { parameters } = modelFromJson(text);
      return { ...parameters, Wax: parameters.Wax.map((value) => Math.fround(value)) };
    };
    assert.match(stateOf({ ...right, load }, /saved/), /^not yet: 0 of 20/);
    const save = (): string => "{";
    assert.match(stateOf({ ...right, save }, /saved/), /^not yet: modelFromJson: .*no JSON/);
  });

  it("sees samples that are longer than they may be", () => {
    assert.match(stateOf({ ...right, longest: 1 }, /ends/), /^not yet: .* 2 tokens, at most 1/);
  });
});
