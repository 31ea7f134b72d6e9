/**
 * The engine's whole interface called in any order, with right and wrong arguments, on open and closed networks of
 * several engines, one of them with hardly any memory. After each call:
 *   - it has answered, or refused in words; a refusal has changed nothing of its own network,
 *   - no other network's parameters, gradients, losses, predictions or states differ by a bit,
 *   - each engine uses the bytes of its open networks and no more.
 * A run's loss is the readable functions', and what a network has come to in the end is, to the bit, what a new one
 * gives that is told the same at once.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bidirectionalLossAndGradients,
  deepLossAndGradients,
  gruLossAndGradients,
  initializeBidirectional,
  initializeDeep,
  initializeGru,
  initializeLstm,
  initializeRnn,
  lstmLossAndGradients,
  manyToOneLossAndGradients,
  Mat,
  oneHot,
  type Random,
  randomNormal,
  rnnLossAndGradients,
  seededRandom,
  Sequence,
  UnrolledError,
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

const sizes = { n_x: 2, n_a: 3, n_y: 2, m: 3, T_x: 4 } as const;
const { n_x, n_a, n_y, m } = sizes;
const initialize = { rnn: initializeRnn, gru: initializeGru, lstm: initializeLstm } as const;

/** One network of each kind. */
const kinds: readonly NetworkOptions[] = [
  { ...sizes, cell: "rnn" },
  { ...sizes, cell: "gru", inputs: "indices" },
  { ...sizes, cell: "lstm", targets: "columns", checkpoints: true },
  { ...sizes, cell: "gru", layers: 2 },
  { ...sizes, cell: "lstm", bidirectional: true },
  { ...sizes, cell: "rnn", form: "classifier" },
  { ...sizes, cell: "gru", form: "classifier", bidirectional: true },
  { ...sizes, cell: "rnn", form: "translator", T_y: 3, targets: "columns" },
  { ...sizes, cell: "lstm", form: "translator", T_y: 5 },
];

/** Which engines a sequence of calls works with; of the last one's memory all is taken but what three networks need. */
const engineKinds: readonly {
  readonly path: EnginePath;
  readonly threads: number;
  readonly taken: number;
}[] = [
  { path: "wasm", threads: 1, taken: 0 },
  { path: "wasm", threads: 2, taken: 0 },
  { path: "js", threads: 1, taken: 50_000 },
];

/** An engine of a kind. */
function openKind(k: number): Engine {
  const { path, threads, taken } = engineKinds[k]!;
  if (taken === 0) return openEngine({ path, threads });
  const engine = openEngine({ path, threads, memoryLimit: 2 * 65536 });
  partsOf(engine).memory.allocate(taken);
  return engine;
}

/** Bytes that an engine of a kind uses without a network: a block for each thread but one, and what is taken. */
function bytesAlone(k: number): number {
  const { threads, taken } = engineKinds[k]!;
  return 64 * (threads - 1) + 64 * Math.ceil(taken / 64);
}

/** Options that no network can have. */
const refusedKinds: readonly object[] = [
  { cell: "elman" },
  { form: "tager" },
  { m: 0 },
  { T_x: NaN },
  { n_a: 1.5 },
  { layers: -1 },
  { inputs: "words" },
  { n_a: 3e5 },
  { bidirectional: true, layers: 2 },
];

/** What a network was told, by setter: the last time that it was not refused. */
interface Told {
  parameters?: object;
  inputs?: { readonly x: Sequence | Int32Array; readonly mask: Mask };
  decoder?: { readonly y: Sequence; readonly mask: Mask };
  targets?: { readonly y: Sequence | Int32Array; readonly mask: Mask };
  initial?: readonly [Mat[], Mat[] | undefined];
  reading?: Sequence<"1", "m"> | undefined;
  reversal?: readonly number[] | undefined;
}
type Mask = Sequence<"1", "m"> | undefined;

interface Tracked {
  readonly engine: number;
  readonly options: NetworkOptions;
  readonly network: Network;
  readonly told: Told;
  closed: boolean;
  /** Whether it has run since something was set. */
  ran: boolean;
  /** Whether Adam has stepped on that run's gradients. */
  stepped: boolean;
}

/** Engines and their networks. */
interface World {
  readonly engines: Engine[];
  readonly networks: Tracked[];
}

