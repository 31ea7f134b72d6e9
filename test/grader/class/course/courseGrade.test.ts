import { strict as assert } from "node:assert";
import fc from "fast-check";
import type { Assignment } from "../../../../grader/class/course/courseFile.js";
import { parseCourse } from "../../../../grader/class/course/courseFile.js";
import { courseGrade } from "../../../../grader/class/course/courseGrade.js";
import { lateLoss } from "../../../../grader/class/policy/late.js";
import type { Attempt, Decision } from "../../../../grader/class/store/courseStore.js";

const [PS1] = parseCourse(
  `course: RNNs
timeZone: UTC
assignments:
  - name: ps1
    exercises: { oneHot: 1, padBatch: 3 }
    points: 10
    due: 2026-12-01 12:00
    late: { perDay: 0.1, upToDays: 3, graceMinutes: 15 }
    extensions: { eve: 2026-12-03 12:00 }
`,
  "course.yaml",
).assignments as [Assignment];

/** An attempt in which so many of four cases of each exercise pass. */
function attempt(id: number, oneHot: number, padBatch: number, submittedAt?: string): Attempt {
  const of = (exercise: string, passed: number) =>
    ({ exercise, status: passed === 4 ? "passed" : "wrong", passed, total: 4 }) as const;
  return {
    ...{ id, student: "ada", assignment: "ps1", gradedAt: "2026-12-02T00:00:00Z", isWhole: true },
    exercises: [of("oneHot", oneHot), of("padBatch", padBatch)],
    ...(submittedAt === undefined ? {} : { submittedAt }),
  };
}

function decision(kind: Decision["kind"], score?: number): Decision {
  const by = { by: "me", at: "2026-12-05T00:00:00Z", text: `why ${kind}` };
  return {
    student: "ada",
    assignment: "ps1",
    kind,
    ...by,
    ...(score === undefined ? {} : { score }),
  };
}

describe("a course's grade", () => {
  it("is out of the assignment's points", () => {
    assert.equal(courseGrade("ada", PS1, [attempt(1, 4, 4)], []).score, 10);
    assert.equal(courseGrade("ada", PS1, [attempt(1, 4, 0)], []).score, 2.5);
    assert.equal(courseGrade("ada", PS1, [attempt(1, 0, 2)], []).score, 3.75);
    assert.equal(courseGrade("ada", PS1, [], []).score, 0);
  });

  it("is the last attempt's, or the best one's, as the course says; what being late costs taken off first", () => {
    const attempts = [
      attempt(1, 4, 4, "2026-12-03T12:00:00Z"),
      attempt(2, 4, 2, "2026-11-30T00:00:00Z"),
    ];
    const best = { ...PS1, attempts: "best" as const };
    assert.equal(courseGrade("ada", PS1, attempts, []).score, 6.25);
    assert.equal(courseGrade("ada", best, attempts, []).score, 8);
    assert.equal(courseGrade("ada", best, attempts, []).lateDays, 2);
  });

  it("never counts an attempt that the grader itself failed on, where there is another", () => {
    const failed = { ...attempt(2, 0, 0), isWhole: false };
    assert.equal(courseGrade("ada", PS1, [attempt(1, 4, 4), failed], []).score, 10);
    assert.equal(courseGrade("ada", PS1, [failed], []).isUngraded, true);
  });

  it("loses points for each day begun, after the grace, by the student's own due date", () => {
    const at = (student: string, submitted: string): number =>
      courseGrade(student, PS1, [attempt(1, 4, 4, submitted)], []).score;
    assert.equal(at("ada", "2026-12-01T12:15:00Z"), 10);
    assert.equal(at("ada", "2026-12-01T12:15:59Z"), 10);
    assert.equal(at("ada", "2026-12-01T12:16:00Z"), 9);
    assert.equal(at("ada", "2026-12-02T12:00:00Z"), 9);
    assert.equal(at("ada", "2026-12-02T12:01:00Z"), 8);
    assert.equal(at("ada", "2026-12-04T12:01:00Z"), 0);
    assert.equal(at("eve", "2026-12-03T12:00:00Z"), 10);
  });

  it("is not late where nobody said when it was handed in", () => {
    const grade = courseGrade("ada", PS1, [attempt(1, 4, 4)], []);
    assert.deepEqual([grade.score, grade.lateDays], [10, undefined]);
  });

  it("is what was set by hand, however often it is graded again, until that is undone", () => {
    const set = [decision("set", 7), decision("comment")];
    for (const attempts of [[attempt(1, 0, 0)], [attempt(1, 0, 0), attempt(2, 4, 4)], []]) {
      const grade = courseGrade("ada", PS1, attempts, set);
      assert.deepEqual(
        [grade.score, grade.comment, grade.override?.text],
        [7, "why comment", "why set"],
      );
    }
    const undone = courseGrade("ada", PS1, [attempt(1, 4, 4)], [...set, decision("unset")]);
    assert.deepEqual([undone.score, undone.automatic, undone.comment], [10, 10, "why comment"]);
  });

  it("does not count where the student is excused, until that is undone", () => {
    const excused = [decision("excuse")];
    assert.equal(courseGrade("ada", PS1, [], excused).isExcused, true);
    assert.equal(courseGrade("ada", PS1, [], [...excused, decision("unexcuse")]).isExcused, false);
  });
});

describe("what being late costs", () => {
  it("never grows when it is handed in earlier, and is at most everything", () => {
    const due = new Date("2026-12-01T12:00:00Z");
    const rule = fc.record({
      perDay: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
      upToDays: fc.integer({ min: 0, max: 20 }),
      graceMinutes: fc.integer({ min: 0, max: 3000 }),
    });
    const minutes = fc.integer({ min: -5000, max: 50_000 });
    fc.assert(
      fc.property(rule, minutes, minutes, (policy, one, other) => {
        const lost = (after: number): number =>
          lateLoss(new Date(due.getTime() + after * 60_000), due, policy, 10).points;
        assert.ok(lost(Math.min(one, other)) <= lost(Math.max(one, other)));
        assert.ok(lost(one) >= 0 && lost(one) <= 10);
        if (one <= policy.graceMinutes) assert.equal(lost(one), 0);
      }),
      { numRuns: 500 },
    );
  });
});
