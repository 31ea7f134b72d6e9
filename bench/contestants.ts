/** Who is measured: how each is started, its ways to do the work, and what brings it where it is missing. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { inPack } from "#common/pack-root";
import type { EnginePath } from "../src/engine/index.js";
import type { Configuration, Row, Threads } from "./rows.js";

/** A program that computes the benchmark's rows. */
export interface Contestant {
  readonly name: string;
  readonly argv: (threads: Threads) => readonly string[];
  /** The ways in which it computes a row; the best one counts. None where it takes no part. */
  readonly variants: (row: Row, threads: Threads) => readonly string[];
  /** Why it can't take part here and what installs it; undefined when it can. */
  readonly missing: () => string | undefined;
  /** Whether it computes the same function as the library, so that losses and gradients must agree. */
  readonly agrees: (configuration: Configuration, variant: string) => boolean;
}

/** The variant that is a step's products alone, and the one that is a 512 × 512 × 512 product. */
export const products = "products";
export const squareProduct = "square product";
/** The variant that tells how long each kernel of the engine takes. */
export const profile = "profile";
/** The variant that keeps only some states and computes the others anew. */
export const checkpoints = "checkpoints";

/** The peers in Python, and those in TypeScript. */
export const peers = inPack("bench", "peers");
export const builtPeers = inPack("dist", "bench", "peers");

/** The Python with PyTorch and NumPy: UNROLLED_BENCH_PYTHON, or what `node bench/setup.mjs` makes. */
export const python =
  process.env["UNROLLED_BENCH_PYTHON"] ?? inPack("bench", ".venv", "bin", "python");

const here = (): undefined => undefined;
const always = (): boolean => true;
/** What installs the Python with PyTorch; undefined where it is there. */
export const pythonMissing = (): string | undefined =>
  existsSync(python)
    ? undefined
    : "node bench/setup.mjs installs it (or name a Python that has it: UNROLLED_BENCH_PYTHON)";

/** The engine on one of its paths. */
export function engineContestant(path: EnginePath): Contestant {
  /** Plain TypeScript takes seconds where n_a is large. */
  const slow = (row: Row, threads: Threads): boolean =>
    path === "js" && (threads > 1 || row.configuration.n_a > 128);
  return {
    name: `engine ${path}`,
    argv: (threads) => [process.execPath, join(builtPeers, "enginePeer.js"), path, `${threads}`],
    variants: (row, threads) => {
      if (slow(row, threads)) return [];
      return path === "blas" && threads === 1
        ? ["step", products, profile, squareProduct]
        : ["step"];
    },
    missing: here,
    agrees: always,
  };
}

/** nn.GRU resets after the product, the course before it: another function. */
const pyTorchAgrees: Contestant["agrees"] = ({ cell }, variant) =>
  cell !== "gru" || !variant.startsWith("nn.");

const nnName = { rnn: "nn.RNN", gru: "nn.GRU", lstm: "nn.LSTM" } as const;

/** What its users write first: nn.RNN and so on, with a Linear head. */
const pyTorchModules: Contestant = {
  name: "PyTorch",
  argv: (threads) => [python, join(peers, "torch_peer.py"), `${threads}`],
  variants: ({ configuration: { cell, indices } }, threads) => [
    ...(indices ? ["nn.RNN, one-hot", "written out, gather"] : [nnName[cell]]),
    ...(threads === 1 ? [squareProduct] : []),
  ],
  missing: pythonMissing,
  agrees: pyTorchAgrees,
};

/**
 * At its best: the cell written out and compiled by torch.compile to one C++ program. An LSTM is
 * left out: nn.LSTM, one fused operation, was faster than its compiled form.
 */
const pyTorchCompiled: Contestant = {
  ...pyTorchModules,
  name: "PyTorch compiled",
  variants: ({ configuration: { cell, indices } }) =>
    cell === "lstm" ? [] : indices ? ["compiled, gather, vectors"] : ["compiled"],
};

function tensorFlow(backend: "native" | "wasm", threads: readonly Threads[]): Contestant {
  return {
    name: backend === "native" ? "tfjs-node" : "tfjs wasm",
    argv: () => [process.execPath, join(builtPeers, "tensorflowPeer.js"), backend],
    variants: (_, count) => (threads.includes(count) ? ["tf.grads"] : []),
    missing: () => {
      const addon = "node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node";
      const there = backend === "wasm" || existsSync(inPack(addon));
      return there ? undefined : "npm run setup:native makes it";
    },
    agrees: always,
  };
}

/** The published script's step without its optimiser: one character a step, so only for m = 1. */
const numPy: Contestant = {
  name: "NumPy min-char-rnn",
  argv: () => [python, join(peers, "numpy_peer.py")],
  variants: ({ configuration: { indices, m } }) => (indices && m === 1 ? ["float64"] : []),
  missing: pythonMissing,
  agrees: always,
};

const readable: Contestant = {
  name: "readable library",
  argv: () => [process.execPath, join(builtPeers, "libraryPeer.js")],
  variants: ({ configuration: { m } }) => (m === 1 ? ["float64"] : []), // minutes where m is large
  missing: here,
  agrees: always,
};

/** All of them, the one that the others are compared with first. */
export const contestants: readonly Contestant[] = [
  engineContestant("blas"),
  engineContestant("wasm"),
  engineContestant("js"),
  pyTorchModules,
  pyTorchCompiled,
  tensorFlow("native", [1, 2]),
  tensorFlow("wasm", [1]), // in Node it has one thread
  numPy,
  readable,
];

/** Where the compilers of a run keep their results for the next one. */
export const cacheFolder = inPack("dist", "bench-cache");

/** The environment that holds every library to a number of threads. */
export function environment(threads: Threads): NodeJS.ProcessEnv {
  const count = `${threads}`;
  return {
    ...process.env,
    OMP_NUM_THREADS: count,
    MKL_NUM_THREADS: count,
    OPENBLAS_NUM_THREADS: count,
    TF_NUM_INTRAOP_THREADS: count,
    TF_NUM_INTEROP_THREADS: "1",
    TORCHINDUCTOR_CACHE_DIR: join(cacheFolder, "inductor"),
  };
}