type Name = keyof typeof calls | "network" | "run" | "close" | "closeEngine" | "tellAll";

/** A call: its arguments are drawn from the seed, wrong ones where `wrong`. */
interface Call {
  readonly name: Name;
  readonly which: number;
  readonly seed: number;
  readonly wrong: boolean;
}

const lossSteps = ({ form, T_x, T_y = T_x }: NetworkOptions): number =>
  form === "classifier" ? 1 : form === "translator" ? T_y : T_x;
const recurrences = ({ form, layers = 1, bidirectional = false }: NetworkOptions): number =>
  form === "translator" ? 1 : bidirectional ? 2 : layers;
const sequence = (T: number, rows: number, random: Random): Sequence =>
  Sequence.build(T, () => randomNormal(rows, m, random));
const indices = (count: number, classes: number, random: Random): Int32Array =>
  Int32Array.from({ length: count }, () => random.integer(classes + 1) - 1);
const labels = (T: number, random: Random): Sequence<"n_y", "m"> =>
  Sequence.build(T, () =>
    oneHot(
      Array.from({ length: m }, () => random.integer(n_y)),
      n_y,
    ),
  );

/** No mask, or one with padding anywhere but an example's only step. */
function anyMask(T: number, random: Random): Mask {
  if (random.uniform() < 0.4) return undefined;
  const sure = 1 + random.integer(T);
  return Sequence.build(T, (t) =>
    Mat.build(1, m, () => (t === sure || random.uniform() < 0.5 ? 1 : 0)),
  );
}

/** Masks that none is. */
function wrongMask(T: number, random: Random): Sequence<"1", "m"> {
  const wrong = [
    Sequence.zeros(T + 1, 1, m),
    Sequence.zeros(T, 2, m),
    Sequence.zeros(T, 1, m + 1),
    Sequence.build(T, () => Mat.filled(1, m, 0.5)),
    Sequence.build(T, () => Mat.filled(1, m, NaN)),
  ];
  return wrong[random.integer(wrong.length)] as Sequence<"1", "m">;
}

function anyParameters(
  { cell, form, layers, bidirectional }: NetworkOptions,
  random: Random,
): object {
  if (form === "translator") {
    const encoder = initialize[cell]({ n_x, n_a, n_y: 1 }, random);
    return { encoder, decoder: initialize[cell]({ n_x: n_y, n_a, n_y }, random) };
  }
  if (bidirectional) return initializeBidirectional(cell, { n_x, n_a, n_y }, random);
  if (layers !== undefined) return initializeDeep(cell, { n_x, n_a, n_y, L: layers }, random);
  return initialize[cell]({ n_x, n_a, n_y }, random);
}

/**
 * What a call does. With `wrong`, arguments that must be refused; else the model is told what the network was, and
 * `refused` says that this form has to refuse it all the same.
 */
interface Act {
  readonly call: (network: Network) => unknown;
  readonly refused: boolean;
  readonly tell?: Partial<Told>;
}

