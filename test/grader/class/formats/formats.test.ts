/** Each format is read by a parser or held to a schema that somebody else wrote, or to a sample whose source is named. */
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { parse as parseCsv } from "csv-parse/sync";
import { parse as parseJunit } from "junit2json";
import { XmlDocument } from "libxml2-wasm";
import { Parser as TapParser } from "tap-parser";
import { fromBuffer } from "yauzl";
import { allFormats } from "../../../../grader/class/formats/allFormats.js";
import { csvField } from "../../../../grader/class/formats/csv.js";
import { FormatError } from "../../../../grader/class/formats/format.js";
import { Lean } from "../../../../grader/class/lean.js";
import { unfinishedGradescopeResults } from "../../../../grader/class/formats/gradescope.js";
import { ofPlatforms } from "./platforms.js";
import { classOf, everyEnding, EXERCISES, HOSTILE, passing, SECRET } from "./samples.js";

const one = classOf(everyEnding("ada"));
const many = classOf(everyEnding(HOSTILE), passing("Bob (12)"), everyEnding("ada"));
const numberedMany = classOf(everyEnding("Ada (1)"), passing("Bob (12)"));

function textOf(name: keyof typeof allFormats, result = one): string {
  return Buffer.from(allFormats[name].write(result)).toString("utf8");
}

describe("the formats of other systems", () => {
  it("tell no student of a held-back case: neither what was expected nor the console", () => {
    const here = Object.keys(allFormats) as readonly (keyof typeof allFormats)[];
    const numbered = classOf(everyEnding("Ada (1)"));
    for (const name of here) {
      const text =
        name === "moodle-feedback" ? numbered.pageOf(numbered.graded[0]!) : textOf(name, numbered);
      const decoded = name === "github-classroom" ? classroomOf(text) : text;
      // A student's page has a place for the console, which its own tests hold.
      if (name !== "moodle-feedback") assert.ok(!decoded.includes(SECRET), name);
    }
    assert.match(textOf("junit"), /held back: 0 of \d cases pass/);
  });

  it("of grades are the same from what a run over a large class keeps", () => {
    const lean = new Lean();
    const ofGrades = Object.values(allFormats).filter(({ isOfGrades }) => isOfGrades === true);
    assert.ok(ofGrades.length > 0);
    const { at } = numberedMany;
    const kept = { ...classOf(...numberedMany.graded.map((graded) => lean.of(graded))), at };
    for (const { write, says } of ofGrades)
      assert.deepEqual(write(kept), write(numberedMany), says);
  });

  it("of one hand-in alone refuse several, in words", () => {
    for (const name of ["gradescope", "github-annotations", "github-classroom"] as const) {
      assert.throws(() => allFormats[name].write(many), FormatError);
      assert.throws(() => allFormats[name].write(many), /expected 1, got 3; .*--student/);
    }
  });
});

describe("JUnit XML", () => {
  it("is XML whatever a student writes (libxml2)", () => {
    const document = XmlDocument.fromString(textOf("junit", many));
    assert.equal(document.find("//testsuite").length, 3);
    document.dispose();
    assert.throws(() => XmlDocument.fromString(`<a>${HOSTILE}</a>`), "the parser is strict");
  });

  it("has a suite a hand-in, and says of each exercise how it ended (junit2json)", async () => {
    const parsed = await parseJunit(textOf("junit", many));
    assert.ok(parsed !== undefined && parsed !== null && "testsuite" in parsed);
    const [first] = parsed.testsuite!;
    assert.deepEqual([first!.tests, first!.failures, first!.errors, first!.skipped], [
      9, 6, 1, 1,
    ] as never);
    const ends = first!.testcase!.map((test) =>
      test.skipped ? "skipped" : test.error ? "error" : test.failure ? "failure" : "passed",
    );
    assert.deepEqual(ends, [
      ...["passed", "failure", "failure", "failure", "failure", "failure", "skipped"],
      ...["failure", "error"],
    ]);
  });
});

