import { Mat, Sequence, softmax, stackRows } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { ofColumns, product, softmaxByLogs } from "../plainLoops.js";
import type * as starter from "./starter.js";

/** Right ways to read from both ends that are not the library's. */
export const honest: readonly Honest<typeof starter.bidirectionalForward>[] = [
  {
    style: "example by example, each cut to its own length, so that no mask is needed",
    write: (x, { forward, backward, Wya, by }, mask, layer) => {
      const [n_a, silence] = [forward.ba.rows, new Float64Array(by.rows)];
      const still = new Float64Array(n_a);
      const examples = Array.from({ length: x.cols }, (_, i) => {
        const T = Array.from(mask).filter((mask_t) => mask_t.get(0, i) === 1).length;
        const own = x.example(i + 1).slice(1, T);
        const all = mask.example(i + 1).slice(1, T);
        const there = Array.from(layer(own, forward, all).a);
        const back = Array.from(layer(own.reverse(), backward, all).a).reverse();
        const said = there.map((a_t, index) =>
          softmax(Wya.dot(stackRows(a_t, back[index]!)).add(by)),
        );
        return { there, back, said };
      });
      const whole = (
        key: "there" | "back" | "said",
        rows: number,
        none: Float64Array,
      ): Sequence<never, "m"> =>
        Sequence.build(x.T_x, (t) =>
          ofColumns(
            rows,
            examples.map((one) => one[key][t - 1]?.data ?? none),
          ),
        ) as Sequence<never, "m">;
      return {
        a: { forward: whole("there", n_a, still), backward: whole("back", n_a, still) },
        yhat: whole("said", by.rows, silence),
      };
    },
  },
  {
    style: "W_ya cut in two: one product for each direction, no stack",
    write: (x, { forward, backward, Wya, by }, mask, layer) => {
      const n_a = forward.ba.rows;
      const half = (from: number): Mat => Mat.build(Wya.rows, n_a, (k, j) => Wya.get(k, from + j));
      const [fromThere, fromBack] = [half(0), half(n_a)];
      const turned = Sequence.of(Array.from(x).reverse());
      const turnedMask = Sequence.of(Array.from(mask).reverse());
      const states = {
        forward: Array.from(layer(x, forward, mask).a),
        backward: Array.from(layer(turned, backward, turnedMask).a).reverse(),
      };
      const hidden = (list: readonly Mat[]): Sequence<"n_a", "m"> =>
        Sequence.of(list.map((a_t, index) => a_t.times(mask.at(index + 1)))) as Sequence<
          "n_a",
          "m"
        >;
      const yhat = Sequence.build(x.T_x, (t) => {
        const z_t = product(fromThere, states.forward[t - 1]!)
          .add(product(fromBack, states.backward[t - 1]!))
          .add(by);
        return softmaxByLogs(z_t).times(mask.at(t));
      }) as Sequence<"n_y", "m">;
      return { a: { forward: hidden(states.forward), backward: hidden(states.backward) }, yhat };
    },
  },
  {
    style: "each example's own steps turned round in place of the whole batch; the mask stays",
    write: (x, { forward, backward, Wya, by }, mask, layer) => {
      const lengths = Array.from({ length: x.cols }, (_, i) =>
        Array.from(mask).reduce((T, mask_t) => T + mask_t.get(0, i), 0),
      );
      const turn = <R extends string>(sequence: Sequence<R, "m">): Sequence<R, "m"> =>
        sequence.map((step, t) =>
          step.map((value, k, i) =>
            t <= lengths[i]! ? sequence.at(lengths[i]! + 1 - t).get(k, i) : value,
          ),
        );
      const there = layer(x, forward, mask).a;
      const back = turn(layer(turn(x), backward, mask).a);
      const zeroed = (a: Sequence<"n_a", "m">): Sequence<"n_a", "m"> =>
        a.map((a_t, t) => a_t.map((value, _k, i) => (t <= lengths[i]! ? value : 0)));
      return {
        yhat: there.map((a_t, t) =>
          softmax(Wya.dot(stackRows(a_t, back.at(t))).add(by)).map((value, _k, i) =>
            t > lengths[i]! ? 0 : value,
          ),
        ),
        a: { backward: zeroed(back), forward: zeroed(there) },
      };
    },
  },
  {
    style: "one list of [forward, backward] read by two loops, filled into own memory",
    write: (x, parameters, mask, layer) => {
      const { Wya, by } = parameters;
      const answer = {
        forward: Sequence.zeros<"n_a", "m">(x.T_x, parameters.forward.ba.rows, x.cols),
        backward: Sequence.zeros<"n_a", "m">(x.T_x, parameters.backward.ba.rows, x.cols),
      };
      for (const direction of ["backward", "forward"] as const) {
        const turned = direction === "backward";
        const read = turned ? x.reverse() : x;
        const runs = turned ? mask.reverse() : mask;
        const { a } = layer(read, parameters[direction], runs);
        for (let step = 1; step <= x.T_x; step++) {
          const t = turned ? x.T_x + 1 - step : step;
          answer[direction].at(t).data.set(a.at(step).times(mask.at(t)).data);
        }
      }
      const yhat = Sequence.build<"n_y", "m">(
        x.T_x,
        (t) =>
          softmaxByLogs(
            product(Wya, stackRows(answer.forward.at(t), answer.backward.at(t))).add(by),
          ).times(mask.at(t)) as Mat<"n_y", "m">,
      );
      return { a: answer, yhat };
    },
  },
];