const calls = {
  setParameters: ({ options }: Tracked, random: Random, wrong: boolean): Act => {
    const parameters = anyParameters(options, random);
    const spoiled = [
      { Wya: Mat.zeros(n_y, n_a + 1) },
      { by: undefined },
      { Wya: Mat.filled(n_y, n_a, 1e39) },
    ][random.integer(3)]!;
    const broken =
      options.form === "translator"
        ? { ...parameters, decoder: { ...(parameters as { decoder: object }).decoder, ...spoiled } }
        : options.bidirectional && "Wya" in spoiled && spoiled.Wya!.get(0, 0) > 1
          ? { ...parameters, Wya: Mat.filled(n_y, 2 * n_a, 1e39) }
          : { ...parameters, ...spoiled };
    const set = wrong ? broken : parameters;
    return { call: (network) => network.setParameters(set), refused: false, tell: { parameters } };
  },
  setInputs: ({ options, told }: Tracked, random: Random, wrong: boolean): Act => {
    const { T_x } = sizes;
    const mask = anyMask(T_x, random);
    const x =
      options.inputs === "indices" ? indices(T_x * m, n_x, random) : sequence(T_x, n_x, random);
    const other = [
      (network: Network) => network.setInputs(x, wrongMask(T_x, random)),
      (network: Network) => network.setInputs(new Float32Array(T_x * m * n_x + 1), mask),
      (network: Network) => network.setInputs(new Int32Array(T_x * m).fill(n_x)),
      (network: Network) => network.setInputs(Sequence.build(T_x, () => Mat.filled(n_x, m, -1e39))),
      (network: Network) => network.setInputs(undefined as unknown as Int32Array),
    ][random.integer(5)]!;
    return {
      call: (network) => (wrong ? other(network) : network.setInputs(x, mask)),
      refused: told.reversal !== undefined && hasPadding(mask),
      tell: { inputs: { x, mask } },
    };
  },
  setDecoderInputs: ({ options }: Tracked, random: Random, wrong: boolean): Act => {
    const { T_y = sizes.T_x } = options;
    const mask = anyMask(T_y, random);
    const y = sequence(T_y, n_y, random);
    return {
      call: (network) =>
        wrong
          ? network.setDecoderInputs(y, wrongMask(T_y, random))
          : network.setDecoderInputs(y, mask),
      refused: options.form !== "translator",
      tell: { decoder: { y, mask } },
    };
  },
  setTargets: ({ options }: Tracked, random: Random, wrong: boolean): Act => {
    const steps = lossSteps(options);
    const mask = anyMask(steps, random);
    const columns = options.targets === "columns";
    const y = columns ? labels(steps, random) : indices(steps * m, n_y, random);
    const other = [
      (network: Network) => network.setTargets(y, wrongMask(steps, random)),
      (network: Network) => network.setTargets(new Int32Array(steps * m).fill(n_y)),
      (network: Network) =>
        network.setTargets(Sequence.build(steps + 1, () => Mat.filled(n_y, m, 0.5))),
      (network: Network) => network.setTargets(new Float32Array(steps * m * n_y + 3)),
      (network: Network) =>
        network.setTargets(Sequence.build(steps, () => Mat.filled(n_y, m, 0.4))),
    ][random.integer(5)]!;
    return {
      call: (network) => (wrong ? other(network) : network.setTargets(y, mask)),
      refused: false,
      tell: { targets: { y, mask } },
    };
  },
  setInitialState: ({ options }: Tracked, random: Random, wrong: boolean): Act => {
    const count = recurrences(options);
    const list = (): Mat[] => Array.from({ length: count }, () => randomNormal(n_a, m, random));
    const a_0 = list();
    const c_0 = options.cell === "lstm" && random.uniform() < 0.7 ? list() : undefined;
    const other = [
      (network: Network) => network.setInitialState(Mat.zeros(n_a, m + 1)),
      (network: Network) => network.setInitialState([...a_0, ...a_0]),
      (network: Network) => network.setInitialState(a_0, [Mat.zeros(n_a + 1, m)]),
      (network: Network) => network.setInitialState(Mat.filled(n_a, m, 1e39)),
    ][random.integer(4)]!;
    return {
      call: (network) =>
        wrong ? other(network) : network.setInitialState(count === 1 ? a_0[0]! : a_0, c_0),
      refused: false,
      tell: { initial: [a_0, c_0] },
    };
  },
  setReading: ({ options }: Tracked, random: Random, wrong: boolean): Act => {
    const reading = random.uniform() < 0.3 ? undefined : sequence(sizes.T_x, 1, random);
    return {
      call: (network) =>
        network.setReading((wrong ? Sequence.zeros(9, 1, m) : reading) as Sequence<"1", "m">),
      refused: (options.form ?? "tagger") === "tagger",
      tell: { reading: reading as Sequence<"1", "m"> | undefined },
    };
  },
  setReversal: ({ options, told }: Tracked, random: Random, wrong: boolean): Act => {
    const steps = Array.from({ length: m }, () => 1 + random.integer(sizes.T_x));
    const reversal = random.uniform() < 0.3 ? undefined : steps;
    const masked = told.inputs?.mask !== undefined && hasPadding(told.inputs.mask);
    return {
      call: (network) => network.setReversal(wrong ? [1, 2, 1.5] : reversal),
      refused: options.bidirectional !== true || (masked && reversal !== undefined),
      tell: { reversal },
    };
  },
  adamStep: ({ ran, stepped }: Tracked, random: Random, wrong: boolean): Act => {
    const nonsense: readonly AdamStepOptions[] = [
      { maxNorm: -1 },
      { maxNorm: NaN },
      { learningRate: NaN },
      { learningRate: -1 },
      { beta1: 1 },
      { beta2: -0.1 },
      { epsilon: 0 },
      { maxValue: 0 },
      { maxNorm: 1e-50 },
      { learningRate: 1e38 },
      { epsilon: 1e-30 },
    ];
    const settings = wrong
      ? nonsense[random.integer(nonsense.length)]!
      : [{}, { maxNorm: 0.1 }, { maxValue: 0.01 }, { beta2: 0.99999999 }][random.integer(4)]!;
    return { call: (network) => network.adamStep(settings), refused: !ran || stepped };
  },
  resetOptimiser: (): Act => ({ call: (network) => network.resetOptimiser(), refused: false }),
} as const;

