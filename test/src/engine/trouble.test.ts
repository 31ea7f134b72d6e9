/** What the engine says to bad input, and that it keeps no memory that it does not use. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  EngineError,
  initializeLstm,
  initializeRnn,
  Mat,
  oneHot,
  OutOfRangeError,
  seededRandom,
  Sequence,
  ShapeError,
} from "unrolled";
import {
  type Engine,
  type NetworkOptions,
  openEngine,
  rnnLossAndGradients,
  sharedEngine,
} from "unrolled/engine";
import { partsOf } from "../../../src/engine/engine.js";
import type { Block } from "../../../src/engine/memory.js";
import { findBlas } from "../../../src/engine/node/blas.js";
import { requireOrSkip } from "../../requirements.js";
import { copyProject, remove, root } from "../../setup/project.js";

const sizes = { n_x: 3, n_a: 5, n_y: 2, m: 4, T_x: 6 } as const;
const options: NetworkOptions = { cell: "rnn", ...sizes };

describe("the engine and bad input", () => {
  let engine: Engine;
  before(() => {
    engine = openEngine({ path: "wasm" });
  });
  after(() => engine.close());

  it("a size that is no whole number of at least 1 is named", () => {
    for (const [name, size] of [
      ["n_a", 0],
      ["m", 1.5],
      ["T_x", NaN],
    ] as const) {
      assert.throws(() => engine.network({ ...options, [name]: size }), {
        name: "OutOfRangeError",
        message: `Engine.network: expected a whole number ${name} of at least 1, got ${size}`,
      });
    }
  });

  it("options that exclude each other are refused", () => {
    const refused: readonly Partial<NetworkOptions>[] = [
      { bidirectional: true, layers: 2 },
      { form: "translator", layers: 2 },
      { form: "translator", inputs: "indices" },
      { form: "classifier", checkpoints: true },
      { bidirectional: true, checkpoints: true },
      { T_y: options.T_x + 1 },
    ];
    for (const part of refused)
      assert.throws(() => engine.network({ ...options, ...part }), OutOfRangeError);
  });

  it("parameters, inputs, labels, masks and states of another shape are named with the shape that fits", () => {
    const network = engine.network(options);
    const right = initializeRnn(sizes, seededRandom(1));
    assert.throws(() => network.setParameters({ ...right, Waa: Mat.zeros(5, 4) }), {
      name: "ShapeError",
      message: "Network.setParameters: Waa is wrong: expected (5, 5), got (5, 4)",
    });
    assert.throws(() => network.setParameters({ Waa: right.Waa }), {
      message: "Network.setParameters: Wax is wrong: expected (5, 3), got no matrix",
    });
    assert.throws(() => network.setInputs(new Float32Array(71)), {
      name: "ShapeError",
      message:
        "Network.setInputs: expected a Sequence or Float32Array with 6 steps of (3, 4), 72 numbers; got a Float32Array of 71 numbers",
    });
    assert.throws(() => network.setInputs(new Int32Array(24)), ShapeError);
    assert.throws(
      () => network.setTargets(new Float32Array(24)),
      /expected an Int32Array of indices .* 24 numbers; got a Float32Array of 24 numbers/,
    );
    assert.throws(() => network.setInputs(Sequence.zeros(6, 3, 5)), ShapeError);
    assert.throws(() => network.setTargets(new Int32Array(24).fill(2)), {
      name: "OutOfRangeError",
      message: "Network.setTargets: number 1 is 2: expected 0 to 1, or −1 for none",
    });
    assert.throws(
      () => network.setTargets(new Int32Array(24), Sequence.zeros(5, 1, 4)),
      /the mask has 5 steps of 4 examples: expected 6 of 4/,
    );
    assert.throws(
      () => network.setTargets(new Int32Array(24), Sequence.zeros(6, 2, 4)),
      /the mask has 6 steps of 4 examples, 2 rows each: expected 6 of 4, one row each/,
    );
    assert.throws(
      () => network.setInitialState(Mat.zeros(4, 4)),
      /a_0 is \(4, 4\): expected \(5, 4\)/,
    );
    network.close();
    const both = engine.network({ ...options, bidirectional: true });
    assert.throws(() => both.setReversal([1, 2, 3, 7]), ShapeError);
    both.close();
  });

  it("the functions check shapes as the readable ones do", () => {
    const parameters = initializeRnn(sizes, seededRandom(1));
    const x = Sequence.zeros<"n_x", "m">(6, 3, 4);
    const y = Sequence.zeros<"n_y", "m">(6, 2, 4);
    assert.throws(() => rnnLossAndGradients(x, y, Mat.zeros(5, 3), parameters), {
      name: "ShapeError",
      message: /^rnnLossAndGradients: a_0 is \(5, 3\) but x is \(3, 4\)/,
    });
    assert.throws(
      () => rnnLossAndGradients(x, Sequence.zeros(5, 2, 4), Mat.zeros(5, 4), parameters),
      OutOfRangeError,
    );
  });

  it("NaN among the inputs makes the loss NaN, and Adam refuses the step and keeps the parameters", () => {
    for (const path of ["wasm", "js"] as const) {
      const own = openEngine({ path });
      const network = own.network({ ...options, cell: "lstm" });
      const x = new Float32Array(72).fill(0.5);
      x[10] = NaN;
      network.setParameters(initializeLstm(sizes, seededRandom(1)));
      network.setInputs(x);
      network.setTargets(new Int32Array(24));
      assert.ok(Number.isNaN(network.lossAndGradients()), path);
      const before = JSON.stringify(network.parameters());
      assert.throws(() => network.adamStep(), /gradients' norm is NaN: expected a finite number/);
      assert.equal(JSON.stringify(network.parameters()), before);
      own.close();
    }
  });

  it("a network that does not fit into the memory is refused, and nothing is kept of it", () => {
    const used = engine.usedBytes;
    for (const n_a of [40_000, 1_000_000_000]) {
      assert.throws(() => engine.network({ ...options, n_a }), {
        name: "EngineError",
        message:
          /a block of \d+ MB does not fit beside the [\d.]+ MB that are in use: expected at most 4295 MB in all/,
      });
    }
    assert.equal(engine.usedBytes, used);
    const network = engine.network(options); // the engine still works
    network.close();
  });

  it("a closed network and a closed engine say so", () => {
    const own = openEngine({ path: "wasm" });
    const network = own.network(options);
    network.close();
    network.close();
    assert.throws(
      () => network.lossAndGradients(),
      /Network.lossAndGradients: it is closed; make another/,
    );
    own.close();
    assert.throws(() => own.network(options), EngineError);
  });

  it("a path or a number of threads that does not exist is refused", () => {
    assert.throws(() => openEngine({ path: "gpu" as "wasm" }), {
      name: "EngineError",
      message: 'openEngine: no path is called "gpu": expected blas, wasm or js',
    });
    assert.throws(() => openEngine({ path: null as never }), EngineError);
    assert.throws(() => openEngine({ threads: 0 }), OutOfRangeError);
  });

  it("with checkpoints there are no predictions, and only an LSTM has memories", () => {
    const network = engine.network({ ...options, checkpoints: true });
    assert.throws(() => network.predictions(), /does not keep them; leave out the option/);
    assert.throws(() => network.memories(), /only an LSTM has memories/);
    network.close();
  });
});

describe("the engine's memory", function () {
  this.timeout(120_000);

  it("10,000 steps of training leave it as large as the first thousand", () => {
    for (const path of ["blas", "wasm"] as const) {
      const engine = openAny(path);
      const network = engine.network({ ...options, n_a: 32, m: 8 });
      network.setParameters(initializeRnn({ ...sizes, n_a: 32 }, seededRandom(1)));
      const random = seededRandom(2);
      let bytes = 0;
      let resident = 0;
      for (let step = 1; step <= 10_000; step++) {
        network.setInputs(new Float32Array(144).map(() => random.uniform()));
        network.setTargets(new Int32Array(48).map(() => random.integer(2)));
        network.lossAndGradients();
        network.adamStep({ maxNorm: 1 });
        if (step === 1_000) {
          bytes = partsOf(engine).memory.wasm.buffer.byteLength;
          resident = process.memoryUsage().rss;
        }
      }
      assert.equal(partsOf(engine).memory.wasm.buffer.byteLength, bytes);
      const grown = process.memoryUsage().rss - resident;
      assert.ok(grown < 60e6, `${path}: the process grew by ${grown} bytes`);
      engine.close();
    }
  });

  it("2,000 batches of ever other sizes: the functions keep a few networks, not all", () => {
    const random = seededRandom(3);
    let most = 0;
    for (let n = 0; n < 2_000; n++) {
      const [m, T] = [1 + random.integer(20), 1 + random.integer(20)];
      const labels = (size: number): Mat =>
        oneHot(
          Array.from({ length: m }, () => random.integer(size)),
          size,
        );
      const x = Sequence.build<"n_x", "m">(T, () => labels(3));
      const y = Sequence.build<"n_y", "m">(T, () => labels(2));
      rnnLossAndGradients(x, y, Mat.zeros(5, m), initializeRnn(sizes, random));
      most = Math.max(most, sharedEngine().usedBytes);
    }
    assert.ok(most < 2e6, `${most} bytes were in use`);
  });

  it("blocks that were given back are used again, whatever the order", () => {
    const { memory } = partsOf(openEngine({ path: "wasm" }));
    const random = seededRandom(4);
    const held: Block[] = [];
    for (let n = 0; n < 3_000; n++) {
      if (random.uniform() < 0.5 || held.length === 0) {
        const block = memory.allocate(1 + random.integer(10_000));
        for (const other of held)
          assert.ok(
            block.start >= other.start + other.bytes || block.start + block.bytes <= other.start,
            "overlap",
          );
        held.push(block);
      } else {
        const [block] = held.splice(random.integer(held.length), 1);
        block!.free();
        block!.free(); // once more does nothing
      }
    }
    for (const block of held) block.free();
    assert.equal(memory.usedBytes, 0);
    assert.ok(memory.wasm.buffer.byteLength < 3e6);
  });
});

/** The engine on a path, or on WebAssembly where the machine lacks it (said by the agreement tests). */
function openAny(path: "blas" | "wasm"): Engine {
  try {
    return openEngine({ path });
  } catch {
    return openEngine({ path: "wasm" });
  }
}