describe("TAP 14", () => {
  it("is strictly TAP whatever a student writes, with a subtest a hand-in (tap-parser)", () => {
    const subtests: { name: string; ok: number; fail: number; plan: number }[] = [];
    const parser = new TapParser({ strict: true });
    parser.on("child", (child: TapParser) => {
      child.on("complete", () => {
        subtests.push({
          name: child.name,
          ok: child.pass,
          fail: child.fail,
          plan: child.planEnd,
        });
      });
    });
    const extra: unknown[] = [];
    parser.on("extra", (text) => extra.push(text));
    parser.end(textOf("tap", many));
    assert.deepEqual(extra, []);
    assert.equal(parser.planEnd, 3);
    assert.deepEqual([parser.pass, parser.fail], [1, 2]);
    assert.deepEqual(
      subtests.map(({ ok, fail, plan }) => [ok, fail, plan]),
      [
        [1, 8, 9],
        [1, 0, 1],
        [1, 8, 9],
      ],
    );
    assert.deepEqual(
      parser.failures.filter(({ tapError }: { tapError?: unknown }) => tapError),
      [],
    );
  });

  it("takes no directive from a name: nothing is skipped, and nothing is left to do", () => {
    const parser = new TapParser({ strict: true });
    parser.end(textOf("tap", classOf(everyEnding("ada # SKIP"), everyEnding("bob # TODO later"))));
    assert.deepEqual([parser.pass, parser.fail, parser.skip, parser.todo], [0, 2, 0, 0]);
  });

  it("shows that it was cut", () => {
    const parser = new TapParser();
    const whole = textOf("tap", many);
    parser.end(whole.slice(0, whole.indexOf("# Subtest: Bob")));
    assert.equal(parser.ok, false);
    assert.equal(parser.planEnd, 3);
  });
});

describe("LTI's scores", () => {
  const { required, optional, activityProgress, gradingProgress } = ofPlatforms.lti;

  it("are messages of the score service", () => {
    const class_ = classOf(passing("Bob (12)"), passing("ada"), everyEnding("eve"));
    const scores = JSON.parse(textOf("lti", class_)) as readonly Record<string, unknown>[];
    assert.deepEqual(
      scores.map(({ userId }) => userId),
      ["12", "ada", "eve"],
    );
    for (const score of scores) {
      const keys = Object.keys(score);
      assert.deepEqual(
        required.filter((key) => !keys.includes(key)),
        [],
      );
      assert.deepEqual(
        keys.filter((key) => ![...required, ...optional].includes(key)),
        [],
      );
      assert.ok(activityProgress.includes(score["activityProgress"] as string));
      assert.ok(gradingProgress.includes(score["gradingProgress"] as string));
      // A time with fractions of a second and a time zone.
      assert.match(score["timestamp"] as string, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/);
      assert.equal("scoreGiven" in score, "scoreMaximum" in score);
    }
  });

  it("send no score where the grader itself failed, and nothing for the excused", () => {
    const [score] = JSON.parse(textOf("lti")) as [{ gradingProgress: string; scoreGiven?: number }];
    assert.equal(score.gradingProgress, "Failed");
    assert.equal(score.scoreGiven, undefined);
    const excused = one.grades.map((grade) => ({ ...grade, isExcused: true }));
    assert.equal(textOf("lti", { ...one, grades: excused }), "[]\n");
  });
});

describe("Gradescope's results.json", () => {
  const { keys, testKeys, statuses, formats, visibilities } = ofPlatforms.gradescope;

  function hold(text: string): readonly { score: number; max_score: number; output: string }[] {
    const file = JSON.parse(text) as Record<string, unknown> & {
      tests: readonly Record<string, unknown>[];
    };
    assert.deepEqual(
      Object.keys(file).filter((key) => !keys.includes(key)),
      [],
    );
    for (const test of file.tests) {
      assert.deepEqual(
        Object.keys(test).filter((key) => !testKeys.includes(key)),
        [],
      );
      assert.ok(statuses.includes(test["status"] as string));
      assert.ok(formats.includes(test["output_format"] as string));
      assert.ok(visibilities.includes(test["visibility"] as string));
      assert.equal(typeof test["score"], "number");
      assert.equal(typeof test["number"], "string");
    }
    return file.tests as never;
  }

  it("holds what the specification names, each exercise with its points", () => {
    const tests = hold(textOf("gradescope"));
    assert.equal(tests.length, 9);
    assert.equal(
      tests.reduce((sum, { score }) => sum + score, 0),
      3,
    );
  });

  it("is whole before anything is graded, and says what is missing", () => {
    const { results } = one.graded[0]!;
    for (const count of [0, 1, 5]) {
      const text = unfinishedGradescopeResults(results.slice(0, count), EXERCISES);
      const tests = hold(text);
      assert.equal(tests.filter(({ output }) => output === "not graded").length, 9 - count);
      assert.match(text, /The grader has not come to its end/);
    }
  });
});