function hasPadding(mask: Mask): boolean {
  return mask !== undefined && Array.from(mask).some(({ data }) => data.includes(0));
}

/** Everything that can be read of a network; what is not there is refused, and nothing else. */
function readings({ network, options, told, ran, closed }: Tracked): unknown {
  const read = (there: boolean, what: () => unknown): unknown => {
    if (there) return what();
    assert.throws(what, UnrolledError);
    return undefined;
  };
  const results = ran && !closed;
  const { checkpoints = false, cell } = options;
  return [
    read(told.parameters !== undefined && !closed, () => network.parameters()),
    read(results, () => network.gradients()),
    read(results, () => network.perStep()),
    read(results && !checkpoints, () => network.predictions()),
    // With checkpoints they are computed anew while all is as it was, and refused else.
    checkpoints ? undefined : read(results, () => network.states()),
    checkpoints ? undefined : read(results && cell === "lstm", () => network.memories()),
  ];
}

/** The total loss by the readable functions; undefined where they have no such network. */
function readableTotal({ options, told, network }: Tracked): number | undefined {
  const { cell, form = "tagger", bidirectional, layers } = options;
  const { inputs, targets, initial } = told;
  if (told.reading !== undefined || told.reversal !== undefined) return undefined;
  if (initial !== undefined && recurrences(options) > 1) return undefined;
  const x = asColumns(inputs!.x, n_x) as Sequence<"n_x", "m">;
  const { mask } = inputs!;
  const steps = lossSteps(options);
  const [a_0, c_0] = [initial?.[0][0] ?? Mat.zeros(n_a, m), initial?.[1]?.[0]];
  const start = a_0 as Mat<"n_a", "m">;
  const parameters = nested(network.parameters()) as never;
  const any = Sequence.build<"n_y", "m">(steps, () => Mat.filled(n_y, m, 0.5));
  const yhat = ((): Sequence | undefined => {
    if (form === "classifier") {
      if (cell !== "rnn" || bidirectional) return undefined;
      const options = mask === undefined ? {} : { mask };
      return Sequence.of([
        manyToOneLossAndGradients(x, any.at(1), start, parameters, options).yhat,
      ]);
    }
    if (form === "translator") return undefined;
    if (bidirectional) return bidirectionalLossAndGradients(x, any, parameters, mask).yhat;
    if (layers !== undefined) return deepLossAndGradients(x, any, parameters, mask).yhat;
    if (cell === "lstm")
      return lstmLossAndGradients(x, any, start, parameters, mask, c_0 as Mat<"n_a", "m">).yhat;
    const readable = cell === "rnn" ? rnnLossAndGradients : gruLossAndGradients;
    return readable(x, any, start, parameters, mask).yhat;
  })();
  if (yhat === undefined) return undefined;
  const y = asColumns(targets!.y, n_y);
  let total = 0;
  for (let t = 1; t <= steps; t++) {
    for (let i = 0; i < m; i++) {
      const padded = form === "tagger" && mask?.at(t).get(0, i) === 0;
      if (padded || targets!.mask?.at(t).get(0, i) === 0) continue;
      for (let k = 0; k < n_y; k++)
        if (y.at(t).get(k, i) !== 0) total -= Math.log(yhat.at(t).get(k, i)) / m;
    }
  }
  return total;
}

function asColumns(values: Sequence | Int32Array, rows: number): Sequence {
  if (!(values instanceof Int32Array)) return values;
  return Sequence.build(values.length / m, (t) =>
    Mat.build(rows, m, (k, i) => (values[(t - 1) * m + i] === k ? 1 : 0)),
  );
}

