import { Mat, type RnnCell, type RnnParameters, Sequence } from "../../../src/index.js";
import type { SecondForms } from "./secondForm.js";

type X = Sequence<"n_x", "m">;
type A = Mat<"n_a", "m">;
interface Slips {
  start?: (a: A) => A;
  order?: (T: number) => number[];
  read?: (next: A, a_0: A) => A;
  hand?: (a: A, a_0: A) => A;
  first?: (y_0: Mat) => Mat;
  next?: (y: Mat, y_0: Mat) => Mat;
  carry?: (next: A, handed: A) => A;
  T?: (T_y: number, T_x: number) => number;
  gather?: (y: Mat[], y_0: Mat, a: Mat[]) => Mat[];
}
const up = (T: number): number[] => Array.from({ length: T }, (_, i) => i + 1);
const translate =
  (s: Slips = {}) =>
  (
    x: X,
    a_0: A,
    p: { encoder: RnnParameters; decoder: RnnParameters },
    y_0: Mat,
    T_y: number,
    cell: RnnCell,
  ): unknown => {
    let a = s.start?.(a_0) ?? a_0;
    for (const t of (s.order ?? up)(x.T_x)) {
      const { a_next } = cell(x.at(t), a, p.encoder);
      a = s.read?.(a_next, a_0) ?? a_next;
    }
    const handed = s.hand?.(a, a_0) ?? a;
    a = handed;
    let y = s.first?.(y_0) ?? y_0;
    const ys: Mat[] = [];
    const states: Mat[] = [];
    for (let t = 1; t <= (s.T?.(T_y, x.T_x) ?? T_y); t++) {
      const { a_next, yhat_t } = cell(y, a, p.decoder);
      ys.push(yhat_t);
      states.push(a_next);
      a = s.carry?.(a_next, handed) ?? a_next;
      y = s.next?.(yhat_t, y_0) ?? yhat_t;
    }
    return { yhat: Sequence.of(s.gather?.(ys, y_0, states) ?? ys) };
  };
const hard = (y: Mat): Mat => y.map((v, _k, i) => (v === Math.max(...y.column(i).data) ? 1 : 0));

/** encodeDecode as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "zero-start": ["the encoder starts from zero", translate({ start: (a) => a.times(0) })],
    "decoder-zero": ["the decoder starts from zero", translate({ hand: (a) => a.times(0) })],
    "decoder-a0": ["the decoder starts from a_0", translate({ hand: (_a, a_0) => a_0 })],
    "encoder-not-carried": [
      "each encoder step starts from a_0",
      translate({ read: (_n, a_0) => a_0.add(0), hand: (a) => a }),
    ],
    "decoder-not-carried": [
      "each decoder step starts from the encoder's last state",
      translate({ carry: (_n, h) => h }),
    ],
    "y0-every-step": ["the decoder reads y_0 each time", translate({ next: (_y, y_0) => y_0 })],
    "y0-zero": ["the decoder's first input is zero", translate({ first: (y) => y.times(0) })],
    "zero-fed": ["later inputs of the decoder are zero", translate({ next: (y) => y.times(0) })],
    "argmax-fed": ["the likeliest word, one-hot, is fed", translate({ next: (y) => hard(y) })],
    "encoder-backwards": [
      "the input is read from the end",
      translate({ order: (T) => up(T).reverse() }),
    ],
    "encoder-short": ["the encoder stops before x⟨T_x⟩", translate({ order: (T) => up(T - 1) })],
    "encoder-late": ["the encoder starts at x⟨2⟩", translate({ order: (T) => up(T).slice(1) })],
    "encoder-last-only": [
      "the encoder reads only the last input",
      translate({ order: (T) => [T] }),
    ],
    "as-long-as-x": ["T_x steps for T_y", translate({ T: (_y, T_x) => T_x })],
    "one-less": ["T_y − 1 steps", translate({ T: (T) => Math.max(1, T - 1) })],
    "one-more": ["T_y + 1 steps", translate({ T: (T) => T + 1 })],
    reversed: ["the answer is reversed", translate({ gather: (y) => y.reverse() })],
    "y0-included": ["ŷ begins with y_0", translate({ gather: (y, y_0) => [y_0, ...y] })],
    "y0-shifted": [
      "ŷ begins with y_0, the last one lost",
      translate({ gather: (y, y_0) => [y_0, ...y.slice(0, -1)] }),
    ],
    states: ["states for predictions", translate({ gather: (_y, _o, a) => a })],
    "last-repeated": [
      "the last prediction at every step",
      translate({ gather: (y) => y.map(() => y.at(-1)!) }),
    ],
    "handed-added": [
      "the encoder's state is added at every decoder step",
      translate({ carry: (n, h) => n.add(h) }),
    ],
  },
  pairs: {
    "zero-y0": [
      "encoder from zero; y_0 each time",
      translate({ start: (a) => a.times(0), next: (_y, y_0) => y_0 }),
    ],
    "zero-backwards": [
      "encoder from zero; input read from the end",
      translate({ start: (a) => a.times(0), order: (T) => up(T).reverse() }),
    ],
    "not-carried-y0": [
      "decoder state not carried; y_0 each time",
      translate({ carry: (_n, h) => h, next: (_y, y_0) => y_0 }),
    ],
    "zero-not-carried": [
      "encoder from zero; decoder state not carried",
      translate({ start: (a) => a.times(0), carry: (_n, h) => h }),
    ],
    "decoder-zero-argmax": [
      "decoder from zero; argmax fed",
      translate({ hand: (a) => a.times(0), next: (y) => hard(y) }),
    ],
    "backwards-y0": [
      "input from the end; y_0 each time",
      translate({ order: (T) => up(T).reverse(), next: (_y, y_0) => y_0 }),
    ],
    "short-one-less": [
      "encoder stops early; T_y − 1 steps",
      translate({ order: (T) => up(T - 1), T: (T) => Math.max(1, T - 1) }),
    ],
  },
  right: { plain: ["both loops in one function", translate()] },
};
