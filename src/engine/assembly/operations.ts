/**
 * The engine's operations in WebAssembly with SIMD, written in AssemblyScript (what each computes, with shapes, stands
 * beside its name in ../operations.ts; ../javascriptOperations.ts is the same in plain TypeScript).
 *
 * Theory of operation: a column is an example, its rows are contiguous, and the next column follows after `ld`
 * floats. Loops go down a column four rows at a time; the rows that are left over go through the same formula one
 * by one, in the first lane of a vector (`whole` = false). Pointers are byte offsets into the one memory.
 *
 * `npm run build:operations` compiles this file into ../operationBytes.ts.
 */

/** Rows of a panel (see ../panels.ts). */
const panelRows: usize = 64;
/** Columns of the reduction that one pass of `outerProducts` takes, so that they stay in the cache. */
const reductionBlock: usize = 128;

@inline
function get(pointer: usize, whole: bool): v128 {
  return whole ? v128.load(pointer) : v128.load32_zero(pointer);
}

@inline
function put(pointer: usize, value: v128, whole: bool): void {
  if (whole) v128.store(pointer, value);
  else v128.store32_lane(pointer, value, 0);
}

@inline
function all(value: f32): v128 {
  return f32x4.splat(value);
}

@inline
function plus(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

@inline
function minus(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

@inline
function times(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}

/** 3·2²²: a number up to 2²¹ plus this is rounded to a whole one, which its last bits are. */
const roundsToWhole: f32 = 12582912;

/**
 * tanh x, from |x| alone and with x's sign, so that it is odd.
 *
 *   |x| < 9/16:  |x| + |x|³ P(x²), the correction small against |x|
 *   else:        1 − 2 / (1 + e^(2|x|)) = 1 − 2·2⁻ⁿ / ((1 + 2⁻ⁿ) + q), where e^(2|x|) = 2ⁿ (1 + q), q = 2^f − 1, |f| ≤ 1/2
 *
 * At most 2 units in the last place from tanh x, 1 from 9.02 on, and never less where x is more: at all float32
 * numbers (`npm run activations`). Polynomials are added up in parts that do not wait for each other.
 */
@inline
function tanh4(value: v128): v128 {
  const x = f32x4.abs(value);
  const u = times(x, x);
  const third = plus(all(-0.33332889734302856), times(u, all(0.1331933423918103)));
  const seventh = plus(all(-0.05257898126142346), times(u, all(0.01625567919032482)));
  const small = plus(x, times(times(x, u), plus(third, times(times(u, u), seventh))));

  const scaled = times(f32x4.pmin(x, all(10)), all(2.8853900817779268)); // 2|x| in powers of 2; a NaN stays
  const k = plus(scaled, all(roundsToWhole));
  const f = minus(scaled, minus(k, all(roundsToWhole)));
  const f2 = times(f, f);
  const low = plus(all(0.6931472062482416), times(f, all(0.24022651345914053)));
  const middle = plus(all(0.055503277911979086), times(f, all(0.009618003890118606)));
  const high = plus(all(0.001340026965630664), times(f, all(0.000154763001837956)));
  const q = times(f, plus(low, times(f2, plus(middle, times(f2, high)))));
  const t = i32x4.sub(i32x4.splat(0x3f800000), i32x4.shl(k, 23)); // 2⁻ⁿ
  const large = minus(all(1), f32x4.div(plus(t, t), plus(plus(all(1), t), q)));

  const size = v128.bitselect(small, large, f32x4.lt(x, all(0.5625)));
  return v128.or(size, v128.and(value, i32x4.splat(i32.MIN_VALUE)));
}

/**
 * σ(x) = s for x < 0 and 1 − s else, s = 1 / (1 + e^|x|) = 2⁻ⁿ / ((1 + 2⁻ⁿ) + q), where e^|x| = 2ⁿ (1 + q) and
 * |x| = n ln 2 + r, |r| ≤ ln 2 / 2, with ln 2 in two parts. So σ(−x) is as exact as σ(x), and σ(x) = 1 − σ(−x).
 *
 * At most 2 units in the last place from σ(x), down to 1.4e-45, and never less where x is more: at all float32
 * numbers (`npm run activations`).
 */
@inline
function sigmoid4(value: v128): v128 {
  const x = f32x4.pmin(f32x4.abs(value), all(104)); // σ(−104) is 0 in float32; a NaN stays
  const k = plus(times(x, all(1.4426950408889634)), all(roundsToWhole));
  const n = minus(k, all(roundsToWhole));
  const r = minus(minus(x, times(n, all(0.693359375))), times(n, all(-0.00021219444005469057)));
  const r2 = times(r, r);
  const low = plus(all(0.5000000095126211), times(r, all(0.16666518898834143)));
  const high = plus(all(0.04166620599051673), times(r, all(0.008368882232311924)));
  const q = plus(r, times(r2, plus(low, times(r2, plus(high, times(r2, all(0.001395047862253694)))))));
  // 2⁻ⁿ in two factors: below 2⁻¹²⁶ a power of 2 is more than an exponent's bits.
  const half = i32x4.shl(i32x4.shr_u(k, 1), 23);
  const one = i32x4.splat(0x3f800000);
  const t = times(i32x4.sub(one, half), i32x4.sub(one, i32x4.sub(i32x4.shl(k, 23), half)));
  const first = plus(all(1), t);
  const lost = minus(t, minus(first, all(1))); // what of a small 2⁻ⁿ is not in the sum
  const s = f32x4.div(t, plus(first, plus(q, lost)));
  return v128.bitselect(s, minus(all(1), s), f32x4.lt(value, all(0)));
}

/** e^x for x ≤ 0: 2^n · 2^f with n whole and |f| ≤ 1/2; 2^f by a polynomial of relative error 1.9e-9. */
@inline
function exp4(value: v128): v128 {
  const scaled = times(f32x4.pmax(value, all(-87)), all(1.4426950408889634));
  const n = f32x4.nearest(scaled);
  const f = minus(scaled, n);
  let p = plus(times(f, all(0.00015345810872688387)), all(0.001339993121024142));
  p = plus(times(f, p), all(0.009618488961318023));
  p = plus(times(f, p), all(0.055503287769930874));
  p = plus(times(f, p), all(0.24022646890595206));
  p = plus(times(f, p), all(0.6931472057372506));
  p = plus(times(f, p), all(1.0000000005541725));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  // ŷ of a score far below the largest is 0: 1e-38 would leave a gradient behind large weights. NaN stays.
  return v128.andnot(times(p, power), f32x4.lt(value, all(-87)));
}

@inline
function sumOfLanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    f32x4.extract_lane(v, 2) +
    f32x4.extract_lane(v, 3)
  );
}

