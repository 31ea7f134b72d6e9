/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
import type { SecondForms } from "./secondForm.js";

type Examples = readonly { T_x: number; T_y: number }[];

function check(examples: Examples): void {
  if (examples.length === 0) throw new RangeError("no examples");
  for (const { T_x, T_y } of examples) {
    if (!Number.isInteger(T_x) || !Number.isInteger(T_y) || T_x < 0 || T_y < 1) {
      throw new RangeError("no length");
    }
  }
}

/** The name for these three answers. */
function name(oneIn: boolean, oneOut: boolean, equal: boolean): string {
  if (oneIn) return oneOut ? "one-to-one" : "one-to-many";
  if (oneOut) return "many-to-one";
  return equal ? "many-to-many-equal" : "many-to-many-unequal";
}

/** classifyTask as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "first-example": [
      "only the first example is looked at",
      (e: Examples) => {
        check(e);
        const { T_x, T_y } = e[0]!;
        return name(T_x <= 1, T_y <= 1, T_x === T_y);
      },
    ],
    "last-example": [
      "each example overwrites the answer: the last one decides",
      (e: Examples) => {
        check(e);
        let type = "";
        for (const { T_x, T_y } of e) type = name(T_x <= 1, T_y <= 1, T_x === T_y);
        return type;
      },
    ],
    "some-for-every": [
      "one example with the property is enough (some for every)",
      (e: Examples) => {
        check(e);
        return name(
          e.some((l) => l.T_x <= 1),
          e.some((l) => l.T_y <= 1),
          e.some((l) => l.T_x === l.T_y),
        );
      },
    ],
    "equal-by-some": [
      "equal if any example has T_x = T_y",
      (e: Examples) => {
        check(e);
        return name(
          e.every((l) => l.T_x <= 1),
          e.every((l) => l.T_y <= 1),
          e.some((l) => l.T_x === l.T_y),
        );
      },
    ],
    "x-and-y-exchanged": [
      "input and output exchanged",
      (e: Examples) => {
        check(e);
        return name(
          e.every((l) => l.T_y <= 1),
          e.every((l) => l.T_x <= 1),
          e.every((l) => l.T_x === l.T_y),
        );
      },
    ],
    "equal-first": [
      "equal lengths are tested before one-to-one",
      (e: Examples) => {
        check(e);
        if (e.every((l) => l.T_x === l.T_y)) return "many-to-many-equal";
        return name(
          e.every((l) => l.T_x <= 1),
          e.every((l) => l.T_y <= 1),
          false,
        );
      },
    ],
    "by-averages": [
      "equal by the sums of all lengths",
      (e: Examples) => {
        check(e);
        const sum = (f: "T_x" | "T_y"): number => e.reduce((s, l) => s + l[f], 0);
        return name(
          e.every((l) => l.T_x <= 1),
          e.every((l) => l.T_y <= 1),
          sum("T_x") === sum("T_y"),
        );
      },
    ],
    "by-longest": [
      "equal by the longest input and the longest output",
      (e: Examples) => {
        check(e);
        const X = Math.max(...e.map((l) => l.T_x));
        const Y = Math.max(...e.map((l) => l.T_y));
        return name(X <= 1, Y <= 1, X === Y);
      },
    ],
    "by-shortest": [
      "the shortest lengths decide what is one",
      (e: Examples) => {
        check(e);
        const X = Math.min(...e.map((l) => l.T_x));
        const Y = Math.min(...e.map((l) => l.T_y));
        return name(
          X <= 1,
          Y <= 1,
          e.every((l) => l.T_x === l.T_y),
        );
      },
    ],
    "exactly-one": [
      "an input of length 0 counts as many (=== 1 for <= 1)",
      (e: Examples) => {
        check(e);
        return name(
          e.every((l) => l.T_x === 1),
          e.every((l) => l.T_y === 1),
          e.every((l) => l.T_x === l.T_y),
        );
      },
    ],
    "same-across": [
      "equal means that all examples are as long as the first one's input",
      (e: Examples) => {
        check(e);
        return name(
          e.every((l) => l.T_x <= 1),
          e.every((l) => l.T_y <= 1),
          e.every((l) => l.T_x === e[0]!.T_x && l.T_y === e[0]!.T_x),
        );
      },
    ],
    "unequal-swapped": [
      "equal and unequal exchanged",
      (e: Examples) => {
        check(e);
        return name(
          e.every((l) => l.T_x <= 1),
          e.every((l) => l.T_y <= 1),
          !e.every((l) => l.T_x === l.T_y),
        );
      },
    ],
    "never-unequal": [
      "every many-to-many is called equal",
      (e: Examples) => {
        check(e);
        return name(
          e.every((l) => l.T_x <= 1),
          e.every((l) => l.T_y <= 1),
          true,
        );
      },
    ],
    "never-equal": [
      "every many-to-many is called unequal",
      (e: Examples) => {
        check(e);
        return name(
          e.every((l) => l.T_x <= 1),
          e.every((l) => l.T_y <= 1),
          false,
        );
      },
    ],
    "empty-accepted": [
      "an empty list is no error",
      (e: Examples) => {
        if (e.length > 0) check(e);
        return name(
          e.every((l) => l.T_x <= 1),
          e.every((l) => l.T_y <= 1),
          e.every((l) => l.T_x === l.T_y),
        );
      },
    ],
    majority: [
      "the type of most examples",
      (e: Examples) => {
        check(e);
        const most = (f: (l: Examples[number]) => boolean): boolean =>
          e.filter(f).length > e.length / 2;
        return name(
          most((l) => l.T_x <= 1),
          most((l) => l.T_y <= 1),
          most((l) => l.T_x === l.T_y),
        );
      },
    ],
  },
  pairs: {
    "first-and-exchanged": [
      "only the first example; input and output exchanged",
      (e: Examples) => {
        check(e);
        const { T_x, T_y } = e[0]!;
        return name(T_y <= 1, T_x <= 1, T_x === T_y);
      },
    ],
    "some-and-never-unequal": [
      "some for every; every many-to-many is equal",
      (e: Examples) => {
        check(e);
        return name(
          e.some((l) => l.T_x <= 1),
          e.some((l) => l.T_y <= 1),
          true,
        );
      },
    ],
    "exchanged-and-never-equal": [
      "input and output exchanged; never equal",
      (e: Examples) => {
        check(e);
        return name(
          e.every((l) => l.T_y <= 1),
          e.every((l) => l.T_x <= 1),
          false,
        );
      },
    ],
  },
  right: {
    "by-filters": [
      "counts those that are longer than one",
      (e: Examples) => {
        check(e);
        const many = (f: "T_x" | "T_y"): boolean => e.filter((l) => l[f] > 1).length !== 0;
        return name(!many("T_x"), !many("T_y"), !e.some((l) => l.T_x !== l.T_y));
      },
    ],
  },
};
