/** What the run says: the rows, the products alone, and the goals. */
import { marks } from "#common/marks";
import { products, profile, squareProduct } from "./contestants.js";
import { titleOf } from "./rows.js";
import { geometricMean } from "./statistics.js";
import type { Measured, MeasuredRow } from "./steps.js";

/** The tables as text. */
export function tables(rows: readonly MeasuredRow[]): string {
  return [...rows.map(rowTable), productsTable(rows), profileTable(rows)].join("\n\n");
}

const isStep = ({ variant }: Measured): boolean =>
  ![products, profile, squareProduct].includes(variant);

/** One row: a line a contestant and way; the last column is its time as a multiple of the engine's. */
function rowTable({ row, threads, measured, othersShare }: MeasuredRow): string {
  const steps = measured.filter(isStep);
  const own = steps.find(({ contestant }) => contestant === "engine blas");
  const head = `${titleOf(row.configuration)} (${row.name}), ${threads} thread${threads > 1 ? "s" : ""}`;
  const others =
    othersShare !== undefined && othersShare > 0.05
      ? `; other programs took ${Math.round(100 * othersShare)}% of the processors`
      : "";
  const lines = steps.map((one) => [
    `  ${one.contestant}${one.variant === "step" ? "" : `: ${one.variant}`}`,
    time(one.median),
    `${time(one.lowerQuartile)} … ${time(one.upperQuartile)}`,
    `${one.count}`,
    one.loss.toFixed(4),
    one.gradientNorm.toFixed(5),
    own ? `${(one.median / own.median).toFixed(2)}×` : "",
  ]);
  const titles = ["  ms", "median", "quartiles", "n", "loss", "‖gradients‖", "engine blas = 1"];
  return `${head}${others}\n${aligned([titles, ...lines])}`;
}

/** The products of a step beside the whole step and a 512 × 512 × 512 product. */
function productsTable(rows: readonly MeasuredRow[]): string {
  const lines = rows.flatMap((row) => {
    const found = productsOf(row);
    if (found === undefined) return [];
    const { rate, bestRate, productsShare } = found;
    return [
      [
        `  ${row.row.name}`,
        time(found.products),
        time(found.step),
        `${Math.round(100 * (1 - productsShare))}%`,
        rate.toFixed(0),
        found.ownRate.toFixed(0),
        found.theirRate?.toFixed(0) ?? "",
        `${Math.round((100 * rate) / bestRate)}%`,
      ],
    ];
  });
  if (lines.length === 0) return "";
  const titles = [
    "  1 thread",
    "products ms",
    "step ms",
    "everything else",
    "GFLOP/s",
    "512³: engine",
    "512³: PyTorch",
    "share of the faster",
  ];
  return `The products of a step alone\n${aligned([titles, ...lines])}`;
}

const kernelGroups = [
  ["products", /^(multiply|outerProducts)$/],
  ["cell's formulas", /^(rnn|gru|lstm)/],
  ["softmax and loss", /^softmax/],
  ["sums of columns", /^sumColumns$/],
  ["turning weights", /^transpose$/],
  ["copies, look-ups", /^(copyColumns|gather|scatterAdd|clear|add)$/],
] as const;

/**
 * Where a step's time goes, in shares of it: a 512 × 512 × 512 product's rate would take the first
 * one; products are slower by the second; then the other kernels, and TypeScript between them.
 */
function profileTable(rows: readonly MeasuredRow[]): string {
  const lines = rows.flatMap((row) => {
    const found = productsOf(row);
    const one = row.measured.find(({ variant }) => variant === profile);
    if (found === undefined || one?.profile === undefined) return [];
    const kernels = Object.entries(one.profile);
    const took = kernelGroups.map(([, names]) =>
      kernels.reduce((sum, [name, spent]) => sum + (names.test(name) ? spent : 0), 0),
    );
    const [all, ...others] = took as [number, ...number[]];
    const limit = (found.rate / found.bestRate) * found.products;
    const rest = found.step - took.reduce((sum, spent) => sum + spent, 0);
    const share = (spent: number): string => `${((100 * spent) / found.step).toFixed(1)}%`;
    return [
      [`  ${row.row.name}`, time(found.step), ...[limit, all - limit, ...others, rest].map(share)],
    ];
  });
  if (lines.length === 0) return "";
  const [, ...others] = kernelGroups.map(([title]) => title);
  const titles = [
    "  1 thread",
    "step ms",
    "products at 512³'s rate",
    "and as they are",
    ...others,
    "the rest",
  ];
  return `Where a step's time goes\n${aligned([titles, ...lines])}`;
}

interface ProductsOf {
  /** Milliseconds. */
  readonly products: number;
  readonly step: number;
  readonly productsShare: number;
  /** GFLOP/s: of the products, of 512³ in the engine and in PyTorch, and of the faster of these. */
  readonly rate: number;
  readonly ownRate: number;
  readonly theirRate: number | undefined;
  readonly bestRate: number;
}

function productsOf({ measured }: MeasuredRow): ProductsOf | undefined {
  const find = (contestant: string, variant: string): Measured | undefined =>
    measured.find((one) => one.contestant === contestant && one.variant === variant);
  const step = find("engine blas", "step");
  const alone = find("engine blas", products);
  const own = find("engine blas", squareProduct);
  if (step === undefined || alone === undefined || own === undefined) return undefined;
  const theirs = find("PyTorch", squareProduct);
  const rateOf = (one: Measured): number => (one.operations ?? NaN) / one.median / 1e6;
  return {
    products: alone.median,
    step: step.median,
    productsShare: alone.median / step.median,
    rate: rateOf(alone),
    ownRate: rateOf(own),
    theirRate: theirs && rateOf(theirs),
    bestRate: Math.max(rateOf(own), theirs === undefined ? 0 : rateOf(theirs)),
  };
}

