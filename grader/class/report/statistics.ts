/** What a class's verdicts add up to. */
import type { Exercise } from "../../../exercises/exercise.js";
import type { Graded } from "../result/graded.js";

/** How a case fared over the class. */
export interface CaseShare {
  readonly exercise: string;
  readonly name: string;
  readonly shown: boolean;
  /** Hand-ins that ran the case, and those of them that passed it. */
  readonly ran: number;
  readonly passed: number;
}

/** A mistake of the catalogue and who made it. */
export interface Misconception {
  readonly exercise: string;
  readonly mutant: string;
  readonly mistake: string;
  readonly students: readonly string[];
}

/** The middle of a list of numbers; 0 for an empty one. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = Array.from(values).sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** Every case that at least one hand-in ran, hardest first. */
export function caseShares(
  class_: readonly Graded[],
  exercises: readonly Exercise[],
): readonly CaseShare[] {
  return exercises
    .flatMap((exercise) =>
      exercise.cases.map(({ name, shown = true }) => {
        const results = class_.flatMap(({ results: all }) =>
          all
            .filter(({ verdict }) => verdict.exercise === exercise.id)
            .flatMap(({ verdict }) => verdict.cases.filter((one) => one.name === name)),
        );
        const ran = results.filter(({ status }) => status !== "not-run").length;
        const passed = results.filter(({ status }) => status === "passed").length;
        return { exercise: exercise.id, name, shown, ran, passed };
      }),
    )
    .filter(({ ran }) => ran > 0)
    .sort((a, b) => a.passed / a.ran - b.passed / b.ran || b.ran - a.ran);
}

/** The mistakes that were recognised, most frequent first; a tie of mutants counts as one mistake. */
export function misconceptions(
  class_: readonly Pick<Graded, "student" | "results">[],
): readonly Misconception[] {
  const found = new Map<
    string,
    { entry: Omit<Misconception, "students">; students: Set<string> }
  >();
  for (const { student, results } of class_) {
    for (const { verdict } of results) {
      if (verdict.diagnosis === undefined) continue;
      const { mutants, mistake } = verdict.diagnosis;
      const mutant = mutants.join(" or ");
      const key = `${verdict.exercise}/${mutant}`;
      const one = found.get(key) ?? {
        entry: { exercise: verdict.exercise, mutant, mistake },
        students: new Set<string>(),
      };
      one.students.add(student);
      found.set(key, one);
    }
  }
  return Array.from(found.values(), ({ entry, students }) => ({
    ...entry,
    students: Array.from(students),
  })).sort((a, b) => b.students.length - a.students.length);
}
