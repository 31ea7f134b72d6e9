/**
 * The two products by OpenBLAS, out of PyPI's scipy-openblas32 wheel (part of requirements.txt; BSD licence), called
 * through koffi (prebuilt, MIT licence; about 0.15 µs a call). OpenBLAS reads and writes the engine's memory in place.
 *
 * Theory of operation: OpenBLAS copies ("packs") both factors of a large product first, which pays when the product is
 * large; a recurrent step's is not. Below 10⁶ multiplications it skips the copies. So every product is cut into
 * pieces below that bound: a panel of 64 rows, up to 64 columns, and as many terms as fit. Measured on one core whose
 * 512×512×512 product runs at 105 GFLOP/s: 256×320 times 320×32 in one piece 82-91, in pieces 111-114 GFLOP/s.
 * Where a call costs more than it saves (tiny layers), WebAssembly computes.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Operations, Products } from "../operations.js";
import type { SharedMemory } from "../memory.js";
import type { Blas } from "../nodeParts.js";
import { panelRows } from "../panels.js";

/** OpenBLAS takes its direct path below this many multiplications. */
const directLimit = 1e6;
/** Columns of a piece. */
const mostColumns = 64;
/** With fewer multiplications than this a call (0.15 µs) costs more than it saves. */
const fewest = 4_000;

/** cblas.h's numbers for column-major, plain and transposed. */
const columnMajor = 102;
const plain = 111;
const transposed = 112;

type Sgemm = (
  order: number,
  transposeA: number,
  transposeB: number,
  rows: number,
  columns: number,
  inner: number,
  alpha: number,
  a: number,
  lda: number,
  b: number,
  ldb: number,
  beta: number,
  c: number,
  ldc: number,
) => void;

/** What of koffi is used. */
interface Koffi {
  load(path: string): { func(declaration: string): (...values: never[]) => unknown };
  address(value: ArrayBufferView): bigint;
}

/**
 * Where the wheel put its library.
 *
 * @param folder - a Python environment, such as the pack's .venv
 * @returns the path, or what is wrong: the wheel is not there, or its file is not whole
 */
export function findBlas(folder: string): { readonly file: string } | { readonly missing: string } {
  const lib = join(folder, "lib");
  const pythons = existsSync(lib) ? readdirSync(lib).map((name) => join(lib, name)) : [];
  for (const sitePackages of pythons.map((python) => join(python, "site-packages"))) {
    for (const ending of ["so", "dylib"]) {
      const name = `scipy_openblas32/lib/libscipy_openblas.${ending}`;
      const file = join(sitePackages, name);
      if (!existsSync(file)) continue;
      // A library that was cut short kills the process when it is loaded.
      return isWhole(sitePackages, name)
        ? { file }
        : {
            missing:
              "the file of scipy-openblas32 in .venv is not whole (rm -r .venv; npx unrolled setup)",
          };
    }
  }
  return { missing: "scipy-openblas32 is not in .venv (npx unrolled setup brings it)" };
}

/** Whether a wheel's file has the size that the wheel's own list says. */
function isWhole(sitePackages: string, name: string): boolean {
  const info = readdirSync(sitePackages).find((entry) =>
    /^scipy_openblas32-.*\.dist-info$/.test(entry),
  );
  if (info === undefined) return false;
  const lines = readFileSync(join(sitePackages, info, "RECORD"), "utf8").split("\n");
  const size = lines.find((line) => line.startsWith(`${name},`))?.split(",")[2];
  return Number(size) === statSync(join(sitePackages, name)).size;
}

/**
 * Loads OpenBLAS over a memory.
 *
 * @param path - the shared library
 * @param memory - where the products' pointers point
 * @param operations - compute what is too small for a call
 * @returns the products, and the library's name
 * @throws Error when the library or koffi cannot be loaded
 */
export function loadBlas(path: string, memory: SharedMemory, operations: Operations): Blas {
  const koffi = createRequire(import.meta.url)("koffi") as Koffi;
  const library = koffi.load(path);
  const sgemm = library.func(
    "void scipy_cblas_sgemm(int, int, int, int, int, int, float, intptr_t, int, intptr_t, int, float, intptr_t, int)",
  ) as Sgemm;
  const setThreads = library.func("void scipy_openblas_set_num_threads(int)") as (
    n: number,
  ) => void;
  const config = library.func("const char *scipy_openblas_get_config()") as () => string;
  const core = library.func("const char *scipy_openblas_get_corename()") as () => string;
  setThreads(1); // the engine's own threads share the examples of a batch
  // The memory grows in place: its address stays.
  const base = Number(koffi.address(new Uint8Array(memory.wasm.buffer)));

  const multiply: Products["multiply"] = (w, rows, inner, b, ldb, columns, c, ldc, accumulate) => {
    if (rows * inner * columns < fewest) {
      operations.multiply(w, rows, inner, b, ldb, columns, c, ldc, accumulate);
      return;
    }
    for (let j = 0; j < columns; j += mostColumns) {
      const width = Math.min(mostColumns, columns - j);
      const terms = termsOf(panelRows * width);
      for (let p = 0; p < rows; p += panelRows) {
        const height = Math.min(panelRows, rows - p);
        const panel = base + w + p * inner * 4;
        const out = base + c + (j * ldc + p) * 4;
        for (let k = 0; k < inner; k += terms) {
          sgemm(
            columnMajor,
            plain,
            plain,
            height,
            width,
            Math.min(terms, inner - k),
            1,
            panel + k * height * 4,
            height,
            base + b + (j * ldb + k) * 4,
            ldb,
            accumulate || k > 0 ? 1 : 0,
            out,
            ldc,
          );
        }
      }
    }
  };

  const outerProducts: Products["outerProducts"] = (
    dw,
    rows,
    inner,
    dz,
    ldz,
    s,
    lds,
    columns,
    accumulate,
  ) => {
    if (rows * inner * columns < fewest) {
      operations.outerProducts(dw, rows, inner, dz, ldz, s, lds, columns, accumulate);
      return;
    }
    const mostInner = 96;
    const terms = termsOf(panelRows * Math.min(inner, mostInner));
    for (let j = 0; j < columns; j += terms) {
      for (let p = 0; p < rows; p += panelRows) {
        const height = Math.min(panelRows, rows - p);
        for (let k = 0; k < inner; k += mostInner) {
          sgemm(
            columnMajor,
            plain,
            transposed,
            height,
            Math.min(mostInner, inner - k),
            Math.min(terms, columns - j),
            1,
            base + dz + (j * ldz + p) * 4,
            ldz,
            base + s + (j * lds + k) * 4,
            lds,
            accumulate || j > 0 ? 1 : 0,
            base + dw + (p * inner + k * height) * 4,
            height,
          );
        }
      }
    }
  };

  const version = /OpenBLAS [\d.]+/.exec(config())?.[0] ?? "OpenBLAS";
  return { name: `${version} ${core()}`, multiply, outerProducts };
}

/** The terms of a piece whose result has `entries` entries: below OpenBLAS's bound, in steps of 8. */
function termsOf(entries: number): number {
  return Math.max(8, Math.floor(directLimit / entries / 8) * 8);
}
