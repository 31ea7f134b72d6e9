/** Wrong use of the engine: refused in words, with everything as it was, or impossible. */
import assert from "node:assert/strict";
import {
  bidirectionalLossAndGradients,
  EngineError,
  initializeBidirectional,
  initializeDeep,
  initializeLstm,
  initializeRnn,
  Mat,
  OutOfRangeError,
  randomNormal,
  seededRandom,
  Sequence,
  ShapeError,
} from "unrolled";
import {
  type AdamStepOptions,
  type Engine,
  type EnginePath,
  type Network,
  type NetworkOptions,
  openEngine,
} from "unrolled/engine";
import { partsOf } from "../../../src/engine/engine.js";
import { Block } from "../../../src/engine/memory.js";

const sizes = { n_x: 3, n_a: 5, n_y: 2, m: 4, T_x: 6 } as const;
const { n_x, n_a, n_y, m, T_x } = sizes;
const count = T_x * m;
const tagger: NetworkOptions = { cell: "rnn", ...sizes };

describe("wrong use of the engine", () => {
  let engine: Engine;
  const open: Network[] = [];
  before(() => {
    engine = openEngine({ path: "wasm" });
  });
  afterEach(() => {
    for (const network of open.splice(0)) network.close();
    assert.equal(engine.usedBytes, 0);
  });
  after(() => engine.close());

  const network = (part: Partial<NetworkOptions> = {}): Network => {
    const made = engine.network({ ...tagger, ...part });
    open.push(made);
    return made;
  };
  /** A network of the cell "rnn" that is ready to run. */
  const ready = (part: Partial<NetworkOptions> = {}): Network => {
    const made = network(part);
    made.setParameters(initializeRnn(sizes, seededRandom(1)));
    made.setInputs(randomInputs(2));
    made.setTargets(part.targets === "columns" ? shares(0.5) : new Int32Array(count));
    return made;
  };

  it("a setter that does not fit the form is refused, and writes in no network's memory", () => {
    const other = ready();
    const before = [other.lossAndGradients(), other.parameters()];
    const culprit = network({ T_x: 200 });
    const long = Sequence.build<"1", "m">(200, () => Mat.filled(1, m, 1e30));
    assert.throws(() => culprit.setReading(long), {
      name: "EngineError",
      message:
        "Network.setReading: this tagger reads every state; classifiers and translators choose",
    });
    assert.throws(() => culprit.setDecoderInputs(new Float32Array(200 * m * n_y)), {
      name: "EngineError",
      message: /^Network.setDecoderInputs: this tagger has no decoder/,
    });
    assert.throws(() => culprit.setReversal([1, 2, 3, 4]), EngineError);
    assert.deepEqual([other.lossAndGradients(), other.parameters()], before);
  });

  it("a block reaches no number that is not its own, and none once it was given back", () => {
    const { memory } = partsOf(engine);
    const [first, second] = [memory.allocate(640), memory.allocate(64)];
    assert.ok(first instanceof Block);
    assert.equal(first.floats(first.start + 64, 144).length, 144);
    for (const [offset, length] of [
      [0, 1],
      [first.start - 4, 1],
      [first.start, 161],
      [second.start, 1],
      [NaN, 1],
      [first.start, -1],
    ] as const) {
      assert.throws(() => first.floats(offset, length), /expected a place that was taken/);
      assert.throws(() => first.integers(offset, length), EngineError);
    }
    first.free();
    assert.throws(() => first.floats(first.start, 1), /which was given back/);
    second.free();
  });

  it("everything but close refuses once a network is closed", () => {
    const closed = ready({ cell: "rnn" });
    closed.lossAndGradients();
    closed.close();
    const calls: Record<string, () => unknown> = {
      setParameters: () => closed.setParameters(initializeRnn(sizes, seededRandom(1))),
      setInputs: () => closed.setInputs(randomInputs(2)),
      setDecoderInputs: () => closed.setDecoderInputs(randomInputs(2)),
      setTargets: () => closed.setTargets(new Int32Array(count)),
      setInitialState: () => closed.setInitialState(Mat.zeros(n_a, m)),
      setReading: () => closed.setReading(),
      setReversal: () => closed.setReversal([1, 1, 1, 1]),
      lossAndGradients: () => closed.lossAndGradients(),
      parameters: () => closed.parameters(),
      gradients: () => closed.gradients(),
      perStep: () => closed.perStep(),
      predictions: () => closed.predictions(),
      states: () => closed.states(),
      memories: () => closed.memories(),
      adamStep: () => closed.adamStep(),
      resetOptimiser: () => closed.resetOptimiser(),
    };
    for (const [name, call] of Object.entries(calls)) {
      const message = `Network.${name}: it is closed; make another`;
      assert.throws(call, { name: "EngineError", message });
    }
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(closed) as object);
    const tried = [...Object.keys(calls), "constructor", "bytes", "close"];
    assert.deepEqual(methods.sort(), tried.sort());
    assert.equal(closed.bytes, 0);
  });

  it("a run without parameters, inputs or targets is refused by what is missing, and so are results of no run", () => {
    const bare = network();
    assert.throws(() => bare.lossAndGradients(), {
      message:
        "Network.lossAndGradients: there are no parameters, no inputs, no targets yet; call setParameters, setInputs, setTargets first",
    });
    bare.setInputs(randomInputs(1));
    assert.throws(() => bare.lossAndGradients(), /no parameters, no targets yet/);
    for (const read of ["gradients", "perStep", "predictions", "states", "adamStep"] as const)
      assert.throws(() => bare[read](), /there was no run that came to its end/);
    assert.throws(() => bare.parameters(), /no parameters yet/);
    const translator = network({ form: "translator" });
    assert.throws(() => translator.lossAndGradients(), /setInputs, setDecoderInputs, setTargets/);
  });

  it("what is refused has changed nothing: parameters, targets, inputs", () => {
    const own = ready({ targets: "columns" });
    const before = own.lossAndGradients();
    const parameters = initializeRnn(sizes, seededRandom(9));
    const refused: readonly (() => void)[] = [
      () => own.setParameters({ ...parameters, by: Mat.zeros(n_y + 1, 1) }), // the last one
      () => own.setParameters({ ...parameters, by: Mat.filled(n_y, 1, 3.5e38) }),
      () => own.setParameters(undefined as unknown as object),
      () => own.setTargets(shares(0.3), Sequence.zeros(T_x, 2, m) as Sequence<"1", "m">),
      () => own.setTargets(shares(0.3)),
      () =>
        own.setInputs(
          randomInputs(3),
          Sequence.build(T_x, () => Mat.filled(1, m, 0.5)),
        ),
      () => own.setInputs(Sequence.build(T_x, () => Mat.filled(n_x, m, 1e39))),
      () => own.setInitialState(Mat.filled(n_a, m, 1e39)),
      () => own.setInitialState(Mat.filled(n_a, m, 1), Mat.filled(n_a, m, 1)),
    ];
    for (const call of refused) assert.throws(call, /Network\.\w+: .*: expected/);
    assert.equal(own.lossAndGradients(), before);
  });

  it("labels as columns must sum to 1 where they count, and there alone", () => {
    const own = ready({ targets: "columns" });
    const half = own.lossAndGradients();
    const wrong = (value: number): Sequence =>
      shares(0.5).map((step, t) => (t === 3 ? step.map((y, _, i) => (i === 1 ? value : y)) : step));
    assert.throws(() => own.setTargets(wrong(0)), {
      name: "OutOfRangeError",
      message:
        "Network.setTargets: the labels of example 2 at step 3: their column sums to 0: expected numbers from 0 on that sum to 1; a mask leaves out what is padding",
    });
    assert.throws(() => own.setTargets(wrong(-1)), /their column holds -1/);
    assert.throws(() => own.setTargets(wrong(NaN)), /their column holds NaN/);
    assert.equal(own.lossAndGradients(), half);
    const mask = Sequence.build<"1", "m">(T_x, (t) =>
      Mat.build(1, m, (_, i) => (t === 3 && i === 1 ? 0 : 1)),
    );
    own.setTargets(wrong(NaN), mask);
    assert.ok(own.lossAndGradients() < half);
    own.setInputs(randomInputs(2), mask);
    own.setTargets(wrong(0)); // padding of the inputs has no label
    assert.ok(Number.isFinite(own.lossAndGradients()));
    own.setInputs(randomInputs(2)); // and now it is a step
    assert.throws(
      () => own.lossAndGradients(),
      /Network.lossAndGradients: the labels of example 2/,
    );
  });

  it("settings of Adam that mean nothing are refused, and the step is not taken", () => {
    const own = ready();
    own.lossAndGradients();
    const before = own.parameters();
    const nonsense: readonly AdamStepOptions[] = [
      { maxNorm: -1 },
      { maxNorm: 0 },
      { maxNorm: NaN },
      { maxValue: NaN },
      { learningRate: NaN },
      { learningRate: 0 },
      { learningRate: Infinity },
      { learningRate: 1e39 },
      { beta1: 1 },
      { beta1: NaN },
      { beta2: 1.5 },
      { epsilon: 0 },
      { epsilon: 1e-50 },
    ];
    for (const options of nonsense) {
      const [[name]] = Object.entries(options) as [[string, number]];
      assert.throws(() => own.adamStep(options), {
        name: "OutOfRangeError",
        message: new RegExp(`^Network.adamStep: ${name} is .*: expected a number`),
      });
    }
    assert.deepEqual(own.parameters(), before);
  });

  for (const path of ["wasm", "js"] as const) {
    it(`${path}: 1 − β is taken in float64, and resetOptimiser makes the next step the first`, () => {
      const other = openEngine({ path });
      const own = other.network(tagger);
      const start = initializeRnn(sizes, seededRandom(1));
      own.setParameters(start);
      own.setInputs(randomInputs(2));
      own.setTargets(new Int32Array(count));
      own.lossAndGradients();
      own.adamStep({ learningRate: 0.01, beta2: 0.99999999 });
      const moved = (): number => own.parameters()["Wax"]!.sub(start.Wax).data[0]!;
      const first = moved();
      assert.ok(Math.abs(Math.abs(first) - 0.01) < 1e-5, `${first}`); // a first step is ± learningRate
      own.setParameters(start); // keeps what Adam remembers
      own.lossAndGradients();
      own.adamStep({ learningRate: 0.01, beta2: 0.5 });
      assert.notEqual(moved(), first);
      own.setParameters(start);
      own.resetOptimiser();
      own.lossAndGradients();
      own.adamStep({ learningRate: 0.01, beta2: 0.99999999 });
      assert.equal(moved(), first);
      other.close();
    });
  }

  it("an unknown form, cell, kind of inputs or targets, and sizes that are none, are named", () => {
    const wrong: readonly (readonly [object, string])[] = [
      [{ form: "tager" }, 'no form is called "tager": expected tagger, classifier, translator'],
      [{ cell: "elman" }, 'no cell is called "elman": expected rnn, gru, lstm'],
      [{ cell: undefined }, "no cell is called undefined: expected rnn, gru, lstm"],
      [{ inputs: "words" }, 'no inputs is called "words": expected columns, indices'],
      [{ targets: 3 }, "no targets is called 3: expected labels, columns"],
      [{ m: 0 }, "expected a whole number m of at least 1, got 0"],
      [{ T_x: -1 }, "expected a whole number T_x of at least 1, got -1"],
      [{ layers: 1e9 }, "expected a whole number layers of 1 to 1024, got 1000000000"],
      [{ cell: 1n }, "no cell is called 1: expected rnn, gru, lstm"],
      [{ bidirectional: "false" }, 'expected true or false for bidirectional, got "false"'],
      [{ checkpoints: 1 }, "expected true or false for checkpoints, got 1"],
    ];
    for (const [part, words] of wrong) {
      assert.throws(() => engine.network({ ...tagger, ...part } as NetworkOptions), {
        name: "OutOfRangeError",
        message: `Engine.network: ${words}`,
      });
    }
  });

  it("options that are none are refused in words: of an engine, of a network, of Adam", () => {
    const own = ready();
    own.lossAndGradients();
    const before = own.parameters();
    for (const options of [null, 5, "wasm", Symbol("wasm")] as unknown[]) {
      assert.throws(() => openEngine(options as object), /^OutOfRangeError: openEngine: expected/);
      assert.throws(
        () => engine.network(options as NetworkOptions),
        /^OutOfRangeError: Engine.network: expected an object for options/,
      );
      assert.throws(() => own.adamStep(options as object), OutOfRangeError);
    }
    for (const name of ["path", "threads", "memoryLimit"])
      assert.throws(() => openEngine({ [name]: Symbol("x") }), /openEngine: .*Symbol\(x\)/);
    assert.deepEqual(own.parameters(), before);
  });

  it("no address can be written: neither an engine nor a network hands out its memory or its operations", async () => {
    const own = ready();
    own.lossAndGradients();
    const handed = (object: object): unknown[] => {
      const prototype = Object.getPrototypeOf(object) as object;
      const getters = Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(
        ([name, { get }]) => (get === undefined ? [] : [name]),
      );
      return [...Object.getOwnPropertyNames(object), ...getters].map(
        (name) => (object as Readonly<Record<string, unknown>>)[name],
      );
    };
    const objects = [...handed(engine), ...handed(own)].filter(
      (value) => typeof value === "object",
    );
    assert.deepEqual(objects, [own.spec]);
    const names = Object.keys(await import("unrolled/engine"));
    assert.ok(!names.some((name) => /parts|memory|operations/i.test(name)), names.join(", "));
  });

  it("a memory that does not suffice is said with true figures, and nothing is kept", () => {
    const small = openEngine({ path: "wasm", memoryLimit: 10 * 65536 });
    assert.throws(() => small.network({ ...tagger, n_a: 400 }), {
      name: "EngineError",
      message:
        /^EngineMemory: a block of 0\.65 MB does not fit beside the 0 MB that are in use: expected at most 0\.66 MB in all/,
    });
    assert.equal(small.usedBytes, 0);
    const fits = small.network(tagger);
    fits.close();
    small.close();
    small.close();
    for (const memoryLimit of [0, 65536, 1e6 + 0.5, NaN, 5e9])
      assert.throws(() => openEngine({ memoryLimit }), OutOfRangeError);
  });

  /** One unit, one input, two classes: ŷ by hand. */
  function tiny(path: EnginePath, options: Partial<NetworkOptions> = {}): Network {
    const sizes = { n_x: 1, n_a: 1, n_y: 2, m: 1, T_x: 1 };
    const network = openEngine({ path, threads: 1 }).network({ cell: "rnn", ...sizes, ...options });
    network.setParameters(tinyParameters([2, -2], [0, 0]));
    network.setInputs(Sequence.of([Mat.column([3])]));
    network.setTargets(
      options.targets === "columns" ? Sequence.of([Mat.column([1, 0])]) : new Int32Array([0]),
    );
    return network;
  }
  const tinyParameters = (Wya: number[], by: number[], Wax = 1): object => ({
    ...{ Wax: Mat.from([[Wax]]), Waa: Mat.zeros(1, 1), ba: Mat.zeros(1, 1) },
    ...{ Wya: Mat.column(Wya), by: Mat.column(by) },
  });

  it("results of a run are not read as those of what was set since", () => {
    const network = tiny("wasm");
    network.lossAndGradients();
    assert.ok(network.predictions().at(1).get(0, 0) > 0.9);
    network.setInputs(Sequence.of([Mat.column([-3])]));
    const since =
      /no run that came to its end since something was set; call lossAndGradients first/;
    for (const read of ["predictions", "states", "perStep", "gradients", "adamStep"] as const)
      assert.throws(() => network[read](), since, read);
    network.lossAndGradients();
    assert.ok(network.predictions().at(1).get(0, 0) < 0.1);
    network.adamStep();
    assert.throws(() => network.adamStep(), /stepped on these gradients already; call lossAndG/);
  });

  it("more layers than the network has are no parameters of it; its own come back in", () => {
    const deep = (L: number): object =>
      initializeDeep("rnn", { n_x: 1, n_a: 2, n_y: 2, L }, seededRandom(1));
    const network = tiny("wasm");
    assert.throws(() => network.setParameters(deep(3)), /3 layers were given: expected no list/);
    const two = openEngine({ path: "wasm" }).network({
      ...{ cell: "rnn", n_x: 1, n_a: 2, n_y: 2, m: 1, T_x: 1, layers: 2 },
    });
    assert.throws(() => two.setParameters(deep(3)), /3 layers were given: expected 2/);
    two.setParameters(deep(2));
    const own = two.parameters();
    two.setParameters(own);
    assert.deepEqual(two.parameters(), own);
  });

  for (const path of ["wasm", "js", "blas"] as const) {
    for (const targets of ["labels", "columns"] as const) {
      it(`${path}, ${targets}: equal scores of any size cost log 2, and saturated ones no gradient`, () => {
        const network = tiny(path, { targets });
        for (const size of [0, 1e14, 1e16, -1e17, 3e37]) {
          network.setParameters(tinyParameters([0, 0], [size, size]));
          assert.ok(Math.abs(network.lossAndGradients() - Math.LN2) < 1e-6, `${size}`);
          assert.deepEqual([...network.predictions().at(1).data], [0.5, 0.5]);
        }
        for (const size of [1e30, 1e36]) {
          network.setParameters(tinyParameters([size, -size], [0, 0], 0.5));
          assert.equal(network.lossAndGradients(), 0);
          assert.equal(network.gradients()["dWax"]!.get(0, 0) + 0, 0, `${size}`);
        }
      });
    }
  }

  it("Adam's clip by value leaves the gradients, and tells their norm", () => {
    const network = tiny("wasm");
    network.setTargets(new Int32Array([1]));
    network.lossAndGradients();
    const before = network.gradients();
    const norm = Math.sqrt(Object.values(before).reduce((sum, one) => sum + one.norm() ** 2, 0));
    assert.ok(Math.abs(network.adamStep({ maxValue: 0.1 }) - norm) < 1e-6 * norm);
    assert.deepEqual(network.gradients(), before);
  });

  it("an infinite gradient is no gradient, whatever the clip", () => {
    const network = tiny("wasm");
    network.setParameters(tinyParameters([10, -10], [0, 0], 1e-39));
    network.setInputs(Sequence.of([Mat.column([3e38])]));
    network.setTargets(new Int32Array([1]));
    network.lossAndGradients();
    const before = network.parameters();
    assert.equal(Math.abs(network.gradients()["dWax"]!.get(0, 0)), Infinity);
    assert.throws(() => network.adamStep({ maxValue: 1 }), /expected a finite number/);
    assert.deepEqual(network.parameters(), before);
  });

  it("where a way backwards begins is said once: by setReversal or by a mask", () => {
    const sizes = { n_x: 1, n_a: 1, n_y: 2, m: 1, T_x: 3 };
    const network = openEngine({ path: "wasm" }).network({
      ...{ cell: "rnn", ...sizes, bidirectional: true },
    });
    const x = Sequence.of([1, 2, 3].map((value) => Mat.column([value]))) as Sequence<"n_x", "m">;
    const mask = Sequence.of([1, 1, 0].map((value) => Mat.filled(1, 1, value)));
    network.setReversal([1]);
    assert.throws(
      () => network.setInputs(x, mask as Sequence<"1", "m">),
      /setReversal has said .* call setReversal\(\) first/,
    );
    network.setReversal();
    network.setInputs(x, mask as Sequence<"1", "m">);
    assert.throws(() => network.setReversal([1]), /mask says where/);
  });

  it("with checkpoints states and memories are those without, until what they come from is changed", () => {
    for (const threads of [1, 3]) {
      const other = openEngine({ path: "wasm", threads });
      const random = seededRandom(3);
      const parameters = initializeDeep("lstm", { n_x, n_a, n_y, L: 2 }, random);
      const x = Sequence.build(11, () => randomNormal(n_x, m, random));
      const [plain, checkpoints] = [false, true].map((on) => {
        const own = other.network({
          ...tagger,
          cell: "lstm",
          layers: 2,
          T_x: 11,
          checkpoints: on,
        });
        own.setParameters(parameters);
        own.setInputs(x);
        own.setTargets(new Int32Array(11 * m));
        own.lossAndGradients();
        return own;
      }) as [Network, Network];
      for (const layer of [0, 1]) {
        assert.deepEqual(checkpoints.states(layer), plain.states(layer));
        assert.deepEqual(checkpoints.memories(layer), plain.memories(layer));
      }
      assert.throws(() => plain.states(2), OutOfRangeError);
      checkpoints.adamStep();
      assert.throws(
        () => checkpoints.states(),
        /Adam has changed what it computes them from; read them before/,
      );
      plain.adamStep();
      plain.states(); // are kept
      other.close();
    }
  });

  it("a classifier or translator that is told nothing reads each example's last step", () => {
    const mask = Sequence.build<"1", "m">(T_x, (t) =>
      Mat.build(1, m, (_, i) => (t > i / 2 && t <= T_x - i ? 1 : 0)),
    );
    const random = seededRandom(4);
    const parameters = initializeBidirectional("gru", { n_x, n_a, n_y }, random);
    const own = network({ form: "classifier", cell: "gru", bidirectional: true });
    own.setParameters(parameters);
    own.setTargets(new Int32Array(m));
    const x = Sequence.build<"n_x", "m">(T_x, () => randomNormal(n_x, m, random));
    const y = Sequence.build<"n_y", "m">(T_x, () => Mat.filled(n_y, m, 0.5));
    const answers = [mask, undefined, mask].map((used) => {
      own.setInputs(x, used);
      own.lossAndGradients();
      const yhat = own.predictions().at(1);
      const wanted = bidirectionalLossAndGradients(x, y, parameters, used).yhat;
      for (let i = 0; i < m; i++) {
        const last = used === undefined ? T_x : T_x - i;
        const error = Math.abs(yhat.get(0, i) - wanted.at(last).get(0, i));
        assert.ok(error < 1e-6, `example ${i + 1}: ${error}`);
      }
      return yhat;
    });
    assert.deepEqual(answers[0], answers[2]);
    const all = Sequence.build<"1", "m">(T_x, () => Mat.filled(1, m, 1));
    own.setReading(all);
    own.lossAndGradients();
    assert.notDeepEqual(own.predictions().at(1), answers[2]);
    own.setReading();
    own.lossAndGradients();
    assert.deepEqual(own.predictions().at(1), answers[2]);
    const empty = mask.map((mask_t) => mask_t.times(0)) as Sequence<"1", "m">;
    assert.throws(() => own.setInputs(x, empty), OutOfRangeError);
  });

  it("the initial states of deep and bidirectional networks are set one for each part, or not at all", () => {
    const random = seededRandom(6);
    const states = [0, 1].map(() => randomNormal(n_a, m, random));
    const x = randomInputs(7);
    for (const part of [{ layers: 2 }, { bidirectional: true }] as const) {
      const own = network({ cell: "lstm", ...part, T_x: 1 });
      own.setParameters(
        "layers" in part
          ? initializeDeep("lstm", { n_x, n_a, n_y, L: 2 }, random)
          : initializeBidirectional("lstm", { n_x, n_a, n_y }, random),
      );
      own.setInputs(x.subarray(0, n_x * m));
      own.setTargets(new Int32Array(m));
      const from = (...given: Parameters<Network["setInitialState"]>): Sequence => {
        own.setInitialState(...given);
        own.lossAndGradients();
        return own.states();
      };
      const zeros = [Mat.zeros(n_a, m), Mat.zeros(n_a, m)];
      const none = from(zeros);
      for (const k of [0, 1]) {
        const one = zeros.map((zero, l) => (l === k ? states[l]! : zero));
        assert.notDeepEqual(from(one), none);
        assert.notDeepEqual(from(zeros, one), none);
      }
      assert.throws(() => own.setInitialState(states[0]!), {
        name: "ShapeError",
        message:
          "layers" in part
            ? "Network.setInitialState: a_0 is 1 matrices: expected 2 (5, 4), a list, one a layer"
            : "Network.setInitialState: a_0 is 1 matrices: expected 2 (5, 4), a list, [forward, backward]",
      });
    }
    assert.throws(() => network().setInitialState(states[0]!, states[1]), /an RNN has no memory/);
  });

  it("a bidirectional LSTM's memories are both directions' in the order of time", () => {
    const random = seededRandom(8);
    const parameters = initializeBidirectional("lstm", { n_x, n_a, n_y }, random);
    const x = Sequence.build(T_x, () => randomNormal(n_x, m, random));
    const own = network({ cell: "lstm", bidirectional: true });
    own.setParameters(parameters);
    own.setInputs(x);
    own.setTargets(new Int32Array(count));
    own.lossAndGradients();
    const [a, c] = [own.states(), own.memories()];
    for (const [half, layer] of [parameters.forward, parameters.backward].entries()) {
      const single = network({ cell: "lstm" });
      single.setParameters({ ...initializeLstm(sizes, random), ...layer });
      single.setInputs(half === 0 ? x : x.reverse());
      single.setTargets(new Int32Array(count));
      single.lossAndGradients();
      for (const [got, wanted] of [
        [a, single.states()],
        [c, single.memories()],
      ] as const) {
        const inOrder = half === 0 ? wanted : wanted.reverse();
        for (let t = 1; t <= T_x; t++)
          for (let k = 0; k < n_a; k++)
            assert.equal(got.at(t).get(half * n_a + k, 2), inOrder.at(t).get(k, 2));
      }
    }
  });

  it("what is no network's argument at all is refused as one of another shape is", () => {
    const own = network();
    for (const nothing of [undefined, null, 3, [], {}, "x"] as unknown[]) {
      assert.throws(() => own.setInputs(nothing as Int32Array), ShapeError);
      assert.throws(() => own.setTargets(nothing as Int32Array), ShapeError);
      assert.throws(() => own.setInitialState(nothing as Mat), ShapeError);
      assert.throws(() => own.setParameters(nothing as object), ShapeError);
      if (nothing !== undefined)
        assert.throws(() => own.setInputs(randomInputs(1), nothing as never), ShapeError);
    }
  });
});

function randomInputs(seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: count * n_x }, () => random.uniform() - 0.5);
}

/** Columns (share, 0.5). */
function shares(share: number): Sequence {
  return Sequence.build(T_x, () => Mat.build(n_y, m, (k) => (k === 0 ? share : 0.5)));
}
