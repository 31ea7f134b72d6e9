/** What `unrolled course exercise ID` writes: a small exercise that works, to be changed. */

/**
 * The files of an exercise to begin with: the mean of the squares of some numbers.
 *
 * @param id - the name of the function that learners write
 * @returns each file's text, by its name
 */
export function exerciseTemplate(id: string): Readonly<Record<string, string>> {
  return {
    "statement.md": `### Exercise: \`${id}\`, the mean of squares

$$\\frac{1}{n}\\sum_{i=1}^{n} x_i^2$$

|     | shape     |                            |
| --- | --------- | -------------------------- |
| \`x\` | n numbers | at least one               |
| →   | a number  | the mean of their squares  |
`,
    "starter.ts": `import { NotImplementedError } from "unrolled";

/**
 * The mean of squares.
 *
 * @param x - n numbers, at least one
 * @returns their squares' mean
 */
export function ${id}(x: readonly number[]): number {
  throw new NotImplementedError("${id}");
}
`,
    "solution.ts": `/** The mean of squares. To refuse an input, throw a RangeError: any other error is taken for a fault of yours. */
export function ${id}(x: readonly number[]): number {
  let sum = 0;
  for (const one of x) sum += one * one;
  return sum / x.length;
}
`,
    "mutants.ts": `import type { Mutant } from "unrolled/exercise";
import type { ${id} } from "./solution.ts";

/** What students write wrong. Whoever writes just this reads \`mistake\` and \`hint\`; the shown numbers give nothing away. */
export const mutants: readonly Mutant<typeof ${id}>[] = [
  {
    name: "sum-for-mean",
    mistake: "The squares were added up, and not divided by how many there are.",
    hint: "What happens to your answer when each number is there twice?",
    caughtBy: "a few numbers",
    wrong: (right) => (x) => right(x) * x.length,
  },
  {
    name: "not-squared",
    mistake: "The numbers were not squared.",
    hint: "Can a mean of squares be negative?",
    caughtBy: "a few numbers",
    wrong: () => (x) => x.reduce((sum, one) => sum + one, 0) / x.length,
  },
];
`,
    "exercise.ts": `/** An exercise of this course: npx unrolled course check proves it. */
import type { Random } from "unrolled";
import { type Argument, type OwnExercise, type Size, sizeOf } from "unrolled/exercise";
import { mutants } from "./mutants.ts";
import { ${id} } from "./solution.ts";

/** Fresh arguments for a case: always the same for the same random numbers. */
function draw(size: Size, random: Random): readonly Argument[] {
  return [Array.from({ length: sizeOf(size, "n") }, () => 0.5 + random.normal())];
}

export const exercise: OwnExercise = {
  id: "${id}", // the folder's name, and the function's
  title: "The mean of squares",
  points: 2, // unless course.yaml says others
  cases: [
    { name: "a few numbers", size: { n: 4 } },
    { name: "one number", size: { n: 1 } },
    { name: "many numbers", size: { n: 40 }, shown: false }, // of a case that is not shown, a student reads only whether it passes
  ],
  draw,
  reference: ${id},
  mutants,
  hints: [
    "First square each number. What is left to do?",
    "$\\\\frac{1}{n}\\\\sum_i x_i^2$",
    "A loop that adds up the squares, and one division at the end.",
  ],
  tolerance: { atol: 1e-12, rtol: 1e-12, why: "forty additions, to a few last digits of float64" },
  answer: { "": { symbol: "mean", rows: "row", columns: "column" } },
};
`,
  };
}
