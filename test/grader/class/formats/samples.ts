/** Hand-ins that are hard on a format: hostile names, every status, held-back cases. */
import { classResult } from "../../../../grader/class/writeFormats.js";
import type { ClassResult } from "../../../../grader/class/result/classResult.js";
import type { Graded, GradedExercise } from "../../../../grader/class/result/graded.js";
import type { Status } from "../../../../grader/judge/verdict.js";
import type { Exercise } from "../../../../exercises/exercise.js";
import { leakySumExercise } from "../../fixtures.js";

/** What a student can put into any text: markup, line ends, controls, a lone surrogate, directives, formulas. */
export const HOSTILE = `=1;=2 <b>"'&]]> # SKIP\\ ::error::x\r\n::set-output name=a::b\n\u0000\u001b[31m\uffff\ud800 100% 😀`;

/** Stands where no student may read it: what was expected in a case that is held back. */
export const SECRET = "0.7182818";

const STATUSES: readonly Status[] = [
  ...(["passed", "wrong", "crashed", "timeout", "memory", "output-limit", "not-run"] as const),
  ...(["tampered", "internal-error"] as const),
];

/** An exercise for each way to end. */
export const EXERCISES: readonly Exercise[] = STATUSES.map((status) => ({
  ...leakySumExercise,
  id: `leakySum_${status.replace("-", "_")}`,
}));

function resultOf(status: Status, exercise: Exercise, text: string): GradedExercise {
  const difference = {
    kind: "value" as const,
    ...{ symbol: "y⟨1⟩", place: "y⟨1⟩, unit 1, example 1", code: "y.at(1).get(0, 0)" },
    ...{ got: text, expected: "0.25", wrong: 1, total: 6 },
  };
  const cases = exercise.cases.map(({ name, shown = true }) => ({
    ...{ name, shown, status },
    ...(status === "wrong"
      ? { difference: shown ? difference : { ...difference, expected: SECRET } }
      : {}),
    ...(status === "crashed"
      ? { message: shown ? text : SECRET, at: { where: "a,b.ts, line 7", text } }
      : {}),
  }));
  const total = cases.length;
  const passed = status === "passed" ? total : 0;
  return {
    points: 3,
    score: passed === 0 ? 0 : 3,
    place: status === "not-run" ? "" : "a,b.ts",
    code: [],
    console: SECRET,
    verdict: {
      ...{ exercise: exercise.id, status, passed, total, seed: 5 },
      cases: status === "not-run" ? [] : cases,
    },
  };
}

/** A hand-in with an exercise for each way to end; whatever the student can choose holds `text`. */
export function everyEnding(student: string, text = HOSTILE): Graded {
  return {
    ...{ student, assignment: "ps1", score: 3, maxScore: 3 * STATUSES.length },
    remarks: [{ kind: "problem", file: text, text }],
    results: EXERCISES.map((exercise, index) => resultOf(STATUSES[index]!, exercise, text)),
  };
}

/** A hand-in of one exercise that passes. */
export function passing(student: string, assignment = "ps1"): Graded {
  return {
    ...{ student, assignment, score: 3, maxScore: 3, remarks: [] },
    results: [resultOf("passed", EXERCISES[0]!, "")],
  };
}

/** The class that these hand-ins are. */
export function classOf(...graded: readonly Graded[]): ClassResult {
  return classResult(graded, EXERCISES);
}
