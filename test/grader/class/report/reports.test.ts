import { strict as assert } from "node:assert";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { csvField, gradesCsv } from "../../../../grader/class/formats/csv.js";
import type { Graded } from "../../../../grader/class/result/graded.js";
import {
  difficultyChart,
  misconceptionChart,
  scoreChart,
} from "../../../../grader/class/report/charts.js";
import { caseShares, median, misconceptions } from "../../../../grader/class/report/statistics.js";
import { studentPage } from "../../../../grader/class/report/studentPage.js";
import { Lean } from "../../../../grader/class/lean.js";
import { Reports } from "../../../../grader/class/report/write.js";
import type { CaseResult } from "../../../../grader/judge/verdict.js";
import { writeWhole } from "#common/write-whole";
import type { VegaLiteSpec } from "../../../../src/charts/spec.js";
import { rendered } from "../../../src/charts/rendering.js";
import { leakySumExercise } from "../../fixtures.js";
import { inFolder } from "../../sandbox/box.js";

const EXERCISES = [leakySumExercise];
const ATTACK = `<img src=x onerror="alert(1)">'&`;

/** A hand-in that is wrong in every case; whatever the student can choose holds `text`. */
function wrongHandIn(student: string, text = "words"): Graded {
  const difference = {
    kind: "value" as const,
    ...{ symbol: "y⟨1⟩", place: "y⟨1⟩, unit 1, example 1", code: "y.at(1).get(0, 0)" },
    ...{ got: text, expected: "0.25", wrong: 1, total: 6 },
  };
  return {
    student,
    assignment: "ps1",
    score: 0,
    maxScore: 3,
    remarks: [{ kind: "problem", file: text, text }],
    results: [
      {
        points: 3,
        score: 0,
        place: text,
        code: [],
        console: text,
        verdict: {
          exercise: "leakySum",
          status: "wrong",
          passed: 0,
          total: 3,
          seed: 5,
          diagnosis: {
            kind: "mistake",
            mutants: ["drops-the-state"],
            mistake: "The state is dropped.",
            hint: "Add it.",
          },
          cases: leakySumExercise.cases.map(({ name, shown = true }) => ({
            name,
            shown,
            status: "wrong" as const,
            difference: shown ? difference : { ...difference, expected: "0.7182818" },
          })),
        },
      },
    ],
  };
}

/** All pages of a class, written; the class's page. */
function written(class_: readonly Graded[], folder: string): Promise<string> {
  const reports = new Reports(folder, EXERCISES);
  for (const one of class_) reports.add(one);
  return reports.finish(class_.map((one) => new Lean().of(one)));
}

