import { isMat, type Mat } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The sum of `f` over the matrices of a set. */
function sumOver(part: object, f: (matrix: Mat) => number): number {
  if (isMat(part)) return f(part);
  return (Object.values(part) as object[]).reduce((sum, inner) => sum + sumOver(inner, f), 0);
}

/** The set without what `keeps` turns down, at every depth. */
function pruned(part: object, keeps: (inner: object, key: string) => boolean): object {
  if (isMat(part)) return part;
  if (Array.isArray(part)) {
    return (part as object[])
      .filter((inner, index) => keeps(inner, String(index)))
      .map((inner) => pruned(inner, keeps));
  }
  return Object.fromEntries(
    Object.entries(part as Readonly<Record<string, object>>)
      .filter(([key, inner]) => keeps(inner, key))
      .map(([key, inner]) => [key, pruned(inner, keeps)]),
  );
}

/** Every list filled up with its first entry. */
function firstForAll(part: object): object {
  if (isMat(part)) return part;
  const parts = Object.entries(part as Readonly<Record<string, object>>);
  if (Array.isArray(part)) return parts.map(() => firstForAll(part[0] as object));
  return Object.fromEntries(parts.map(([key, inner]) => [key, firstForAll(inner)]));
}

const size = ({ rows, cols }: Mat): number => rows * cols;

/** The wrong ways to count. */
export const mutants: readonly Mutant<typeof starter.countParameters>[] = [
  {
    name: "rows-plus-columns",
    mistake: "Rows and columns were added, not multiplied.",
    hint: "How many numbers has a matrix of 5 rows and 3 columns?",
    caughtBy: "one matrix",
    wrong: () => (parameters) => sumOver(parameters, ({ rows, cols }) => rows + cols),
  },
  {
    name: "rows-alone",
    mistake: "Only the rows were counted.",
    hint: "How many numbers has a matrix of 5 rows and 3 columns?",
    caughtBy: "one matrix",
    wrong: () => (parameters) => sumOver(parameters, ({ rows }) => rows),
  },
  {
    name: "columns-alone",
    mistake: "Only the columns were counted.",
    hint: "How many numbers has a matrix of 5 rows and 3 columns?",
    caughtBy: "one matrix",
    wrong: () => (parameters) => sumOver(parameters, ({ cols }) => cols),
  },
  {
    name: "rows-squared",
    mistake: "Each matrix was taken for a square one: rows · rows.",
    hint: "Which matrices of a cell are square, and which are not?",
    caughtBy: "one matrix",
    wrong: () => (parameters) => sumOver(parameters, ({ rows }) => rows * rows),
  },
  {
    name: "matrices-counted",
    mistake: "The matrices were counted, not the numbers in them.",
    hint: "How many numbers has a matrix of 5 rows and 3 columns?",
    caughtBy: "one matrix",
    wrong: () => (parameters) => sumOver(parameters, () => 1),
  },
  {
    name: "biases-forgotten",
    mistake: "The biases were left out: they are learned, too.",
    hint: "Which parameters have one column?",
    caughtBy: "a layer",
    wrong: (right) => (parameters) =>
      right(pruned(parameters, (inner, key) => !(isMat(inner) && key.startsWith("b")))),
  },
  {
    name: "state-bias-forgotten",
    mistake: "The state's bias was left out.",
    hint: "Which parameters have one column?",
    caughtBy: "a layer",
    wrong: (right) => (parameters) => right(pruned(parameters, (_inner, key) => key !== "ba")),
  },
  {
    name: "output-bias-forgotten",
    mistake: "The output's bias was left out.",
    hint: "Which parameters have one column?",
    caughtBy: "a network",
    wrong: (right) => (parameters) => right(pruned(parameters, (_inner, key) => key !== "by")),
  },
  {
    name: "output-forgotten",
    mistake: "The output's parameters W_ya and b_y were left out.",
    hint: "Does the layer that makes ŷ⟨t⟩ learn nothing?",
    caughtBy: "a network",
    wrong: (right) => (parameters) =>
      right(pruned(parameters, (_inner, key) => !/^(Wya|by)$/.test(key))),
  },
  {
    name: "first-floor-alone",
    mistake: "Only the matrices at the top of the set were counted, none of those further in.",
    hint: "What does layers hold?",
    caughtBy: "three layers",
    wrong: (right) => (parameters) => right(pruned(parameters, (inner) => isMat(inner))),
  },
  {
    name: "lists-skipped",
    mistake: "What stands in a list was not counted.",
    hint: "What does layers hold?",
    caughtBy: "three layers",
    wrong: (right) => (parameters) => right(pruned(parameters, (inner) => !Array.isArray(inner))),
  },
  {
    name: "lists-alone",
    mistake: "Only what stands in a list was counted.",
    hint: "What is learned beside the layers?",
    caughtBy: "a network",
    wrong: (right) => (parameters) =>
      right(Object.values(parameters).filter((inner) => Array.isArray(inner))),
  },
  {
    name: "first-layer-alone",
    mistake: "Of a list only the first entry was counted.",
    hint: "How many layers are there?",
    caughtBy: "three layers",
    wrong: (right) => (parameters) =>
      right(pruned(parameters, (_inner, key) => !/^[1-9]\d*$/.test(key))),
  },
  {
    name: "first-layer-for-all",
    mistake: "The first layer's count was taken for every layer.",
    hint: "What does layer 2 read, and how many columns has its W_ax?",
    caughtBy: "three layers",
    wrong: (right) => (parameters) => right(firstForAll(parameters)),
  },
  {
    name: "like-shapes-once",
    mistake: "Matrices of one shape were counted once.",
    hint: "Two layers of the same size: do they share their numbers?",
    caughtBy: "three layers",
    wrong: () => (parameters) => {
      const seen = new Map<string, number>();
      sumOver(parameters, (matrix) => {
        seen.set(matrix.shape.join(), size(matrix));
        return 0;
      });
      return Array.from(seen.values()).reduce((sum, one) => sum + one, 0);
    },
  },
  {
    name: "zeros-not-counted",
    mistake: "Entries that are 0 were not counted.",
    hint: "A bias begins at 0. Is it learned all the same?",
    caughtBy: "biases before training",
    wrong: () => (parameters) =>
      sumOver(parameters, ({ data }) => data.filter((value) => value !== 0).length),
  },
  {
    name: "last-part-alone",
    mistake: "= was written in place of +=: of what stands side by side the last one alone counts.",
    hint: "What happens to a part's count when the next part comes?",
    caughtBy: "a layer",
    wrong: () =>
      function last(part: object): number {
        if (isMat(part)) return size(part);
        return (Object.values(part) as object[]).map(last).at(-1) ?? 0;
      },
  },
  {
    name: "entries-summed",
    mistake: "The entries were added up in place of counted.",
    hint: "How many numbers has a matrix, whatever they are?",
    caughtBy: "one matrix",
    wrong: () => (parameters) => sumOver(parameters, (matrix) => matrix.sum()),
  },
];
