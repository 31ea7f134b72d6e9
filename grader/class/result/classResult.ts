/** Everything that a format can say about a class. */
import type { Exercise } from "../../../exercises/exercise.js";
import type { Grade } from "./grade.js";
import type { Graded } from "./graded.js";
import type { Person } from "./person.js";

/** A class with its verdicts, its grades, and who is who. */
export interface ClassResult {
  /** The hand-ins with their verdicts, in the order of the students. */
  readonly graded: readonly Graded[];
  /** What counts, one for each student and assignment. */
  readonly grades: readonly Grade[];
  /** The exercises that were graded. */
  readonly exercises: readonly Exercise[];
  readonly personOf: (student: string) => Person;
  /** The page that a student gets back, as HTML. */
  readonly pageOf: (graded: Graded) => string;
  /** When it was graded. */
  readonly at: Date;
}