describe("the engine without its BLAS", function () {
  this.timeout(60_000);
  const environment = join(root, ".venv");
  let folder: string;
  let file: string;

  before(function () {
    const found = findBlas(environment);
    requireOrSkip(this, "scipy-openblas32", "file" in found, "npm run setup");
    file = (found as { file: string }).file;
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unrolled-blas-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("an environment that lacks it, and a file that was cut short, are named with what mends them", () => {
    assert.deepEqual(findBlas(folder), {
      missing: "scipy-openblas32 is not in .venv (npx unrolled setup brings it)",
    });
    const sitePackages = join(folder, "lib", "python3", "site-packages");
    const library = join(sitePackages, "scipy_openblas32", "lib", "libscipy_openblas.so");
    mkdirSync(dirname(library), { recursive: true });
    copyFileSync(file, library);
    const { size } = statSync(library);
    const info = join(sitePackages, "scipy_openblas32-1.dist-info");
    mkdirSync(info);
    writeFileSync(
      join(info, "RECORD"),
      `scipy_openblas32/lib/libscipy_openblas.so,sha256=x,${size}\n`,
    );
    assert.deepEqual(findBlas(folder), { file: library });
    truncateSync(library, 1_000_000);
    const cut = findBlas(folder);
    assert.ok("missing" in cut && cut.missing.includes("not whole"));
  });

  it("a pack without its environment computes in WebAssembly and says so in one line", () => {
    const project = copyProject("linked packages");
    try {
      const script = `
        import { Mat, Sequence, initializeRnn, seededRandom } from "./dist/src/index.js";
        import { rnnLossAndGradients, sharedEngine } from "./dist/src/engine/index.js";
        const parameters = initializeRnn({ n_x: 1, n_a: 1, n_y: 1 }, seededRandom(1));
        const x = Sequence.of([Mat.filled(1, 1, 1)]);
        for (const _ of [1, 2]) rnnLossAndGradients(x, x, Mat.zeros(1, 1), parameters);
        console.log(sharedEngine().path);`;
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ["--input-type=module", "-e", script],
        { cwd: project, encoding: "utf8" },
      );
      assert.equal(stdout, "wasm\n", stderr);
      assert.equal(
        stderr,
        "unrolled/engine computes with WebAssembly with SIMD; no blas: scipy-openblas32 is not in .venv (npx unrolled setup brings it)\n",
      );
    } finally {
      remove(project);
    }
  });

  it("UNROLLED_ENGINE forces a path, and an unknown one is refused in one line", () => {
    const run = (path: string): { readonly status: number | null; readonly out: string } => {
      const script = `import("unrolled/engine")
        .then(({ openEngine }) => console.log(openEngine().path))
        .catch((error) => { console.log(error.message); process.exitCode = 1; })`;
      const { status, stdout } = spawnSync(process.execPath, ["-e", script], {
        cwd: root,
        env: { ...process.env, UNROLLED_ENGINE: path },
        encoding: "utf8",
      });
      return { status, out: stdout.trim() };
    };
    for (const path of ["blas", "wasm", "js"])
      assert.deepEqual(run(path), { status: 0, out: path });
    assert.deepEqual(run("mkl"), {
      status: 1,
      out: 'openEngine: no path is called "mkl": expected blas, wasm or js',
    });
  });
});