describe("report pages", () => {
  it("show a student's texts as texts, wherever they stand", () => {
    const page = studentPage(wrongHandIn(ATTACK, ATTACK), EXERCISES);
    assert.ok(page.includes("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;"));
    assert.ok(!page.includes("<img"));
  });

  it("forbid scripts and loading by their own policy", () => {
    const page = studentPage(wrongHandIn("ada"), EXERCISES);
    assert.match(page, /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;/);
    assert.doesNotMatch(page, /<script|https?:\/\//);
  });

  it("keep back what a held-back case expects, and its name", () => {
    const page = studentPage(wrongHandIn("ada"), EXERCISES);
    assert.match(page, /1 held-back case/);
    assert.match(page, /0 of 1 pass/);
    assert.ok(page.includes("0.25"), "a shown case shows what was expected");
    assert.ok(!page.includes("0.7182818"));
    const held = leakySumExercise.cases.find(({ shown }) => !shown)!;
    assert.ok(!page.includes(`>${held.name}<`));
  });

  it("show what a function wrote, but not where that can be the inputs of a held-back case", () => {
    const [result] = wrongHandIn("ada").results;
    const pageOf = (cases: readonly CaseResult[]): string => {
      const own = { ...result!, console: "x is 0.4142", verdict: { ...result!.verdict, cases } };
      return studentPage({ ...wrongHandIn("ada"), results: [own] }, EXERCISES);
    };
    const { cases } = result!.verdict;
    assert.match(pageOf(cases.filter(({ shown }) => shown)), /x is 0\.4142/);
    assert.doesNotMatch(pageOf(cases), /x is 0\.4142/);
    assert.match(pageOf(cases), /not shown: it can hold the inputs/);
  });

  it("don't tell the words of a held-back case, be it the only one", () => {
    const [result] = wrongHandIn("ada").results;
    const cases = [
      { name: "held", shown: false, status: "crashed" as const, message: "x is 0.4142" },
    ];
    const own = { ...result!, console: "", verdict: { ...result!.verdict, cases } };
    const page = studentPage({ ...wrongHandIn("ada"), results: [own] }, EXERCISES);
    assert.doesNotMatch(page, /0\.4142/);
  });

  it("name the mistake and its hint", () => {
    const page = studentPage(wrongHandIn("ada"), EXERCISES);
    assert.match(page, /The state is dropped\..*Hint:.*Add it\./s);
  });

  it("are written whole, a page per hand-in under a name that a file can have", async function () {
    this.timeout(20_000);
    await inFolder({}, async (folder) => {
      const names = ["ada", "../../etc/passwd", "Åsa Ö", ATTACK];
      const index = await written(
        names.map((name) => wrongHandIn(name)),
        folder,
      );
      const pages = await readdir(join(folder, "students"));
      assert.equal(pages.length, names.length);
      assert.ok(pages.every((page) => /^[\w.-]+\.html$/.test(page)));
      assert.deepEqual((await readdir(folder)).sort(), ["index.html", "students"]);
      const page = await readFile(index, "utf8");
      for (const link of pages) assert.ok(page.includes(`href="students/${link}"`));
      assert.ok(!page.includes("<img") && !page.includes("<script"));
      assert.match(page, /<svg/);
      const refersOutside = page.replaceAll(/xmlns(:xlink)?="[^"]*"/g, "");
      assert.doesNotMatch(refersOutside, /https?:\/\//);
    });
  });

  it("of students who left are gone, other files stay", async function () {
    this.timeout(20_000);
    await inFolder({}, async (folder) => {
      await written([wrongHandIn("ada"), wrongHandIn("bob")], folder);
      await writeFile(join(folder, "students", "mine.html"), "<p>an instructor's own</p>");
      await written([wrongHandIn("bob")], folder);
      const pages = await readdir(join(folder, "students"));
      assert.deepEqual(
        pages.map((page) => page.split(".")[0]),
        ["bob", "mine"],
      );
    });
  });

  it("of the class are the same from what a run over a large class keeps", async function () {
    this.timeout(20_000);
    await inFolder({}, async (folder) => {
      const class_ = ["ada", "bob"].map((name) => wrongHandIn(name));
      const kept = await readFile(await written(class_, folder), "utf8");
      const whole = await readFile(await new Reports(folder, EXERCISES).finish(class_), "utf8");
      // Vega counts its clipping paths on from chart to chart.
      const [one, other] = [kept, whole].map((page) => page.replaceAll(/clip\d+/g, "clip"));
      assert.equal(one, other);
    });
  });

  it("of the class count each assignment's points by themselves", async function () {
    this.timeout(30_000);
    const class_ = ["ada", "bob"].map((name) => wrongHandIn(name));
    const [first] = class_;
    const other = { ...first!, assignment: "ps2", score: 1, maxScore: 7 };
    await inFolder({}, async (folder) => {
      const index = await new Reports(folder, EXERCISES).finish([...class_, other]);
      const page = await readFile(index, "utf8");
      assert.match(page, /<a href="#part-1">ps2<\/a>/);
      const [, one, two] = page.split("<section id=");
      assert.match(one!, new RegExp(`<b>${class_.length}</b><span[^>]*>hand-ins`));
      assert.match(two!, /<h1>ps2<\/h1>[^]*<b>1<\/b><span[^>]*>hand-ins[^]*median, of 7 points/);
      assert.doesNotMatch(one!, /of 7 points/);
    });
  });

  it("that can't be written stop no grading, and are told at the end", async () => {
    await inFolder({ students: "a file where the pages' folder should be" }, async (folder) => {
      const reports = new Reports(folder, EXERCISES);
      reports.add(wrongHandIn("ada"));
      await assert.rejects(reports.finish([wrongHandIn("ada")]), /students/);
    });
  });

  it("leave the old file where a new one can't be written", async () => {
    await inFolder({ "page.html": "old" }, async (folder) => {
      const cyclic = "x".repeat(10);
      assert.throws(() => writeWhole(join(folder, "page.html", "below.html"), cyclic));
      assert.equal(await readFile(join(folder, "page.html"), "utf8"), "old");
      assert.deepEqual(await readdir(folder), ["page.html"]);
    });
  });
});

describe("the class report's charts", () => {
  const class_ = [wrongHandIn("ada"), wrongHandIn("bob")];

  it("say in their title what is measured", () => {
    const titleOf = (spec: VegaLiteSpec): string =>
      (spec["title"] as { text: string[] }).text.join(" ");
    assert.match(titleOf(scoreChart(class_)), /Half of the class has 0 points or more, of 3/);
    assert.match(titleOf(difficultyChart(caseShares(class_, EXERCISES))), /passed by 0 of 2/);
    assert.match(
      titleOf(misconceptionChart(misconceptions(class_))),
      /drops-the-state \(2 students\)/,
    );
  });

  it("draw without a warning all that they count", async () => {
    const scores = await rendered(scoreChart(class_));
    const cases = await rendered(difficultyChart(caseShares(class_, EXERCISES)));
    const mistakes = await rendered(misconceptionChart(misconceptions(class_)));
    for (const { warnings } of [scores, cases, mistakes]) assert.deepEqual(warnings, []);
    assert.equal(scores.marks, 10 + 1); // bins and the median
    assert.equal(cases.svg.split(">0 of 2<").length - 1, 3); // a label a case
    for (const { student } of class_) assert.ok(mistakes.svg.includes(`>${student}<`));
  });

  it("count the median between the two middle hand-ins", () => {
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([]), 0);
  });
});

describe("grades as CSV", () => {
  it("quotes what needs it and keeps formulas texts", () => {
    assert.equal(csvField('a "b", c'), '"a ""b"", c"');
    assert.equal(csvField("=HYPERLINK(1)"), "'=HYPERLINK(1)");
    for (const start of ["+", "-", "@", "\t=", " =", "|", "＝"]) {
      assert.ok(/^"?'/.test(csvField(`${start}cmd`)), start);
    }
    assert.equal(csvField("-1.5"), "-1.5");
    assert.equal(csvField("line\nline"), '"line\nline"');
  });

  it("has a row per hand-in with each exercise's score and status", () => {
    const csv = gradesCsv([wrongHandIn("=ada")], ["leakySum"]);
    const [head, row, end] = csv.split("\r\n");
    assert.equal(head, "student,assignment,score,max_score,leakySum,leakySum_status,remarks");
    assert.equal(row, "'=ada,ps1,0,3,0,wrong,words: words");
    assert.equal(end, "");
  });
});