/** "layers.0.Wax" → { layers: [{ Wax }] }. */
function nested(flat: Readonly<Record<string, Mat>>): object {
  const set: Record<string, never> = {};
  for (const [path, matrix] of Object.entries(flat)) {
    const names = path.split(".");
    let at: Record<string, unknown> = set;
    names.slice(0, -1).forEach((name, l) => {
      at[name] ??= /^\d+$/.test(names[l + 1]!) ? [] : {};
      at = at[name] as Record<string, unknown>;
    });
    at[names.at(-1)!] = matrix;
  }
  return set;
}

/** Tells a new network at once what another was told in any order; its parameters as they are now. */
function retell(network: Network, { told, options, network: old }: Tracked): void {
  network.setParameters(nested(old.parameters()));
  if (told.inputs !== undefined) network.setInputs(told.inputs.x, told.inputs.mask);
  if (told.decoder !== undefined) network.setDecoderInputs(told.decoder.y, told.decoder.mask);
  if (told.targets !== undefined) network.setTargets(told.targets.y, told.targets.mask);
  const [a_0, c_0] = told.initial ?? [];
  if (a_0 !== undefined) network.setInitialState(recurrences(options) === 1 ? a_0[0]! : a_0, c_0);
  if (told.reading !== undefined) network.setReading(told.reading);
  if (told.reversal !== undefined) network.setReversal(told.reversal);
}

/** Asks that a run's loss is right. */
function requireRight(tracked: Tracked, total: number): void {
  const wanted = readableTotal(tracked);
  if (wanted === undefined) return;
  assert.ok(Math.abs(total - wanted) <= 1e-4 * Math.max(1, wanted), `${total}, not ${wanted}`);
}

function isReady({ told, options }: Tracked): boolean {
  const { parameters, inputs, targets, decoder } = told;
  const needed = [parameters, inputs, targets, ...(options.form === "translator" ? [decoder] : [])];
  return needed.every((one) => one !== undefined);
}

/** One call, then what must hold. */
class Command implements fc.Command<World, World> {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  check(): boolean {
    return true;
  }

  toString(): string {
    const { name, which, seed, wrong } = this.#call;
    return `${wrong ? "wrong " : ""}${name}(${which}, seed ${seed})`;
  }

