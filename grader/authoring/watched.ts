/** Which of an exercise's functions runs now, said before it does: it may loop, and say nothing any more. */
import type { AnyFunction } from "../../exercises/exercise.js";
import type { ExerciseParts } from "./proof.js";

/**
 * The exercise with its functions wrapped.
 *
 * @param parts - the exercise
 * @param say - is told which one is called, as a fault begins: the file and the name; not twice in a row
 * @returns the same exercise
 */
export function watched(parts: ExerciseParts, say: (name: string) => void): ExerciseParts {
  let isRunning = false;
  let said = "";
  const named = <F extends AnyFunction>(name: string, run: F): F =>
    ((...values) => {
      // What a mistake calls belongs to it.
      if (isRunning) return run(...values);
      if (said !== name) say(name);
      said = name;
      isRunning = true;
      try {
        return run(...values);
      } finally {
        isRunning = false;
      }
    }) as F;
  const { exercise, starter, solution, honest } = parts;
  return {
    ...parts,
    exercise: {
      ...exercise,
      draw: named("exercise.ts: draw", exercise.draw),
      reference: named("exercise.ts: the reference", exercise.reference),
      mutants: exercise.mutants.map((mutant) => {
        const name = `mutants.ts: ${mutant.name}`;
        const wrong = named(name, mutant.wrong);
        return { ...mutant, wrong: (right) => named(name, wrong(right)) };
      }),
    },
    starter: named("starter.ts: the starter", starter),
    solution: named("solution.ts: the solution", solution),
    honest: honest.map((one) => ({ ...one, write: named(`honest.ts: "${one.style}"`, one.write) })),
  };
}