// ---- products ----

/** C (8 rows, 4 columns) = or += Σ_k A[:, k] B[k, :]. Strides in bytes: of A and B along k, of B and C along columns. */
@inline
function tile8x4(
  count: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  bColumn: usize,
  c: usize,
  cColumn: usize,
  accumulate: bool,
): void {
  const b1 = bColumn;
  const b2 = bColumn * 2;
  const b3 = bColumn * 3;
  const c1 = c + cColumn;
  const c2 = c1 + cColumn;
  const c3 = c2 + cColumn;
  let c00 = all(0);
  let c01 = all(0);
  let c10 = all(0);
  let c11 = all(0);
  let c20 = all(0);
  let c21 = all(0);
  let c30 = all(0);
  let c31 = all(0);
  if (accumulate) {
    c00 = v128.load(c);
    c01 = v128.load(c, 16);
    c10 = v128.load(c1);
    c11 = v128.load(c1, 16);
    c20 = v128.load(c2);
    c21 = v128.load(c2, 16);
    c30 = v128.load(c3);
    c31 = v128.load(c3, 16);
  }
  for (let k: usize = 0; k < count; k++) {
    const a0 = v128.load(a);
    const a1 = v128.load(a, 16);
    const x0 = v128.load32_splat(b);
    c00 = plus(c00, times(a0, x0));
    c01 = plus(c01, times(a1, x0));
    const x1 = v128.load32_splat(b + b1);
    c10 = plus(c10, times(a0, x1));
    c11 = plus(c11, times(a1, x1));
    const x2 = v128.load32_splat(b + b2);
    c20 = plus(c20, times(a0, x2));
    c21 = plus(c21, times(a1, x2));
    const x3 = v128.load32_splat(b + b3);
    c30 = plus(c30, times(a0, x3));
    c31 = plus(c31, times(a1, x3));
    a += aStep;
    b += bStep;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c1, c10);
  v128.store(c1, c11, 16);
  v128.store(c2, c20);
  v128.store(c2, c21, 16);
  v128.store(c3, c30);
  v128.store(c3, c31, 16);
}

