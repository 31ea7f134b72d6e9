import { strict as assert } from "node:assert";
import fc from "fast-check";
import { CourseError } from "../../../../grader/class/course/checkedYaml.js";
import { parseCourse } from "../../../../grader/class/course/courseFile.js";
import { instantIn, localText } from "../../../../grader/class/course/localTime.js";
import { courseTemplate } from "../../../../grader/class/course/template.js";
import { sumOfPoints } from "../../../../grader/class/policy/score.js";

const HEAD = "course: RNNs\ntimeZone: Europe/Berlin\nassignments:\n";

/** A course of one assignment with these lines. */
function withLines(...lines: readonly string[]): string {
  return `${HEAD}  - name: ps1\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

describe("course.yaml", () => {
  it("as init writes it can be used, and says all that there is to grade", () => {
    const { assignments } = parseCourse(courseTemplate("Europe/Berlin"), "course.yaml");
    assert.ok(assignments.length >= 6);
    assert.deepEqual(
      assignments.slice(0, 2).map(({ name, points }) => [name, points > 0]),
      [
        ["lesson-00", true],
        ["lesson-01", true],
      ],
    );
  });

  it("gives each exercise its share, to a hundredth, so that the sum is the assignment's points", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 10_000 }).map((cents) => cents / 100),
        ([a, b, c], points) => {
          const own = `exercises: { oneHot: ${a}, padBatch: ${b}, shapeOf: ${c} }`;
          const { assignments } = parseCourse(withLines(own, `points: ${points}`), "c");
          const shares = assignments[0]!.exercises.map((one) => one.points);
          assert.equal(sumOfPoints(shares), points);
          shares.forEach((share, index) => {
            const exact = (points * [a!, b!, c!][index]!) / (a! + b! + c!);
            assert.ok(Math.abs(share - exact) <= 0.0100001);
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it("adds a teacher's own cases to an exercise, held back and behind the pack's", () => {
    const own = "cases: { oneHot: [{ name: fifty letters, size: { n_x: 50, m: 9 } }] }";
    const [exercise] = parseCourse(withLines("exercises: [oneHot]", own), "c").assignments[0]!
      .exercises;
    const { name, shown, size } = exercise!.cases.at(-1)!;
    assert.deepEqual(
      { name, shown, size },
      { name: "fifty letters", shown: false, size: { n_x: 50, m: 9 } },
    );
    assert.match(
      courseTemplate("UTC"),
      /oneHot: \[\{ name: fifty letters, size: \{ n_x: 50, m: 9 \} \}\]/,
    );
  });

  for (const [what, text, line, words] of [
    [
      "a case of an exercise that the assignment does not have",
      withLines("exercises: [oneHot]", "cases:", "  padBatch: [{ name: a, size: { m: 1 } }]"),
      7,
      /the assignment has no exercise "padBatch"/,
    ],
    [
      "a case without a size that it needs",
      withLines("exercises: [oneHot]", "cases: { oneHot: [{ name: a, size: { m: 2 } }] }"),
      6,
      /oneHot needs the size "n_x": expected sizes such as/,
    ],
    [
      "a case with a size that there is not",
      withLines(
        "exercises: [oneHot]",
        "cases: { oneHot: [{ name: a, size: { n_x: 3, m: 2, T: 1 } }] }",
      ),
      6,
      /oneHot has no "T"/,
    ],
    [
      "a case that can't be drawn",
      withLines("exercises: [oneHot]", "cases: { oneHot: [{ name: a, size: { n_x: 3, m: 0 } }] }"),
      6,
      /cases\.oneHot\.0\.size\.m: expected at least 1, got 0/,
    ],
    [
      "a typing mistake in a setting",
      withLines("exercises: [oneHot]", "wieght: 2"),
      6,
      /"wieght" is no setting here: did you mean "weight"\?/,
    ],
    [
      "an unknown exercise",
      withLines("exercises:", "  - oneHot", "  - oneHott"),
      7,
      /no exercise "oneHott": did you mean "oneHot"\?/,
    ],
    [
      "an unknown exercise with points",
      withLines("exercises:", "  oneHott: 3"),
      6,
      /no exercise "oneHott"/,
    ],
    [
      "an unknown lesson",
      withLines('lessons: ["77"]'),
      5,
      /no lesson "77".*expected one of 00, 01/,
    ],
    ["neither exercises nor lessons", withLines("weight: 2"), 4, /either exercises or lessons/],
    [
      "both exercises and lessons",
      withLines("exercises: [oneHot]", 'lessons: ["01"]'),
      4,
      /either/,
    ],
    [
      "two assignments of one name",
      `${withLines("exercises: [oneHot]")}  - name: ps1\n    exercises: [oneHot]\n`,
      6,
      /two assignments "ps1"/,
    ],
    [
      "a due date that is none",
      withLines("exercises: [oneHot]", "due: tomorrow"),
      6,
      /expected a day and a time such as/,
    ],
    [
      "a due date on a day that there is not",
      withLines("exercises: [oneHot]", "due: 2026-02-30 12:00"),
      6,
      /expected a day that there is/,
    ],
    [
      "a due date that only looks like a time",
      withLines("exercises: [oneHot]", "due: 2026-12- 1 12:00"),
      6,
      /expected a day and a time such as/,
    ],
    [
      "a due date at a time that there is not",
      withLines("exercises: [oneHot]", "due: 2026-12-01 23:99"),
      6,
      /expected a day that there is, and a time from/,
    ],
    [
      "a share over 1",
      withLines("exercises: [oneHot]", "late: { perDay: 10 }"),
      6,
      /expected a share from 0 to 1/,
    ],
    [
      "a time zone that is none",
      withLines("exercises: [oneHot]").replace("Europe/Berlin", "Berlin"),
      2,
      /expected a time zone such as/,
    ],
    [
      "negative points",
      withLines("exercises: [oneHot]", "points: -1"),
      6,
      /points: expected more than 0, got -1$/,
    ],
    [
      "another word for attempts",
      withLines("exercises: [oneHot]", "attempts: first"),
      6,
      /attempts: expected one of "last", "best", got "first"/,
    ],
    ["an empty file", "", 1, /the file is empty; compare it with: npx unrolled course init/],
    ["a file of remarks alone", "# a course\n", 1, /the file is empty/],
    [
      "a setting that is called otherwise",
      withLines("exercises: [oneHot]").replace("timeZone", "timezone"),
      2,
      /^[^\n]*"timezone" is no setting here: did you mean "timeZone"\? Rename it, or take it out$/,
    ],
    [
      "a text for a number",
      withLines("exercises: [oneHot]", "weight: much"),
      6,
      /weight: expected a number, got "much"$/,
    ],
    ["no course", "timeZone: UTC\nassignments: []\n", 1, /course is missing; add it/],
    [
      "a part that stands for another",
      `${withLines("exercises: [oneHot]")}extra: *a\n`,
      6,
      /\*a stands for another part; write that part here again/,
    ],
    [
      "a list for a name",
      `${withLines("exercises: [oneHot]")}[a, b]: c\n`,
      6,
      /a name is expected before the colon/,
    ],
    ["a tab", `${HEAD}\t- name: x\n`, 4, /this is not YAML: .*course init --print/],
  ] as const) {
    it(`names the line and the mend for ${what}`, () => {
      assert.throws(
        () => parseCourse(text, "course.yaml"),
        (error: Error) => {
          assert.ok(error instanceof CourseError);
          assert.match(error.message, words);
          assert.match(error.message, new RegExp(`^course: course\\.yaml, line ${line}: `, "m"));
          return true;
        },
      );
    });
  }

  it("tells every mistake at once", () => {
    const text = withLines("exercises: [oneHott]", "weight: 1", 'lessons: ["77"]');
    assert.throws(
      () => parseCourse(text, "c"),
      (error: Error) => error.message.split("\n").length === 3,
    );
  });

  it("tells a date that is none once, and what is wrong beside what has not its form", () => {
    const text = `${withLines("exercises: [oneHott]", "due: tomorrow", "weight: -1")}  - name: ps2
    exercises: [padBatchh]
`;
    assert.throws(
      () => parseCourse(text, "c"),
      (error: Error) => {
        assert.deepEqual(
          error.message.split("\n").map((line) => /line \d+: \S+ \S+/.exec(line)?.[0]),
          [
            "line 5: there is",
            "line 6: assignments.0.due: expected",
            "line 7: assignments.0.weight: expected",
            "line 9: there is",
          ],
        );
        return true;
      },
    );
  });

  it("refuses whatever it can't use with its own error", () => {
    const pieces = fc.constantFrom(
      ..."course: assignments - name exercises [oneHot] {} \n  & * ! | > ' \" # 1 ~".split(" "),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        for (const text of [parts.join(" "), HEAD + parts.join(" ")]) {
          try {
            parseCourse(text, "c");
          } catch (error) {
            assert.ok(error instanceof CourseError, String(error));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("times in a course", () => {
  it("are of its own time zone, in summer and in winter", () => {
    const at = (zone: string, text: string): string => instantIn(zone, text).toISOString();
    assert.equal(at("Europe/Berlin", "2026-12-01 23:59"), "2026-12-01T22:59:00.000Z");
    assert.equal(at("Europe/Berlin", "2026-07-01T23:59"), "2026-07-01T21:59:00.000Z");
    assert.equal(at("Asia/Kolkata", "2026-07-01 00:00"), "2026-06-30T18:30:00.000Z");
    assert.equal(at("America/New_York", "2026-11-01 00:30"), "2026-11-01T04:30:00.000Z");
  });

  it("are shown as they were written", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"),
        fc.integer({ min: 0, max: 365 * 24 }),
        (zone, hour) => {
          const text = localText(zone, new Date(Date.UTC(2026, 0, 1, hour)));
          // The hour that comes twice when summer time ends is read as one of its two.
          const back = instantIn(zone, text).getTime();
          assert.ok([0, 3_600_000].includes(Math.abs(back - Date.UTC(2026, 0, 1, hour))));
          assert.equal(localText(zone, new Date(back)), text);
        },
      ),
      { numRuns: 200 },
    );
  });
});