  run(world: World): void {
    const { name, which, seed, wrong } = this.#call;
    const { networks, engines } = world;
    const random = seededRandom(seed);
    if (name === "network") makeNetwork(world, which, random, wrong);
    else if (name === "closeEngine") {
      const at = which % engines.length;
      engines[at]!.close();
      engines[at]!.close();
      for (const tracked of networks) if (tracked.engine === at) tracked.closed = true;
      assert.throws(() => engines[at]!.network(kinds[0]!), UnrolledError);
      engines[at] = openKind(at);
    } else if (name === "tellAll") {
      const at = which % networks.length;
      const needed = ["setParameters", "setInputs", "setTargets", "setDecoderInputs"] as const;
      for (const setter of networks[at]!.options.form === "translator"
        ? needed
        : needed.slice(0, 3))
        callOne(networks, at, { ...this.#call, name: setter, wrong: false }, random);
      callOne(networks, at, { ...this.#call, name: "run" }, random);
    } else callOne(networks, which % networks.length, this.#call, random);
    for (const [k, engine] of engines.entries()) {
      const open = networks.filter((tracked) => tracked.engine === k && !tracked.closed);
      const bytes = open.reduce((sum, { network }) => sum + network.bytes, 0);
      assert.equal(engine.usedBytes, bytes + bytesAlone(k));
    }
  }
}

function makeNetwork(
  { engines, networks }: World,
  which: number,
  random: Random,
  wrong: boolean,
): void {
  const at = which % engines.length;
  const engine = engines[at]!;
  const kind = kinds[random.integer(kinds.length)]!;
  const used = engine.usedBytes;
  const options = {
    ...kind,
    ...(wrong ? refusedKinds[random.integer(refusedKinds.length)] : {}),
  } as NetworkOptions;
  try {
    const network = engine.network(options);
    assert.ok(!wrong, `${JSON.stringify(options)} was not refused`);
    const fresh = { closed: false, ran: false, stepped: false, told: {} };
    networks.push({ engine: at, options, network, ...fresh });
  } catch (error) {
    assert.ok(error instanceof UnrolledError, String(error));
    assert.ok(wrong || /does not fit beside/.test(error.message), error.message);
    assert.equal(engine.usedBytes, used);
  }
}

function callOne(
  networks: readonly Tracked[],
  at: number,
  { name, wrong }: Call,
  random: Random,
): void {
  const tracked = networks[at]!;
  const { network, told } = tracked;
  const before = networks.map(readings);
  const act: Act =
    name === "run"
      ? { call: () => network.lossAndGradients(), refused: !isReady(tracked) }
      : name === "close"
        ? { call: () => network.close(), refused: false }
        : calls[name as keyof typeof calls](tracked, random, wrong);
  const hasWrong = !["run", "close", "resetOptimiser"].includes(name);
  const mustRefuse = (act.refused || (wrong && hasWrong) || tracked.closed) && name !== "close";
  let refused = false;
  let answer: unknown;
  try {
    answer = act.call(network);
  } catch (error) {
    assert.ok(error instanceof UnrolledError, String(error));
    const words = error.message;
    const noMemory = /does not fit beside/.test(words);
    assert.ok(mustRefuse || noMemory, `${name} was refused: ${words}`);
    refused = true;
  }
  assert.ok(refused || !mustRefuse, `${name} was not refused`);
  networks.forEach((one, k) => {
    if (k !== at || refused) assert.deepEqual(readings(one), before[k], `network ${k}`);
  });
  if (refused) return;
  Object.assign(told, act.tell);
  if (name.startsWith("set")) tracked.ran = false;
  if (name === "adamStep") tracked.stepped = true;
  if (name === "close") tracked.closed = true;
  if (name === "run") {
    tracked.ran = true;
    tracked.stepped = false;
    requireRight(tracked, answer as number);
  }
}

const call = (name: Name): fc.Arbitrary<Command> =>
  fc
    .record({
      name: fc.constant(name),
      which: fc.nat({ max: 5 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
      wrong: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
    })
    .map((drawn) => new Command(drawn));

/**
 * Runs sequences of calls.
 *
 * @param runs - how many sequences
 * @param seed - of fast-check
 * @throws Error with the shortest sequence of calls after which something was wrong
 */
export function callInAnyOrder(runs: number, seed: number): void {
  const names: readonly Name[] = [
    ...(Object.keys(calls) as (keyof typeof calls)[]),
    ...(["tellAll", "run", "network"] as const),
  ];
  const commands = fc.commands(
    [
      ...names,
      ...names,
      ...names,
      "tellAll" as const,
      "run" as const,
      "close" as const,
      "closeEngine" as const,
    ].map(call),
    { maxCommands: 60, size: "max" },
  );
  const shared = engineKinds.map((_, k) => openKind(k));
  const reference = engineKinds.map(({ path, threads }) => openEngine({ path, threads }));
  fc.assert(
    fc.property(commands, (sequenceOfCalls) => {
      const world: World = { engines: shared, networks: [] };
      const random = seededRandom(1);
      for (const which of [0, 1, 2, 0, 1]) makeNetwork(world, which, random, false);
      try {
        fc.modelRun(() => ({ model: world, real: world }), sequenceOfCalls);
        for (const tracked of world.networks) requireAsIfToldAtOnce(reference, tracked);
      } finally {
        for (const { network } of world.networks) network.close();
      }
      world.engines.forEach(({ usedBytes }, k) => assert.equal(usedBytes, bytesAlone(k)));
    }),
    { numRuns: runs, seed },
  );
  for (const engine of [...shared, ...reference]) engine.close();
}

/** Asks that a network's next run is, to the bit, that of a new one that is told the same at once. */
function requireAsIfToldAtOnce(reference: readonly Engine[], tracked: Tracked): void {
  if (tracked.closed || !isReady(tracked)) return;
  const network = reference[tracked.engine]!.network(tracked.options);
  retell(network, tracked);
  assert.equal(tracked.network.lossAndGradients(), network.lossAndGradients());
  assert.deepEqual(tracked.network.gradients(), network.gradients());
  assert.deepEqual(tracked.network.states(), network.states());
  network.close();
}
