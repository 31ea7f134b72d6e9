import { type Mat, Sequence, softmax } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { product, softmaxByLogs } from "../plainLoops.js";
import type * as starter from "./starter.js";

type States = Sequence<"n_a", "m">;

/** Right ways to stack layers that are not the library's. */
export const honest: readonly Honest<typeof starter.deepForward>[] = [
  {
    style: "recursion from the last layer down to x",
    write: (x, { layers, Wya, by }, mask, layer) => {
      const upTo = (l: number): readonly States[] => {
        if (l === 0) return [];
        const lower = upTo(l - 1);
        const read: Sequence<string, "m"> = lower.at(-1) ?? x;
        return [...lower, layer(read as Sequence<"n_x", "m">, layers[l - 1]!, mask).a];
      };
      const a = upTo(layers.length);
      const yhat = a.at(-1)!.map((a_t, t) => softmax(Wya.dot(a_t).add(by)).times(mask.at(t)));
      return { a, yhat };
    },
  },
  {
    style: "a fold over the layers that carries all levels, x as level 0",
    write: (x, { layers, Wya, by }, mask, layer) => {
      const levels = layers.reduce<readonly Sequence<string, "m">[]>(
        (all, own) => [...all, layer(all.at(-1) as Sequence<"n_x", "m">, own, mask).a],
        [x],
      );
      const [, ...a] = levels as readonly States[];
      const top = levels.at(-1)!;
      const yhat = Sequence.build(x.T_x, (t) => {
        const p = softmaxByLogs(product(Wya, top.at(t)).add(by));
        return p.map((value, _k, i) => (mask.at(t).get(0, i) === 0 ? 0 : value));
      });
      return { yhat: yhat as Sequence<"n_y", "m">, a };
    },
  },
  {
    style: "step by step from below: layer l is asked for its first t steps again and again",
    write: (x, { layers, Wya, by }, mask, layer) => {
      const columns: Mat[][] = layers.map(() => []);
      for (let t = 1; t <= x.T_x; t++) {
        let read: Sequence<string, "m"> = x.slice(1, t);
        layers.forEach((own, l) => {
          const { a } = layer(read as Sequence<"n_x", "m">, own, mask.slice(1, t));
          columns[l]!.push(a.at(t));
          read = Sequence.of(columns[l]!) as Sequence<string, "m">;
        });
      }
      const a = columns.map((steps) => Sequence.of(steps) as States);
      return {
        a,
        yhat: a[a.length - 1]!.map((a_t, t) =>
          softmaxByLogs(Wya.dot(a_t).add(by)).times(mask.at(t)),
        ) as Sequence<"n_y", "m">,
      };
    },
  },
];
