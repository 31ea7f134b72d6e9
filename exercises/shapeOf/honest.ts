import type { Honest } from "../exercise.js";
import type * as starter from "./starter.js";

type Sizes = Parameters<typeof starter.shapeOf>[1];

/** Right ways to know the shapes that are not the library's. */
export const honest: readonly Honest<typeof starter.shapeOf>[] = [
  {
    style: "the shapes as text, whose sums are worked out",
    write: (name, sizes) => {
      const shapes = new Map(
        `x_t: n_x, m; x: n_x, m, T_x; a_t: n_a, m; a: n_a, m, T_x; yhat_t: n_y, m; yhat: n_y, m, T_x;
         Wax: n_a, n_x; Waa: n_a, n_a; Wya: n_y, n_a; ba: n_a, 1; by: n_y, 1;
         Wa: n_a, n_a+n_x; ax_t: n_a+n_x, m`
          .split(";")
          .map((line) => line.trim().split(": ") as [string, string]),
      );
      return shapes
        .get(name)!
        .split(", ")
        .map((side) =>
          side
            .split("+")
            .map((word) => (word === "1" ? 1 : sizes[word as keyof Sizes]))
            .reduce((sum, one) => sum + one),
        );
    },
  },
  {
    style: "each symbol as a step's shape, a weight's or a bias's, T_x pushed at the end",
    write: (name, { n_x, n_a, n_y, m, T_x }) => {
      const [symbol, isStep] = name.endsWith("_t") ? [name.slice(0, -2), true] : [name, false];
      const values: Record<string, number> = { x: n_x, a: n_a, yhat: n_y, ax: n_a + n_x };
      if (symbol in values) {
        const shape = [values[symbol]!, m];
        if (!isStep) shape.push(T_x);
        return shape;
      }
      switch (symbol) {
        case "Wax":
          return [n_a, n_x];
        case "Waa":
          return [n_a, n_a];
        case "Wya":
          return [n_y, n_a];
        case "Wa":
          return [n_a, n_x + n_a];
        default:
          return [symbol === "by" ? n_y : n_a, 1];
      }
    },
  },
  {
    style: "the notation's grammar: W's two letters are its rows and its columns",
    write: (name, sizes) => {
      const size = (letters: string): number =>
        Array.from(letters, (letter) => sizes[`n_${letter}` as keyof Sizes]).reduce(
          (sum, one) => sum + one,
        );
      const rules: readonly (readonly [RegExp, (letters: string) => readonly number[]])[] = [
        [/^Wa$/, () => [size("a"), size("ax")]],
        [/^W(..)$/, (letters) => [size(letters[0]!), size(letters[1]!)]],
        [/^b(.)$/, (letter) => [size(letter), 1]],
        [/^(x|a|y|ax)(?:hat)?_t$/, (letters) => [size(letters), sizes.m]],
        [/^(x|a|y)(?:hat)?$/, (letter) => [size(letter), sizes.m, sizes.T_x]],
      ];
      const [rule, shape] = rules.find(([pattern]) => pattern.test(name))!;
      return shape(rule.exec(name)![1] ?? "");
    },
  },
];
