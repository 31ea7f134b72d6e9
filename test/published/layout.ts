/** Published values in our layout: what the tests and the references' page read of them. */
import assert from "node:assert/strict";
import { type LstmParameters, Mat, type rnnCellForward, Sequence } from "unrolled";

/** Coursera's (n, m, T_x): entry (k, i) of step t is `nested[k][i][t − 1]`. */
export function stepsLast(nested: number[][][]): Sequence {
  const T_x = nested[0]![0]!.length;
  return Sequence.build(T_x, (t) =>
    Mat.from(nested.map((row) => row.map((entry) => entry[t - 1]!))),
  );
}

/** What stands at a path such as `a[4][1]` in results laid out as published: [row][column][step]. */
export function at(results: Readonly<Record<string, Mat | Sequence>>, path: string): number[] {
  const name = path.replace(/\[.*/, "");
  const indices = Array.from(path.matchAll(/\[(\d+)\]/g), (match) => Number(match[1]));
  const result = results[name];
  assert.ok(result, `no result for ${path}`);
  const [row, column, step] = indices as [number, number?, number?];
  if ("T_x" in result) {
    const steps = Array.from(result, (matrix) => matrix.get(row, column!));
    return step === undefined ? steps : [steps[step]!];
  }
  return column === undefined ? result.toArray()[row]! : [result.get(row, column)];
}

/**
 * Half of a published number's last digit, of its eighth decimal at most (a trailing 0 does not show). A number
 * published with all its digits is a chain of sums whose order rounds its last few.
 */
export function halfLastDigit(published: number): number {
  const decimals = String(published).split(".")[1]?.length ?? 0;
  const rounding = 1e-12 * Math.abs(published);
  return Math.max(0.51 * 10 ** -Math.max(8, decimals), rounding);
}

/** A parameter set of nested lists. */
export function matrices(nested: {
  Wax: number[][];
  Waa: number[][];
  Wya: number[][];
  ba: number[][];
  by: number[][];
}): Parameters<typeof rnnCellForward>[2] {
  return {
    Wax: Mat.from(nested.Wax),
    Waa: Mat.from(nested.Waa),
    Wya: Mat.from(nested.Wya),
    ba: Mat.from(nested.ba),
    by: Mat.from(nested.by),
  };
}

/** Coursera's names turned into ours: Wi, bi, Wy are the update gate's and the output's. */
export function lstmMatrices(
  nested: Readonly<
    Record<"Wf" | "Wi" | "Wc" | "Wo" | "bf" | "bi" | "bc" | "bo" | "Wy" | "by", number[][]>
  >,
): LstmParameters {
  return {
    Wf: Mat.from(nested.Wf),
    Wu: Mat.from(nested.Wi),
    Wc: Mat.from(nested.Wc),
    Wo: Mat.from(nested.Wo),
    bf: Mat.from(nested.bf),
    bu: Mat.from(nested.bi),
    bc: Mat.from(nested.bc),
    bo: Mat.from(nested.bo),
    Wya: Mat.from(nested.Wy),
    by: Mat.from(nested.by),
  };
}
