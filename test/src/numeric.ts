/** What the tests of numbers share: comparisons, and the check of a gradient by central differences. */
import assert from "node:assert/strict";
import {
  atPath,
  mapMatrices,
  type Mat,
  type MatricesOf,
  randomNormal,
  type Random,
  seededRandom,
  type Sequence,
} from "unrolled";

/** Asserts that two lists of numbers agree entry by entry: |got − expected| ≤ atol + rtol |expected|. */
export function assertClose(
  got: Mat | Sequence | number,
  expected: Mat | Sequence | number,
  {
    atol = 1e-12,
    rtol = 1e-12,
    what = "value",
  }: { atol?: number; rtol?: number; what?: string } = {},
): void {
  const a = entries(got);
  const b = entries(expected);
  assert.equal(shape(got), shape(expected), `${what}: shapes`);
  a.forEach((value, n) => {
    const wanted = b[n]!;
    assert.ok(
      Math.abs(value - wanted) <= atol + rtol * Math.abs(wanted),
      `${what}: entry ${n}: expected ${wanted}, got ${value}`,
    );
  });
}

/**
 * Asserts that `gradient` is f's at θ: every entry by central differences with h and with h/2, and
 * the slope along random directions.
 */
export function assertGradient<R extends string, C extends string>(
  what: string,
  f: (theta: Mat<R, C>) => number,
  theta: Mat<R, C>,
  gradient: Mat<R, C>,
): void {
  assert.deepEqual(gradient.shape, theta.shape, `${what}: shape`);
  const scale = Math.max(1e-3, gradient.norm());
  for (const h of [1e-4, 5e-5]) {
    theta.map((_, i, j) => {
      const moved = (by: number): Mat<R, C> =>
        theta.map((value, k, l) => (k === i && l === j ? value + by : value));
      const slope = (f(moved(h)) - f(moved(-h))) / (2 * h);
      const difference = Math.abs(slope - gradient.get(i, j));
      assert.ok(
        difference <= 1e-6 * scale,
        `${what}: entry (${i}, ${j}), h = ${h}: differences say ${slope}, the gradient says ${gradient.get(i, j)}`,
      );
      return 0;
    });
  }
  const random = seededRandom(17);
  for (let n = 0; n < 3; n++) {
    const direction = randomNormal<R, C>(theta.rows, theta.cols, random);
    const h = 1e-5;
    const slope = (f(theta.add(direction.times(h))) - f(theta.sub(direction.times(h)))) / (2 * h);
    const expected = direction.times(gradient).sum();
    assert.ok(
      Math.abs(slope - expected) <= 1e-6 * scale * direction.norm(),
      `${what}: along a random direction: differences say ${slope}, the gradient says ${expected}`,
    );
  }
}

/** {@link assertGradient} for every matrix of a parameter set, whose gradients stand under d-names. */
export function assertGradients<P extends MatricesOf<P>>(
  f: (parameters: P) => number,
  parameters: P,
  gradients: object,
): void {
  mapMatrices(parameters, (theta, path) => {
    const place = path.join(".");
    const replaced = (by: Mat): P =>
      mapMatrices(parameters, (old, other) => (other.join(".") === place ? by : old));
    const gradient = atPath(gradients, [...path.slice(0, -1), `d${path.at(-1)!}`]);
    assert.ok(gradient !== undefined, `no gradient for ${place}`);
    assertGradient<string, string>(`d${place}`, (by) => f(replaced(by)), theta, gradient as Mat);
    return theta;
  });
}

/** A sequence of T steps of independent normals. */
export function normalSteps<R extends string>(
  T: number,
  rows: number,
  m: number,
  random: Random,
): Mat<R, "m">[] {
  return Array.from({ length: T }, () => randomNormal<R, "m">(rows, m, random));
}

function entries(value: Mat | Sequence | number): number[] {
  if (typeof value === "number") return [value];
  return "T_x" in value ? value.toArray().flat(2) : value.toArray().flat();
}

function shape(value: Mat | Sequence | number): string {
  if (typeof value === "number") return "number";
  return "T_x" in value ? `${value.T_x} × (${value.rows}, ${value.cols})` : value.shape.join(", ");
}