function classroomOf(line: string): string {
  assert.match(line, /^result=[A-Za-z0-9+/]+=*\n$/);
  return Buffer.from(line.slice("result=".length), "base64").toString("utf8");
}

describe("GitHub", () => {
  it("gets Classroom's result as its reporter reads it", () => {
    const whole = JSON.parse(classroomOf(textOf("github-classroom"))) as {
      status: string;
      max_score: number;
      tests: readonly Record<string, unknown>[];
    };
    const { testKeys, statuses } = ofPlatforms.githubClassroom;
    assert.equal(whole.status, "error");
    assert.equal(whole.max_score, 27);
    assert.equal(
      whole.tests.reduce((sum, { score }) => sum + (score as number), 0),
      3,
    );
    for (const test of whole.tests) {
      assert.deepEqual(
        testKeys.filter((key) => !(key in test)),
        [],
      );
      assert.ok(statuses.includes(test["status"] as string));
    }
    const empty = { ...one.graded[0]!, results: [] };
    const none = JSON.parse(classroomOf(textOf("github-classroom", classOf(empty)))) as {
      tests: unknown[];
    };
    assert.equal(none.tests.length, 1, "a result without tests is no result");
  });

  it("gets the annotations that its own toolkit would print (@actions/core)", () => {
    const ours = textOf("github-annotations").trimEnd().split("\n");
    assert.equal(ours.length, 8, "seven exercises that fail and the files' problem");
    for (const line of ours) assert.match(line, /^::(error|warning) [^\r]*$/);
    const script = `import { error } from "@actions/core";
      const { message, file, line, title } = JSON.parse(process.argv[1]);
      error(message, { title, file, startLine: line });`;
    const crashed = ours.find((line) => line.includes("title=leakySum_crashed"))!;
    assert.match(
      crashed,
      /^::error file=a%2Cb\.ts,line=7,title=leakySum_crashed%3A 0 of 3 points::/,
    );
    const message = decodeURIComponent(crashed.slice(crashed.indexOf("points::") + 8));
    const given = { message, file: "a,b.ts", line: 7, title: "leakySum_crashed: 0 of 3 points" };
    const { stdout } = spawnSync(
      process.execPath,
      ["--input-type=module", "-e", script, JSON.stringify(given)],
      { encoding: "utf8" },
    );
    const end = (line: string): number => line.indexOf("::", 2);
    const properties = (line: string): readonly string[] =>
      line.slice("::error ".length, end(line)).split(",").toSorted();
    assert.deepEqual(properties(crashed), properties(stdout));
    assert.equal(crashed.slice(end(crashed)), stdout.trimEnd().slice(end(stdout)));
  });

  it("shows at most ten annotations of a kind, and says how many are left", () => {
    const graded = everyEnding("ada");
    const results = [...graded.results, ...graded.results];
    const lines = textOf("github-annotations", classOf({ ...graded, results })).split("\n");
    const errors = lines.filter((line) => line.startsWith("::error"));
    assert.equal(errors.length, 10);
    assert.equal(errors[9], "::error::5 more stand in the result");
  });
});