/** C (32 rows, 1 column) = or += Σ_k A[:, k] B[k]: the tile for a batch of one example. */
@inline
function tile32x1(
  count: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  c: usize,
  accumulate: bool,
): void {
  let c0 = all(0);
  let c1 = all(0);
  let c2 = all(0);
  let c3 = all(0);
  let c4 = all(0);
  let c5 = all(0);
  let c6 = all(0);
  let c7 = all(0);
  if (accumulate) {
    c0 = v128.load(c);
    c1 = v128.load(c, 16);
    c2 = v128.load(c, 32);
    c3 = v128.load(c, 48);
    c4 = v128.load(c, 64);
    c5 = v128.load(c, 80);
    c6 = v128.load(c, 96);
    c7 = v128.load(c, 112);
  }
  for (let k: usize = 0; k < count; k++) {
    const x = v128.load32_splat(b);
    c0 = plus(c0, times(v128.load(a), x));
    c1 = plus(c1, times(v128.load(a, 16), x));
    c2 = plus(c2, times(v128.load(a, 32), x));
    c3 = plus(c3, times(v128.load(a, 48), x));
    c4 = plus(c4, times(v128.load(a, 64), x));
    c5 = plus(c5, times(v128.load(a, 80), x));
    c6 = plus(c6, times(v128.load(a, 96), x));
    c7 = plus(c7, times(v128.load(a, 112), x));
    a += aStep;
    b += bStep;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
  v128.store(c, c4, 64);
  v128.store(c, c5, 80);
  v128.store(c, c6, 96);
  v128.store(c, c7, 112);
}

/** As the other tiles, for 4 rows (or one, when not `whole`) and one column. */
@inline
function tileRest(
  count: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  c: usize,
  accumulate: bool,
  whole: bool,
): void {
  let sum = accumulate ? get(c, whole) : all(0);
  for (let k: usize = 0; k < count; k++) {
    sum = plus(sum, times(get(a, whole), v128.load32_splat(b)));
    a += aStep;
    b += bStep;
  }
  put(c, sum, whole);
}

/** C (rows, columns) = or += A B, A's rows contiguous; strides in bytes as in `tile8x4`. */
function product(
  rows: usize,
  columns: usize,
  count: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  bColumn: usize,
  c: usize,
  cColumn: usize,
  accumulate: bool,
): void {
  let i: usize = 0;
  if (columns < 4) {
    for (; i + 32 <= rows; i += 32) {
      for (let j: usize = 0; j < columns; j++)
        tile32x1(count, a + i * 4, aStep, b + j * bColumn, bStep, c + i * 4 + j * cColumn, accumulate);
    }
  }
  for (; i + 8 <= rows; i += 8) {
    const aTile = a + i * 4;
    const cTile = c + i * 4;
    let j: usize = 0;
    for (; j + 4 <= columns; j += 4)
      tile8x4(count, aTile, aStep, b + j * bColumn, bStep, bColumn, cTile + j * cColumn, cColumn, accumulate);
    for (; j < columns; j++) {
      tileRest(count, aTile, aStep, b + j * bColumn, bStep, cTile + j * cColumn, accumulate, true);
      tileRest(count, aTile + 16, aStep, b + j * bColumn, bStep, cTile + 16 + j * cColumn, accumulate, true);
    }
  }
  for (; i + 4 <= rows; i += 4) {
    for (let j: usize = 0; j < columns; j++)
      tileRest(count, a + i * 4, aStep, b + j * bColumn, bStep, c + i * 4 + j * cColumn, accumulate, true);
  }
  for (; i < rows; i++) {
    for (let j: usize = 0; j < columns; j++)
      tileRest(count, a + i * 4, aStep, b + j * bColumn, bStep, c + i * 4 + j * cColumn, accumulate, false);
  }
}

export function multiply(
  w: usize,
  rows: usize,
  inner: usize,
  b: usize,
  ldb: usize,
  columns: usize,
  c: usize,
  ldc: usize,
  accumulate: bool,
): void {
  for (let p: usize = 0; p < rows; p += panelRows) {
    const height = min(panelRows, rows - p);
    product(height, columns, inner, w + p * inner * 4, height * 4, b, 4, ldb * 4, c + p * 4, ldc * 4, accumulate);
  }
}

export function outerProducts(
  dw: usize,
  rows: usize,
  inner: usize,
  dz: usize,
  ldz: usize,
  s: usize,
  lds: usize,
  columns: usize,
  accumulate: bool,
): void {
  for (let from: usize = 0; from < columns; from += reductionBlock) {
    const count = min(reductionBlock, columns - from);
    for (let p: usize = 0; p < rows; p += panelRows) {
      const height = min(panelRows, rows - p);
      product(
        height,
        inner,
        count,
        dz + (from * ldz + p) * 4,
        ldz * 4,
        s + from * lds * 4,
        lds * 4,
        4,
        dw + p * inner * 4,
        height * 4,
        accumulate || from > 0,
      );
    }
  }
}

/** Four columns of four rows, turned; strides in bytes from column to column. */
@inline
function transpose4x4(source: usize, sourceColumn: usize, target: usize, targetColumn: usize): void {
  const c0 = v128.load(source);
  const c1 = v128.load(source + sourceColumn);
  const c2 = v128.load(source + 2 * sourceColumn);
  const c3 = v128.load(source + 3 * sourceColumn);
  const low01 = v128.shuffle<i32>(c0, c1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(c0, c1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(c2, c3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(c2, c3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<i32>(low01, low23, 0, 1, 4, 5));
  v128.store(target + targetColumn, v128.shuffle<i32>(low01, low23, 2, 3, 6, 7));
  v128.store(target + 2 * targetColumn, v128.shuffle<i32>(high01, high23, 0, 1, 4, 5));
  v128.store(target + 3 * targetColumn, v128.shuffle<i32>(high01, high23, 2, 3, 6, 7));
}

export function transpose(w: usize, rows: usize, inner: usize, from: usize, count: usize, wT: usize): void {
  for (let q: usize = 0; q < count; q += panelRows) {
    const width = min(panelRows, count - q);
    for (let p: usize = 0; p < rows; p += panelRows) {
      const height = min(panelRows, rows - p);
      transposeBlock(
        w + (p * inner + (from + q) * height) * 4,
        height,
        width,
        wT + (q * rows + p * width) * 4,
      );
    }
  }
}

/** (rows, columns) at `source` to (columns, rows) at `target`. */
function transposeBlock(source: usize, rows: usize, columns: usize, target: usize): void {
  const wholeRows = rows & ~3;
  const wholeColumns = columns & ~3;
  for (let k: usize = 0; k < wholeColumns; k += 4) {
    for (let i: usize = 0; i < wholeRows; i += 4)
      transpose4x4(source + (k * rows + i) * 4, rows * 4, target + (i * columns + k) * 4, columns * 4);
  }
  for (let k: usize = 0; k < columns; k++) {
    for (let i: usize = k < wholeColumns ? wholeRows : 0; i < rows; i++)
      store<f32>(target + (i * columns + k) * 4, load<f32>(source + (k * rows + i) * 4));
  }
}

// ---- the cells ----

@inline
function rnnForwardRows(z: usize, bias: usize, out: usize, whole: bool): void {
  put(out, tanh4(plus(get(z, whole), get(bias, whole))), whole);
}

export function rnnForward(z: usize, bias: usize, out: usize, ldOut: usize, n_a: usize, m: usize): void {
  const rows = n_a * 4;
  for (let j: usize = 0; j < m; j++) {
    let i: usize = 0;
    for (; i + 16 <= rows; i += 16) rnnForwardRows(z + i, bias + i, out + i, true);
    for (; i < rows; i += 4) rnnForwardRows(z + i, bias + i, out + i, false);
    z += rows;
    out += ldOut * 4;
  }
}

@inline
function rnnBackwardRows(a: usize, da: usize, whole: bool): void {
  const value = get(a, whole);
  put(da, times(get(da, whole), minus(all(1), times(value, value))), whole);
}

export function rnnBackward(a: usize, lda: usize, da: usize, n_a: usize, m: usize): void {
  const rows = n_a * 4;
  for (let j: usize = 0; j < m; j++) {
    let i: usize = 0;
    for (; i + 16 <= rows; i += 16) rnnBackwardRows(a + i, da + i, true);
    for (; i < rows; i += 4) rnnBackwardRows(a + i, da + i, false);
    a += lda * 4;
    da += rows;
  }
}

@inline
function sigmoidRows(z: usize, bias: usize, whole: bool): void {
  put(z, sigmoid4(plus(get(z, whole), get(bias, whole))), whole);
}

/** σ(z + bias) in place, down one column. */
function sigmoidColumn(z: usize, bias: usize, rows: usize): void {
  let i: usize = 0;
  for (; i + 16 <= rows; i += 16) sigmoidRows(z + i, bias + i, true);
  for (; i < rows; i += 4) sigmoidRows(z + i, bias + i, false);
}

@inline
function lstmStateRows(
  z: usize,
  rows: usize,
  cPrev: usize,
  c: usize,
  tanhC: usize,
  out: usize,
  whole: bool,
): void {
  const kept = times(get(z, whole), get(cPrev, whole));
  const next = plus(kept, times(get(z + rows, whole), get(z + 2 * rows, whole)));
  const squashed = tanh4(next);
  put(c, next, whole);
  put(tanhC, squashed, whole);
  put(out, times(get(z + 3 * rows, whole), squashed), whole);
}

/** One gate after the other: all five activations in one loop would not leave the registers enough. */
export function lstmForward(
  z: usize,
  bias: usize,
  cPrev: usize,
  c: usize,
  tanhC: usize,
  out: usize,
  ldOut: usize,
  n_a: usize,
  m: usize,
): void {
  const rows = n_a * 4;
  for (let j: usize = 0; j < m; j++) {
    sigmoidColumn(z, bias, 2 * rows);
    rnnForward(z + 2 * rows, bias + 2 * rows, z + 2 * rows, n_a, n_a, 1);
    sigmoidColumn(z + 3 * rows, bias + 3 * rows, rows);
    let i: usize = 0;
    for (; i + 16 <= rows; i += 16)
      lstmStateRows(z + i, rows, cPrev + i, c + i, tanhC + i, out + i, true);
    for (; i < rows; i += 4)
      lstmStateRows(z + i, rows, cPrev + i, c + i, tanhC + i, out + i, false);
    z += 4 * rows;
    cPrev += rows;
    c += rows;
    tanhC += rows;
    out += ldOut * 4;
  }
}

@inline
function lstmBackwardRows(
  z: usize,
  rows: usize,
  cPrev: usize,
  tanhC: usize,
  da: usize,
  dc: usize,
  whole: bool,
): void {
  const one = all(1);
  const f = get(z, whole);
  const u = get(z + rows, whole);
  const candidate = get(z + 2 * rows, whole);
  const o = get(z + 3 * rows, whole);
  const squashed = get(tanhC, whole);
  const gradient = get(da, whole);
  const dNext = plus(
    get(dc, whole),
    times(times(gradient, o), minus(one, times(squashed, squashed))),
  );
  const dF = times(dNext, get(cPrev, whole));
  put(z, times(dF, times(f, minus(one, f))), whole);
  put(z + rows, times(times(dNext, candidate), times(u, minus(one, u))), whole);
  put(z + 2 * rows, times(times(dNext, u), minus(one, times(candidate, candidate))), whole);
  put(z + 3 * rows, times(times(gradient, squashed), times(o, minus(one, o))), whole);
  put(dc, times(dNext, f), whole);
}

export function lstmBackward(
  z: usize,
  cPrev: usize,
  tanhC: usize,
  da: usize,
  dc: usize,
  n_a: usize,
  m: usize,
): void {
  const rows = n_a * 4;
  for (let j: usize = 0; j < m; j++) {
    let i: usize = 0;
    for (; i + 16 <= rows; i += 16)
      lstmBackwardRows(z + i, rows, cPrev + i, tanhC + i, da + i, dc + i, true);
    for (; i < rows; i += 4)
      lstmBackwardRows(z + i, rows, cPrev + i, tanhC + i, da + i, dc + i, false);
    z += 4 * rows;
    cPrev += rows;
    tanhC += rows;
    da += rows;
    dc += rows;
  }
}

@inline
function gruGatesRows(z: usize, rows: usize, bias: usize, aPrev: usize, reset: usize, whole: bool): void {
  const u = sigmoid4(plus(get(z, whole), get(bias, whole)));
  const r = sigmoid4(plus(get(z + rows, whole), get(bias + rows, whole)));
  put(z, u, whole);
  put(z + rows, r, whole);
  put(reset, times(r, get(aPrev, whole)), whole);
}

export function gruGates(
  z: usize,
  bias: usize,
  aPrev: usize,
  lda: usize,
  reset: usize,
  ldReset: usize,
  n_a: usize,
  m: usize,
): void {
  const rows = n_a * 4;
  for (let j: usize = 0; j < m; j++) {
    let i: usize = 0;
    for (; i + 16 <= rows; i += 16) gruGatesRows(z + i, rows, bias + i, aPrev + i, reset + i, true);
    for (; i < rows; i += 4) gruGatesRows(z + i, rows, bias + i, aPrev + i, reset + i, false);
    z += 2 * rows;
    aPrev += lda * 4;
    reset += ldReset * 4;
  }
}

@inline
function gruCandidateRows(
  z: usize,
  bias: usize,
  u: usize,
  aPrev: usize,
  out: usize,
  whole: bool,
): void {
  const candidate = tanh4(plus(get(z, whole), get(bias, whole)));
  const previous = get(aPrev, whole);
  put(z, candidate, whole);
  put(out, plus(previous, times(get(u, whole), minus(candidate, previous))), whole);
}

export function gruCandidate(
  z: usize,
  bias: usize,
  gates: usize,
  aPrev: usize,
  out: usize,
  lda: usize,
  n_a: usize,
  m: usize,
): void {
  const rows = n_a * 4;
  for (let j: usize = 0; j < m; j++) {
    let i: usize = 0;
    for (; i + 16 <= rows; i += 16)
      gruCandidateRows(z + i, bias + i, gates + i, aPrev + i, out + i, true);
    for (; i < rows; i += 4)
      gruCandidateRows(z + i, bias + i, gates + i, aPrev + i, out + i, false);
    z += rows;
    gates += 2 * rows;
    aPrev += lda * 4;
    out += lda * 4;
  }
}

@inline
function gruBackwardCandidateRows(
  da: usize,
  gates: usize,
  z: usize,
  aPrev: usize,
  daPrev: usize,
  whole: bool,
): void {
  const one = all(1);
  const gradient = get(da, whole);
  const u = get(gates, whole);
  const candidate = get(z, whole);
  const keep = minus(one, u);
  put(z, times(times(gradient, u), minus(one, times(candidate, candidate))), whole);
  put(gates, times(times(gradient, minus(candidate, get(aPrev, whole))), times(u, keep)), whole);
  put(daPrev, plus(get(daPrev, whole), times(gradient, keep)), whole);
}

export function gruBackwardCandidate(
  da: usize,
  gates: usize,
  z: usize,
  aPrev: usize,
  lda: usize,
  daPrev: usize,
  n_a: usize,
  m: usize,
): void {
  const rows = n_a * 4;
  for (let j: usize = 0; j < m; j++) {
    let i: usize = 0;
    for (; i + 16 <= rows; i += 16)
      gruBackwardCandidateRows(da + i, gates + i, z + i, aPrev + i, daPrev + i, true);
    for (; i < rows; i += 4)
      gruBackwardCandidateRows(da + i, gates + i, z + i, aPrev + i, daPrev + i, false);
    da += rows;
    gates += 2 * rows;
    z += rows;
    aPrev += lda * 4;
    daPrev += rows;
  }
}

@inline
function gruBackwardResetRows(
  dReset: usize,
  r: usize,
  aPrev: usize,
  daPrev: usize,
  whole: bool,
): void {
  const gradient = get(dReset, whole);
  const reset = get(r, whole);
  put(daPrev, plus(get(daPrev, whole), times(gradient, reset)), whole);
  put(r, times(times(gradient, get(aPrev, whole)), times(reset, minus(all(1), reset))), whole);
}

export function gruBackwardReset(
  dReset: usize,
  gates: usize,
  aPrev: usize,
  lda: usize,
  daPrev: usize,
  n_a: usize,
  m: usize,
): void {
  const rows = n_a * 4;
  gates += rows;
  for (let j: usize = 0; j < m; j++) {
    let i: usize = 0;
    for (; i + 16 <= rows; i += 16)
      gruBackwardResetRows(dReset + i, gates + i, aPrev + i, daPrev + i, true);
    for (; i < rows; i += 4)
      gruBackwardResetRows(dReset + i, gates + i, aPrev + i, daPrev + i, false);
    dReset += rows;
    gates += 2 * rows;
    aPrev += lda * 4;
    daPrev += rows;
  }
}

// ---- the output layer and the loss ----

/** z + bias in place; the largest of a column's scores. */
@inline
function addBias(z: usize, bias: usize, rows: usize): f32 {
  let i: usize = 0;
  let largest4 = all(-Infinity);
  for (; i + 16 <= rows; i += 16) {
    const value = plus(v128.load(z + i), v128.load(bias + i));
    v128.store(z + i, value);
    largest4 = f32x4.max(largest4, value);
  }
  let largest: f32 = max(
    max(f32x4.extract_lane(largest4, 0), f32x4.extract_lane(largest4, 1)),
    max(f32x4.extract_lane(largest4, 2), f32x4.extract_lane(largest4, 3)),
  );
  for (; i < rows; i += 4) {
    const value = load<f32>(z + i) + load<f32>(bias + i);
    store<f32>(z + i, value);
    largest = max(largest, value);
  }
  return largest;
}

/** e^(z − largest) into `out`; their sum. */
@inline
function exponentials(z: usize, largest: f32, out: usize, rows: usize): f32 {
  const shift = all(largest);
  let total4 = all(0);
  let i: usize = 0;
  for (; i + 16 <= rows; i += 16) {
    const power = exp4(minus(v128.load(z + i), shift));
    v128.store(out + i, power);
    total4 = plus(total4, power);
  }
  let total = sumOfLanes(total4);
  for (; i < rows; i += 4) {
    const power = f32x4.extract_lane(exp4(minus(v128.load32_zero(z + i), shift)), 0);
    store<f32>(out + i, power);
    total += power;
  }
  return total;
}

@inline
function scaleInto(source: usize, factor: f32, target: usize, rows: usize): void {
  const factor4 = all(factor);
  let i: usize = 0;
  for (; i + 16 <= rows; i += 16) v128.store(target + i, times(v128.load(source + i), factor4));
  for (; i < rows; i += 4) store<f32>(target + i, load<f32>(source + i) * factor);
}

export function softmaxLabels(
  z: usize,
  bias: usize,
  labels: usize,
  weights: usize,
  losses: usize,
  dz: usize,
  n_y: usize,
  columns: usize,
): void {
  const rows = n_y * 4;
  for (let j: usize = 0; j < columns; j++) {
    const largest = addBias(z, bias, rows);
    const label = load<i32>(labels + j * 4);
    const weight: f32 = label >= 0 ? load<f32>(weights + j * 4) : 0;
    const place: usize = (<usize>max(label, 0)) * 4;
    const score = load<f32>(z + place);
    const total = exponentials(z, largest, z, rows);
    const loss = Math.log(<f64>total) + (<f64>largest - <f64>score);
    scaleInto(z, 1 / total, z, rows);
    if (weight != 0) {
      store<f32>(losses + j * 4, <f32>(loss * <f64>weight));
      scaleInto(z, weight, dz, rows);
      store<f32>(dz + place, load<f32>(dz + place) - weight);
    } else {
      // what does not count is left out, not multiplied by 0: it may be no number
      store<f32>(losses + j * 4, 0);
      memory.fill(dz, 0, rows);
    }
    z += rows;
    dz += rows;
  }
}

export function softmaxTargets(
  z: usize,
  bias: usize,
  targets: usize,
  weights: usize,
  losses: usize,
  dz: usize,
  n_y: usize,
  columns: usize,
): void {
  const rows = n_y * 4;
  for (let j: usize = 0; j < columns; j++) {
    const largest = addBias(z, bias, rows);
    const total = exponentials(z, largest, dz, rows);
    const logTotal = Math.log(<f64>total);
    const weight = load<f32>(weights + j * 4);
    let loss: f64 = 0;
    for (let i: usize = 0; i < rows; i += 4) {
      const y: f64 = load<f32>(targets + i);
      if (y != 0) loss += y * (logTotal + (<f64>largest - <f64>load<f32>(z + i)));
    }
    scaleInto(dz, 1 / total, z, rows);
    if (weight != 0) {
      store<f32>(losses + j * 4, <f32>(loss * <f64>weight));
      for (let i: usize = 0; i < rows; i += 4)
        store<f32>(dz + i, (load<f32>(z + i) - load<f32>(targets + i)) * weight);
    } else {
      store<f32>(losses + j * 4, 0);
      memory.fill(dz, 0, rows);
    }
    z += rows;
    dz += rows;
    targets += rows;
  }
}

// ---- moving and adding columns ----

export function sumColumns(z: usize, rows: usize, columns: usize, out: usize, accumulate: bool): void {
  const end = rows * 4;
  let i: usize = 0;
  // A cache line at a time.
  for (; i + 64 <= end; i += 64) {
    let s0 = accumulate ? v128.load(out + i) : all(0);
    let s1 = accumulate ? v128.load(out + i, 16) : all(0);
    let s2 = accumulate ? v128.load(out + i, 32) : all(0);
    let s3 = accumulate ? v128.load(out + i, 48) : all(0);
    let column = z + i;
    for (let j: usize = 0; j < columns; j++) {
      s0 = plus(s0, v128.load(column));
      s1 = plus(s1, v128.load(column, 16));
      s2 = plus(s2, v128.load(column, 32));
      s3 = plus(s3, v128.load(column, 48));
      column += end;
    }
    v128.store(out + i, s0);
    v128.store(out + i, s1, 16);
    v128.store(out + i, s2, 32);
    v128.store(out + i, s3, 48);
  }
  for (; i < end; i += 4) {
    let total: f32 = accumulate ? load<f32>(out + i) : 0;
    for (let j: usize = 0; j < columns; j++) total += load<f32>(z + i + j * end);
    store<f32>(out + i, total);
  }
}

export function copyColumns(
  source: usize,
  lds: usize,
  target: usize,
  ldt: usize,
  rows: usize,
  columns: usize,
): void {
  for (let j: usize = 0; j < columns; j++)
    memory.copy(target + j * ldt * 4, source + j * lds * 4, rows * 4);
}

export function gather(
  source: usize,
  lds: usize,
  index: usize,
  target: usize,
  ldt: usize,
  rows: usize,
  columns: usize,
): void {
  for (let j: usize = 0; j < columns; j++) {
    const from = load<i32>(index + j * 4);
    const to = target + j * ldt * 4;
    if (from >= 0) memory.copy(to, source + (<usize>from) * lds * 4, rows * 4);
    else memory.fill(to, 0, rows * 4);
  }
}

export function scatterAdd(
  source: usize,
  lds: usize,
  index: usize,
  target: usize,
  ldt: usize,
  rows: usize,
  columns: usize,
): void {
  const end = rows * 4;
  for (let j: usize = 0; j < columns; j++) {
    const to = load<i32>(index + j * 4);
    if (to < 0) continue;
    const from = source + j * lds * 4;
    const into = target + (<usize>to) * ldt * 4;
    let i: usize = 0;
    for (; i + 16 <= end; i += 16)
      v128.store(into + i, plus(v128.load(into + i), v128.load(from + i)));
    for (; i < end; i += 4) store<f32>(into + i, load<f32>(into + i) + load<f32>(from + i));
  }
}

export function holdColumns(
  padding: usize,
  source: usize,
  lds: usize,
  target: usize,
  ldt: usize,
  rows: usize,
  columns: usize,
): void {
  for (let j: usize = 0; j < columns; j++) {
    if (load<i32>(padding + j * 4) != 0)
      memory.copy(target + j * ldt * 4, source + j * lds * 4, rows * 4);
  }
}

export function passColumns(padding: usize, source: usize, target: usize, rows: usize, columns: usize): void {
  for (let j: usize = 0; j < columns; j++) {
    if (load<i32>(padding + j * 4) == 0) continue;
    add(target + j * rows * 4, source + j * rows * 4, rows);
    clear(source + j * rows * 4, rows);
  }
}

export function countNonzero(values: usize, count: usize): usize {
  let found: usize = 0;
  for (let j: usize = 0; j < count; j++) if (load<i32>(values + j * 4) != 0) found++;
  return found;
}

export function addScaledColumns(
  source: usize,
  lds: usize,
  weights: usize,
  target: usize,
  ldt: usize,
  rows: usize,
  columns: usize,
): void {
  const end = rows * 4;
  for (let j: usize = 0; j < columns; j++) {
    const weight = v128.load32_splat(weights + j * 4);
    const from = source + j * lds * 4;
    const into = target + j * ldt * 4;
    let i: usize = 0;
    for (; i + 16 <= end; i += 16)
      v128.store(into + i, plus(v128.load(into + i), times(v128.load(from + i), weight)));
    for (; i < end; i += 4)
      v128.store32_lane(
        into + i,
        plus(v128.load32_zero(into + i), times(v128.load32_zero(from + i), weight)),
        0,
      );
  }
}

// ---- flat arrays: all parameters or all gradients at once ----

export function clear(target: usize, count: usize): void {
  memory.fill(target, 0, count * 4);
}

export function add(target: usize, source: usize, count: usize): void {
  const end = count * 4;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16)
    v128.store(target + i, plus(v128.load(target + i), v128.load(source + i)));
  for (; i < end; i += 4) store<f32>(target + i, load<f32>(target + i) + load<f32>(source + i));
}

export function squaredNorm(values: usize, count: usize): f64 {
  const end = count * 4;
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    const value = v128.load(values + i);
    const first = f64x2.promote_low_f32x4(value);
    const second = f64x2.promote_low_f32x4(v128.shuffle<i32>(value, value, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(first, first));
    high = f64x2.add(high, f64x2.mul(second, second));
  }
  const both = f64x2.add(low, high);
  let total = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (; i < end; i += 4) {
    const value: f64 = load<f32>(values + i);
    total += value * value;
  }
  return total;
}

export function clampValues(values: usize, count: usize, bound: f32): void {
  const end = count * 4;
  for (let i: usize = 0; i < end; i += 4)
    store<f32>(values + i, max(-bound, min(bound, load<f32>(values + i))));
}

@inline
function adamRows(
  w: usize,
  g: usize,
  v: usize,
  s: usize,
  factor: v128,
  step: v128,
  beta1: v128,
  rest1: v128,
  beta2: v128,
  rest2: v128,
  squareBias: v128,
  epsilon: v128,
  whole: bool,
): void {
  const gradient = times(get(g, whole), factor);
  const mean = plus(times(get(v, whole), beta1), times(gradient, rest1));
  const square = plus(times(get(s, whole), beta2), times(times(gradient, gradient), rest2));
  put(v, mean, whole);
  put(s, square, whole);
  const root = plus(f32x4.sqrt(times(square, squareBias)), epsilon);
  put(w, minus(get(w, whole), times(step, f32x4.div(mean, root))), whole);
}

export function adam(
  w: usize,
  g: usize,
  v: usize,
  s: usize,
  count: usize,
  factor: f32,
  step: f32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  squareBias: f32,
  epsilon: f32,
): void {
  const end = count * 4;
  const f = all(factor);
  const a = all(step);
  const b1 = all(beta1);
  const r1 = all(rest1);
  const b2 = all(beta2);
  const r2 = all(rest2);
  const sb = all(squareBias);
  const e = all(epsilon);
  let i: usize = 0;
  for (; i + 16 <= end; i += 16)
    adamRows(w + i, g + i, v + i, s + i, f, a, b1, r1, b2, r2, sb, e, true);
  for (; i < end; i += 4)
    adamRows(w + i, g + i, v + i, s + i, f, a, b1, r1, b2, r2, sb, e, false);
}