/** A goal, and how far it was reached. */
export interface Goal {
  readonly title: string;
  readonly value: number;
  readonly bound: number;
  readonly met: boolean;
}

/** The goals that the measured rows tell about. */
export function goals(rows: readonly MeasuredRow[]): Goal[] {
  const batched = rows.filter(({ row }) => row.configuration.m > 1);
  const single = rows.filter(({ row }) => row.configuration.m === 1);
  const cellRows = (...cells: string[]): MeasuredRow[] =>
    batched.filter(({ row }) => cells.includes(row.configuration.cell));
  const pairs = [
    { theirs: ["PyTorch"], name: "PyTorch's nn modules" },
    { theirs: ["PyTorch", "PyTorch compiled"], name: "PyTorch at its best" },
  ];
  const found: Goal[] = [];
  const atLeast = (
    title: string,
    values: readonly number[],
    bound: number,
    whole: Combine,
  ): void => {
    if (values.length === 0) return;
    const value = whole(values);
    found.push({ title, value, bound, met: value >= bound });
  };
  const atMost = (title: string, values: readonly number[], bound: number): void => {
    if (values.length === 0) return;
    const value = Math.max(...values);
    found.push({ title, value, bound, met: value <= bound });
  };
  for (const { theirs, name } of pairs) {
    const over = (some: readonly MeasuredRow[], own: string): number[] =>
      some.flatMap((row) => speedup(row, own, theirs) ?? []);
    atLeast(
      `RNN and GRU over ${name}, least`,
      over(cellRows("rnn", "gru"), "engine blas"),
      1.25,
      least,
    );
    atLeast(`LSTM over ${name}, least`, over(cellRows("lstm"), "engine blas"), 1, least);
    atLeast(
      `batched rows over ${name}, geometric mean`,
      over(batched, "engine blas"),
      1.25,
      geometricMean,
    );
    atLeast(`characters (m = 1) over ${name}`, over(single, "engine blas"), 4, least);
    atLeast(
      `WebAssembly: batched rows over ${name}, geometric mean`,
      over(batched, "engine wasm"),
      0.35,
      geometricMean,
    );
    atLeast(`WebAssembly: characters over ${name}`, over(single, "engine wasm"), 2, least);
  }
  for (const theirs of ["tfjs-node", "tfjs wasm"]) {
    const values = rows.flatMap((row) => speedup(row, "engine blas", [theirs]) ?? []);
    atLeast(`all rows over ${theirs}, least`, values, 10, least);
  }
  const large = batched.flatMap((row) => productsOf(row) ?? []);
  const shares = large.map(({ rate, bestRate }) => rate / bestRate);
  atLeast("products' rate over a 512³ product's, least", shares, 0.7, least);
  const others = large.map(({ productsShare }) => 1 - productsShare);
  atMost("everything else, greatest share of a step", others, 0.4);
  const readable = single.flatMap(
    (row) => speedup(row, "NumPy min-char-rnn", ["readable library"]) ?? [],
  );
  atMost("the readable library's time over NumPy's", readable, 4);
  return found;
}

type Combine = (values: readonly number[]) => number;
const least: Combine = (values) => Math.min(...values);

/** How many times as fast `own` is as the fastest way of `theirs`. */
function speedup(row: MeasuredRow, own: string, theirs: readonly string[]): number | undefined {
  const best = (names: readonly string[]): number =>
    Math.min(
      ...row.measured
        .filter((one) => isStep(one) && names.includes(one.contestant))
        .map(({ median }) => median),
    );
  const ratio = best(theirs) / best([own]);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined;
}

/** The goals as text. */
export function goalsTable(found: readonly Goal[]): string {
  const lines = found.map(({ title, value, bound, met }) => [
    `  ${met ? marks.passed : marks.failed} ${title}`,
    value.toFixed(2),
    `goal ${bound}`,
  ]);
  return `Goals (× as fast, medians, equal threads)\n${aligned(lines)}`;
}

/** Lines about results that differ though the function is the same; none when all is right. */
export function disagreements(rows: readonly MeasuredRow[]): string[] {
  return rows.flatMap(({ row, threads, measured }) => {
    const same = measured.filter((one) => isStep(one) && one.agrees);
    const [reference, ...others] = same;
    return others.flatMap((one) => {
      const lossOff = Math.abs(one.loss - reference!.loss);
      const normOff = Math.abs(one.gradientNorm / reference!.gradientNorm - 1);
      if (lossOff <= 1e-3 && normOff <= 1e-3) return [];
      return [
        `${row.name}, ${threads} thread${threads > 1 ? "s" : ""}: ${one.contestant} (${one.variant}) has loss ${one.loss} and gradients' norm ${one.gradientNorm}, ${reference!.contestant} ${reference!.loss} and ${reference!.gradientNorm}`,
      ];
    });
  });
}

function time(milliseconds: number): string {
  return milliseconds.toFixed(milliseconds < 1 ? 3 : milliseconds < 10 ? 2 : 1);
}

/** Columns under one another: the first to the left, the others to the right. */
export function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, column) =>
    Math.max(...lines.map((line) => [...line[column]!].length)),
  );
  const padded = (cell: string, column: number): string => {
    const space = " ".repeat(widths[column]! - [...cell].length);
    return column === 0 ? cell + space : space + cell;
  };
  return lines.map((line) => line.map(padded).join("   ").trimEnd()).join("\n");
}
