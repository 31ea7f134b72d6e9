import { strict as assert } from "node:assert";
import { Lean } from "../../../grader/class/lean.js";
import type { Graded, GradedExercise } from "../../../grader/class/result/graded.js";
import type { CaseResult, Verdict } from "../../../grader/judge/verdict.js";

/** As from the gradebook: nothing is shared with another hand-in. */
function gradedOf(student: string, cases: readonly CaseResult[]): Graded {
  const verdict: Verdict = {
    ...{ exercise: "oneHot", status: "wrong", cases, passed: 1, total: 2, seed: 1 },
    diagnosis: { kind: "mistake", mutants: ["minusOne"], mistake: "−1 for 1", hint: "1" },
  };
  const code = [{ place: "oneHot.ts", from: 1, text: `export function oneHot() {} // ${student}` }];
  const result: GradedExercise = {
    ...{ verdict, points: 2, score: 1, place: "oneHot.ts", code, console: student },
  };
  return structuredClone<Graded>({
    ...{ student, assignment: "ps1", results: [result], remarks: [], score: 1, maxScore: 2 },
  });
}

describe("what a run keeps of a hand-in", () => {
  const passed: CaseResult = { name: "a few words", shown: true, status: "passed" };
  const crashed: CaseResult = { name: "one word", shown: false, status: "crashed", message: "no" };

  it("is all but its code, its console and what is said of its cases", () => {
    const whole = gradedOf("ada", [passed, crashed]);
    const [result] = whole.results;
    const { message: _, ...ending } = crashed;
    const verdict = { ...result!.verdict, cases: [passed, ending] };
    const expected = { ...whole, results: [{ ...result, verdict, code: [], console: "" }] };
    assert.deepEqual(new Lean().of(whole), expected);
  });

  it("is one ending of a case for all who ended it so, and no other's", () => {
    const lean = new Lean();
    const endingsOf = (cases: readonly CaseResult[]): readonly CaseResult[] =>
      lean.of(gradedOf("ada", cases)).results[0]!.verdict.cases;
    const first = endingsOf([passed, crashed]);
    const again = endingsOf([passed, { ...crashed, message: "another" }]);
    assert.ok(first.every((one, n) => one === again[n]));
    const others = [
      ...[
        { ...passed, shown: false },
        { ...passed, name: "one word" },
      ],
      { ...passed, status: "wrong" } as const,
    ];
    assert.deepEqual(endingsOf(others), others);
  });
});
