import type { Honest } from "../exercise.js";
import type * as starter from "./starter.js";

/** Right ways to tell a task's type that are not the library's. */
export const honest: readonly Honest<typeof starter.classifyTask>[] = [
  {
    style: "a table whose row and column are the longest lengths",
    write: (examples) => {
      const many = (key: "T_x" | "T_y"): 0 | 1 =>
        examples.reduce((longest, one) => Math.max(longest, one[key]), 0) > 1 ? 1 : 0;
      const table = [
        ["one-to-one", "one-to-many"],
        ["many-to-one", undefined],
      ] as const;
      return (
        table[many("T_x")][many("T_y")] ??
        (examples.every(({ T_x, T_y }) => T_x === T_y)
          ? "many-to-many-equal"
          : "many-to-many-unequal")
      );
    },
  },
  {
    style: "one loop that raises three flags",
    write: (examples) => {
      let [reads, speaks, differs] = [false, false, false];
      for (const { T_x, T_y } of examples) {
        reads ||= T_x >= 2;
        speaks ||= T_y >= 2;
        differs ||= T_x - T_y !== 0;
      }
      if (!reads) return speaks ? "one-to-many" : "one-to-one";
      if (!speaks) return "many-to-one";
      return differs ? "many-to-many-unequal" : "many-to-many-equal";
    },
  },
  {
    style: "bits, joined from the last example back by recursion",
    write: (examples) => {
      const bits = (from: number): number => {
        if (from === examples.length) return 0;
        const { T_x, T_y } = examples[from]!;
        return (
          Number(T_x > 1) | (Number(T_y > 1) << 1) | (Number(T_x !== T_y) << 2) | bits(from + 1)
        );
      };
      const all = bits(0);
      const names = ["one-to-one", "many-to-one", "one-to-many", "many-to-many-equal"] as const;
      return all === 7 ? "many-to-many-unequal" : names[all & 3]!;
    },
  },
  {
    style: "lengths sorted, the name put together of its parts",
    write: (examples) => {
      const longest = (lengths: readonly number[]): number =>
        Array.from(lengths).sort((one, other) => other - one)[0] ?? 1;
      const from = longest(examples.map(({ T_x }) => T_x)) <= 1 ? "one" : "many";
      const to = longest(examples.map(({ T_y }) => T_y)) <= 1 ? "one" : "many";
      if (from === "one" || to === "one") return `${from}-to-${to}` as "one-to-many";
      const apart = longest(examples.map(({ T_x, T_y }) => Math.abs(T_x - T_y)));
      return `many-to-many-${apart === 0 ? "" : "un"}equal` as const;
    },
  },
];