describe("tables", () => {
  const grades = [
    {
      ...{ student: "Ann Lee (11)", assignment: "ps1", score: 2.5, maxScore: 3 },
      comment: HOSTILE,
    },
    { ...{ student: "Ann Lee (22)", assignment: "ps1", score: 3, maxScore: 3 }, isExcused: true },
    { ...{ student: "Ann Lee (22)", assignment: "ps2", score: 1, maxScore: 4 } },
  ].map((grade) => ({ isExcused: false, comment: "", isUngraded: false, ...grade }));
  const class_ = { ...classOf(), grades };

  it("are CSV to another's parser, with each student in a row of their own (csv-parse)", () => {
    for (const name of ["csv", "canvas", "moodle"] as const) {
      const text = textOf(name, name === "csv" ? many : class_);
      const rows = parseCsv(text, { bom: true });
      assert.equal(rows.length, name === "moodle" ? 3 : 4, name);
    }
  });

  it("for people begin with a byte order mark", () => {
    for (const name of ["csv", "moodle"] as const)
      assert.ok(textOf(name, class_).startsWith("\uFEFF"), name);
  });

  it("hold no formula, whichever separator the spreadsheet takes (csv-parse)", () => {
    const fields = ["=1", " =1", "\t=1", "@x", "a;=1", "a; +1", 'a;"=1', "a\n=1", "a\t-1", "＝1"];
    for (const field of fields) {
      for (const delimiter of [",", ";", "\t"]) {
        const rows = parseCsv(`x,${csvField(field)}\r\n`, {
          ...{ delimiter, relax_quotes: true, relax_column_count: true },
        });
        for (const cell of rows.flat())
          assert.doesNotMatch(cell, /^[\s"]*[=+\-@＝]/, `${JSON.stringify(field)} by ${delimiter}`);
      }
    }
  });

  it("cost no more than a name's length", () => {
    const started = performance.now();
    csvField("\t".repeat(1_000_000));
    csvField(";".repeat(1_000_000));
    csvField(" ".repeat(1_000_000));
    assert.ok(performance.now() - started < 3000);
  });

  it("of Canvas are as its export: who is who, the points possible, EX", () => {
    const [head, possible, first, second] = parseCsv(textOf("canvas", class_));
    const { columns, possible: label } = ofPlatforms.canvas;
    assert.deepEqual(head, [...columns, "ps1", "ps2"]);
    assert.deepEqual(possible, [label, "", "", "", "", "3", "4"]);
    assert.deepEqual(first, ["Ann Lee", "11", "", "", "", "2.5", ""]);
    assert.deepEqual(second, ["Ann Lee", "22", "", "", "", "EX", "1"]);
  });

  it("of nbgrader are as its export, with no formula and no score for the excused", () => {
    const [head, first, second] = parseCsv(
      textOf("nbgrader", {
        ...class_,
        grades: [{ ...grades[0]!, student: "=Ann Lee (11)" }, grades[1]!],
      }),
    );
    assert.deepEqual(head, ofPlatforms.nbgrader);
    assert.deepEqual(first, [
      ...["ps1", "", "", "'=Ann Lee (11)", "Lee", "'=Ann", "", "2.5", "", "2.5", "3"],
    ]);
    assert.deepEqual(second, [
      ...["ps1", "", "", "Ann Lee (22)", "Lee", "Ann", "", "", "", "", "3"],
    ]);
    const named = { student: "a", name: "Ann van Dyk", firstName: "Ann", lastName: "van Dyk" };
    const ofRoster = { ...class_, personOf: () => ({ ...named, sections: [] }) };
    assert.equal(parseCsv(textOf("nbgrader", ofRoster))[1]![4], "van Dyk");
  });

  it("of Moodle are as its worksheet: participants, and no grade for the excused", () => {
    const ofOne = { ...class_, grades: grades.filter(({ assignment }) => assignment === "ps1") };
    const [head, ...rows] = parseCsv(textOf("moodle-worksheet", ofOne), { bom: true });
    assert.deepEqual(head, ofPlatforms.moodle.worksheet);
    assert.deepEqual(rows[0]!.slice(7, 9), ["-", "-"], "no date");
    assert.deepEqual(
      rows.map(([identifier, name, , , grade]) => [identifier, name, grade]),
      [
        ["Participant 11", "Ann Lee", "2.5"],
        ["Participant 22", "Ann Lee", ""],
      ],
    );
    assert.throws(() => textOf("moodle-worksheet", class_), /expected 1, got 2/);
    const nameless = { ...class_, grades: [{ ...grades[0]!, student: "ada" }] };
    assert.throws(() => textOf("moodle-worksheet", nameless), /"ada" has no participant's number/);
  });
});

describe("Moodle's feedback zip", () => {
  it("has a folder a student that Moodle finds them by (yauzl)", async () => {
    const class_ = classOf(passing("A_n/n ../Lee (11)"), passing("Ann Lee (22)"));
    const zip = Buffer.from(allFormats["moodle-feedback"].write(class_));
    const names = await entriesOf(zip);
    assert.deepEqual(names.map(ofPlatforms.moodle.participantOf), ["11", "22"]);
    assert.ok(names.every((name) => name.split("/").length === 2));
    assert.deepEqual(zip, Buffer.from(allFormats["moodle-feedback"].write(class_)));
  });
});

function entriesOf(zip: Buffer): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    fromBuffer(zip, { strictFileNames: true }, (error, archive) => {
      if (error !== null) {
        reject(error);
        return;
      }
      const names: string[] = [];
      archive.on("entry", ({ fileName }: { fileName: string }) => names.push(fileName));
      archive.on("error", reject);
      archive.on("end", () => {
        resolve(names);
      });
    });
  });
}
