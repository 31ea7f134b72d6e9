/** Asks subjects whether laws hold. */
import fc from "fast-check";
import { askedOf, type Law } from "./laws.js";
import { type Draw, draws, problemOf } from "./problems.js";
import type { Subject } from "./subjects.js";

/** A law and one whom it is asked of. */
export interface Question {
  readonly law: Law;
  readonly subject: Subject;
}

/** Every law with everyone that it can be asked of. */
export function questions(laws: readonly Law[], subjects: readonly Subject[]): readonly Question[] {
  return laws.flatMap((law) =>
    subjects
      .filter((subject) => askedOf(law, subject).size > 0)
      .map((subject) => ({ law, subject })),
  );
}

/**
 * Asks a law of so many problems.
 *
 * @throws Error with the smallest problem that was found for which it does not hold
 */
export function ask({ law, subject }: Question, cases: number, seed: number): void {
  const asked = askedOf(law, subject);
  const anyDraw = fc
    .constantFrom(...asked.keys())
    .chain((form) => draws([form], asked.get(form)!, subject.paddings));
  const holds = (draw: Draw): void => law.hold(subject, problemOf(draw), draw.seed);
  fc.assert(fc.property(anyDraw, holds), { numRuns: cases, seed });
}
