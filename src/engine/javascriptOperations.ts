/**
 * The operations in plain TypeScript, for machines without WebAssembly SIMD; the formulas are those of
 * assembly/operations.ts, an entry at a time.
 */
import type { Operations } from "./operations.js";
import type { SharedMemory } from "./memory.js";
import { panelRows } from "./panels.js";

/** σ(x), as exact where it is small as where it is large: e^−|x| is at most 1. */
function sigmoid(x: number): number {
  const power = Math.exp(-Math.abs(x));
  return x < 0 ? power / (1 + power) : 1 / (1 + power);
}

/** Writes four entries of a column, or adds to them. */
function put(
  f: Float32Array,
  at: number,
  accumulate: boolean,
  first: number,
  second: number,
  third: number,
  fourth: number,
): void {
  f[at] = accumulate ? f[at]! + first : first;
  f[at + 1] = accumulate ? f[at + 1]! + second : second;
  f[at + 2] = accumulate ? f[at + 2]! + third : third;
  f[at + 3] = accumulate ? f[at + 3]! + fourth : fourth;
}

/**
 * Makes the operations over a memory.
 *
 * @param memory - where their pointers point
 * @returns the operations, which compute in place
 */
export function javascriptOperations(memory: SharedMemory): Operations {
  let view = new Float32Array(memory.wasm.buffer);
  /** The memory as floats; a new view when it has grown. */
  const floats = (): Float32Array => {
    if (view.buffer !== memory.wasm.buffer || view.byteLength !== memory.wasm.buffer.byteLength)
      view = new Float32Array(memory.wasm.buffer);
    return view;
  };
  const integers = (offset: number, count: number): Int32Array =>
    new Int32Array(memory.wasm.buffer, offset, count);

  /** Calls `visit` for every column j and row i. */
  const eachEntry = (
    rows: number,
    columns: number,
    visit: (i: number, j: number) => void,
  ): void => {
    for (let j = 0; j < columns; j++) for (let i = 0; i < rows; i++) visit(i, j);
  };

  /** C (rows, columns) = or += Σ_k A[:, k] B[k, :], A's rows contiguous; all strides in floats. */
  const product = (
    rows: number,
    columns: number,
    count: number,
    a: number,
    aStep: number,
    b: number,
    bStep: number,
    bColumn: number,
    c: number,
    cColumn: number,
    accumulate: boolean,
  ): void => {
    const f = floats();
    const wholeRows = rows - (rows % 4);
    // Four rows of two columns at a time: eight sums that need no memory while they grow.
    for (let j = 0; j < columns; j += 2) {
      const isPair = j + 1 < columns;
      const toNext = isPair ? bColumn : 0;
      for (let i = 0; i < wholeRows; i += 4) {
        let s00 = 0;
        let s10 = 0;
        let s20 = 0;
        let s30 = 0;
        let s01 = 0;
        let s11 = 0;
        let s21 = 0;
        let s31 = 0;
        let from = a + i;
        let factor = b + j * bColumn;
        for (let k = 0; k < count; k++) {
          const b0 = f[factor]!;
          const b1 = f[factor + toNext]!;
          const a0 = f[from]!;
          const a1 = f[from + 1]!;
          const a2 = f[from + 2]!;
          const a3 = f[from + 3]!;
          s00 += a0 * b0;
          s10 += a1 * b0;
          s20 += a2 * b0;
          s30 += a3 * b0;
          s01 += a0 * b1;
          s11 += a1 * b1;
          s21 += a2 * b1;
          s31 += a3 * b1;
          from += aStep;
          factor += bStep;
        }
        put(f, c + j * cColumn + i, accumulate, s00, s10, s20, s30);
        if (isPair) put(f, c + (j + 1) * cColumn + i, accumulate, s01, s11, s21, s31);
      }
    }
    for (let j = 0; j < columns; j++) {
      for (let i = wholeRows; i < rows; i++) {
        const out = c + j * cColumn + i;
        let sum = accumulate ? f[out]! : 0;
        for (let k = 0; k < count; k++)
          sum += f[a + k * aStep + i]! * f[b + k * bStep + j * bColumn]!;
        f[out] = sum;
      }
    }
  };

  /** z + b − the largest of them, in place, for softmax of a column; returns the log of the sum of their powers. */
  const softmaxColumn = (f: Float32Array, z: number, bias: number, n_y: number): number => {
    let largest = -Infinity;
    for (let k = 0; k < n_y; k++) {
      f[z + k]! += f[bias + k]!;
      largest = Math.max(largest, f[z + k]!);
    }
    let total = 0;
    for (let k = 0; k < n_y; k++) {
      f[z + k]! -= largest;
      total += Math.exp(f[z + k]!);
    }
    return Math.log(total);
  };

  return {
    multiply: (w, rows, inner, b, ldb, columns, c, ldc, accumulate) => {
      for (let p = 0; p < rows; p += panelRows) {
        const height = Math.min(panelRows, rows - p);
        product(
          height,
          columns,
          inner,
          w / 4 + p * inner,
          height,
          b / 4,
          1,
          ldb,
          c / 4 + p,
          ldc,
          accumulate,
        );
      }
    },

    outerProducts: (dw, rows, inner, dz, ldz, s, lds, columns, accumulate) => {
      for (let p = 0; p < rows; p += panelRows) {
        const height = Math.min(panelRows, rows - p);
        product(
          height,
          inner,
          columns,
          dz / 4 + p,
          ldz,
          s / 4,
          lds,
          1,
          dw / 4 + p * inner,
          height,
          accumulate,
        );
      }
    },

    transpose: (w, rows, inner, from, count, wT) => {
      const f = floats();
      for (let p = 0; p < rows; p += panelRows) {
        const height = Math.min(panelRows, rows - p);
        for (let q = 0; q < count; q += panelRows) {
          const width = Math.min(panelRows, count - q);
          eachEntry(height, width, (i, k) => {
            f[wT / 4 + q * rows + (p + i) * width + k] =
              f[w / 4 + p * inner + (from + q + k) * height + i]!;
          });
        }
      }
    },

    rnnForward: (z, bias, out, ldOut, n_a, m) => {
      const f = floats();
      eachEntry(n_a, m, (i, j) => {
        f[out / 4 + j * ldOut + i] = Math.tanh(f[z / 4 + j * n_a + i]! + f[bias / 4 + i]!);
      });
    },

    rnnBackward: (a, lda, da, n_a, m) => {
      const f = floats();
      eachEntry(n_a, m, (i, j) => {
        f[da / 4 + j * n_a + i]! *= 1 - f[a / 4 + j * lda + i]! ** 2;
      });
    },

    lstmForward: (z, bias, cPrev, c, tanhC, out, ldOut, n_a, m) => {
      const f = floats();
      eachEntry(n_a, m, (i, j) => {
        const gate = z / 4 + 4 * j * n_a + i;
        const score = (g: number): number => f[gate + g * n_a]! + f[bias / 4 + g * n_a + i]!;
        const forget = sigmoid(score(0));
        const update = sigmoid(score(1));
        const candidate = Math.tanh(score(2));
        const output = sigmoid(score(3));
        const at = j * n_a + i;
        const next = forget * f[cPrev / 4 + at]! + update * candidate;
        f[gate] = forget;
        f[gate + n_a] = update;
        f[gate + 2 * n_a] = candidate;
        f[gate + 3 * n_a] = output;
        f[c / 4 + at] = next;
        f[tanhC / 4 + at] = Math.tanh(next);
        f[out / 4 + j * ldOut + i] = output * Math.tanh(next);
      });
    },

    lstmBackward: (z, cPrev, tanhC, da, dc, n_a, m) => {
      const f = floats();
      eachEntry(n_a, m, (i, j) => {
        const gate = z / 4 + 4 * j * n_a + i;
        const at = j * n_a + i;
        const [forget, update, candidate, output] = [0, 1, 2, 3].map((g) => f[gate + g * n_a]!) as [
          number,
          number,
          number,
          number,
        ];
        const squashed = f[tanhC / 4 + at]!;
        const gradient = f[da / 4 + at]!;
        const dNext = f[dc / 4 + at]! + gradient * output * (1 - squashed ** 2);
        f[gate] = dNext * f[cPrev / 4 + at]! * forget * (1 - forget);
        f[gate + n_a] = dNext * candidate * update * (1 - update);
        f[gate + 2 * n_a] = dNext * update * (1 - candidate ** 2);
        f[gate + 3 * n_a] = gradient * squashed * output * (1 - output);
        f[dc / 4 + at] = dNext * forget;
      });
    },

    gruGates: (z, bias, aPrev, lda, reset, ldReset, n_a, m) => {
      const f = floats();
      eachEntry(n_a, m, (i, j) => {
        const gate = z / 4 + 2 * j * n_a + i;
        const r = sigmoid(f[gate + n_a]! + f[bias / 4 + n_a + i]!);
        f[gate] = sigmoid(f[gate]! + f[bias / 4 + i]!);
        f[gate + n_a] = r;
        f[reset / 4 + j * ldReset + i] = r * f[aPrev / 4 + j * lda + i]!;
      });
    },

    gruCandidate: (z, bias, gates, aPrev, out, lda, n_a, m) => {
      const f = floats();
      eachEntry(n_a, m, (i, j) => {
        const candidate = Math.tanh(f[z / 4 + j * n_a + i]! + f[bias / 4 + i]!);
        const previous = f[aPrev / 4 + j * lda + i]!;
        f[z / 4 + j * n_a + i] = candidate;
        f[out / 4 + j * lda + i] =
          previous + f[gates / 4 + 2 * j * n_a + i]! * (candidate - previous);
      });
    },

    gruBackwardCandidate: (da, gates, z, aPrev, lda, daPrev, n_a, m) => {
      const f = floats();
      eachEntry(n_a, m, (i, j) => {
        const at = j * n_a + i;
        const gate = gates / 4 + 2 * j * n_a + i;
        const gradient = f[da / 4 + at]!;
        const u = f[gate]!;
        const candidate = f[z / 4 + at]!;
        f[z / 4 + at] = gradient * u * (1 - candidate ** 2);
        f[gate] = gradient * (candidate - f[aPrev / 4 + j * lda + i]!) * u * (1 - u);
        f[daPrev / 4 + at]! += gradient * (1 - u);
      });
    },

    gruBackwardReset: (dReset, gates, aPrev, lda, daPrev, n_a, m) => {
      const f = floats();
      eachEntry(n_a, m, (i, j) => {
        const at = j * n_a + i;
        const gate = gates / 4 + 2 * j * n_a + n_a + i;
        const gradient = f[dReset / 4 + at]!;
        const r = f[gate]!;
        f[daPrev / 4 + at]! += gradient * r;
        f[gate] = gradient * f[aPrev / 4 + j * lda + i]! * r * (1 - r);
      });
    },

    softmaxLabels: (z, bias, labels, weights, losses, dz, n_y, columns) => {
      const f = floats();
      const label = integers(labels, columns);
      for (let j = 0; j < columns; j++) {
        const at = z / 4 + j * n_y;
        const logTotal = softmaxColumn(f, at, bias / 4, n_y);
        const k = label[j]!;
        const weight = k < 0 ? 0 : f[weights / 4 + j]!;
        f[losses / 4 + j] = weight === 0 ? 0 : weight * (logTotal - f[at + k]!);
        for (let i = 0; i < n_y; i++) {
          f[at + i] = Math.exp(f[at + i]! - logTotal);
          f[dz / 4 + j * n_y + i] = weight === 0 ? 0 : weight * (f[at + i]! - (i === k ? 1 : 0));
        }
      }
    },

    softmaxTargets: (z, bias, targets, weights, losses, dz, n_y, columns) => {
      const f = floats();
      for (let j = 0; j < columns; j++) {
        const at = z / 4 + j * n_y;
        const logTotal = softmaxColumn(f, at, bias / 4, n_y);
        const weight = f[weights / 4 + j]!;
        let loss = 0;
        for (let i = 0; i < n_y; i++) {
          const y = f[targets / 4 + j * n_y + i]!;
          if (y !== 0) loss += y * (logTotal - f[at + i]!);
          f[at + i] = Math.exp(f[at + i]! - logTotal);
          f[dz / 4 + j * n_y + i] = weight === 0 ? 0 : weight * (f[at + i]! - y);
        }
        f[losses / 4 + j] = weight === 0 ? 0 : weight * loss;
      }
    },

    sumColumns: (z, rows, columns, out, accumulate) => {
      const f = floats();
      if (!accumulate) f.fill(0, out / 4, out / 4 + rows);
      eachEntry(rows, columns, (i, j) => {
        f[out / 4 + i]! += f[z / 4 + j * rows + i]!;
      });
    },

    copyColumns: (source, lds, target, ldt, rows, columns) => {
      const f = floats();
      for (let j = 0; j < columns; j++) {
        const from = source / 4 + j * lds;
        f.copyWithin(target / 4 + j * ldt, from, from + rows);
      }
    },

    gather: (source, lds, index, target, ldt, rows, columns) => {
      const f = floats();
      integers(index, columns).forEach((column, j) => {
        const from = source / 4 + column * lds;
        const to = target / 4 + j * ldt;
        if (column >= 0) f.copyWithin(to, from, from + rows);
        else f.fill(0, to, to + rows);
      });
    },

    scatterAdd: (source, lds, index, target, ldt, rows, columns) => {
      const f = floats();
      integers(index, columns).forEach((column, j) => {
        if (column < 0) return;
        for (let i = 0; i < rows; i++)
          f[target / 4 + column * ldt + i]! += f[source / 4 + j * lds + i]!;
      });
    },

    holdColumns: (padding, source, lds, target, ldt, rows, columns) => {
      const f = floats();
      integers(padding, columns).forEach((padded, j) => {
        const from = source / 4 + j * lds;
        if (padded !== 0) f.copyWithin(target / 4 + j * ldt, from, from + rows);
      });
    },

    passColumns: (padding, source, target, rows, columns) => {
      const f = floats();
      integers(padding, columns).forEach((padded, j) => {
        if (padded === 0) return;
        for (let i = j * rows; i < (j + 1) * rows; i++) f[target / 4 + i]! += f[source / 4 + i]!;
        f.fill(0, source / 4 + j * rows, source / 4 + (j + 1) * rows);
      });
    },

    countNonzero: (values, count) => integers(values, count).filter((value) => value !== 0).length,

    addScaledColumns: (source, lds, weights, target, ldt, rows, columns) => {
      const f = floats();
      eachEntry(rows, columns, (i, j) => {
        f[target / 4 + j * ldt + i]! += f[source / 4 + j * lds + i]! * f[weights / 4 + j]!;
      });
    },

    clear: (target, count) => {
      floats().fill(0, target / 4, target / 4 + count);
    },

    add: (target, source, count) => {
      const f = floats();
      for (let i = 0; i < count; i++) f[target / 4 + i]! += f[source / 4 + i]!;
    },

    squaredNorm: (values, count) => {
      const f = floats();
      let total = 0;
      for (let i = 0; i < count; i++) total += f[values / 4 + i]! ** 2;
      return total;
    },

    clampValues: (values, count, bound) => {
      const f = floats();
      for (let i = 0; i < count; i++)
        f[values / 4 + i] = Math.min(Math.max(f[values / 4 + i]!, -bound), bound);
    },

    adam: (w, g, v, s, count, factor, step, beta1, rest1, beta2, rest2, squareBias, epsilon) => {
      const f = floats();
      for (let i = 0; i < count; i++) {
        const gradient = f[g / 4 + i]! * factor;
        const mean = f[v / 4 + i]! * beta1 + gradient * rest1;
        const square = f[s / 4 + i]! * beta2 + gradient ** 2 * rest2;
        f[v / 4 + i] = mean;
        f[s / 4 + i] = square;
        f[w / 4 + i]! -= (step * mean) / (Math.sqrt(square * squareBias) + epsilon);
      }
    },
  };
}
