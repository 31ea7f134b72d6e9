/**
 * What a run keeps in memory of each hand-in that it has graded, for the tables and the class's page: a class of ten thousand
 * must fit. Code, console and what is said of a case are in the gradebook, and on the student's page.
 */
import type { CaseResult, Verdict } from "../judge/verdict.js";
import type { Graded } from "./result/graded.js";

/** Makes hand-ins small, of one run: a case's ending is one object for all students who ended it so. */
export class Lean {
  private readonly endings = new Map<string, CaseResult>();

  /**
   * A hand-in without its code and console, and of each case only how it ended.
   *
   * @param graded - as it was graded
   * @returns the same statuses, diagnoses, remarks and points
   */
  of(graded: Graded): Graded {
    const results = graded.results.map((one) => ({
      ...one,
      ...{ code: [], console: "" },
      verdict: this.shared(one.verdict),
    }));
    return { ...graded, results };
  }

  private shared(verdict: Verdict): Verdict {
    const cases = verdict.cases.map(({ name, shown, status }) => {
      const key = `${verdict.exercise} ${shown} ${status} ${name}`;
      const ending = this.endings.get(key) ?? { name, shown, status };
      this.endings.set(key, ending);
      return ending;
    });
    return { ...verdict, cases };
  }
}
