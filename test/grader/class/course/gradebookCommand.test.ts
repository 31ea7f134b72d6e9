import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import Database from "libsql";
import { openCourseStore } from "../../../../grader/class/store/courseStore.js";
import { Gradebook } from "../../../../grader/class/store/gradebook.js";
import { exampleOf } from "../../../../grader/class/course/namedMistakes.js";
import { runCommand } from "../commandRun.js";
import { inFolder } from "../../sandbox/box.js";
import { ofPlatforms } from "../formats/platforms.js";
import { COURSE_FILES, FACTS, fillGradebook, handIn, inCourse } from "./sampleCourse.js";

/** What a command of the gradebook prints, and its exit code. */
async function run(...args: readonly string[]): Promise<{ code: number; out: string }> {
  const { code, out } = await runCommand("gradebook", ...args);
  return { code, out };
}

describe("unrolled gradebook", () => {
  it("lists what counts: points, what is late, by hand or excused, and who handed in nothing", async () => {
    await inCourse(async (at) => {
      const { code, out } = await run("list", ...at);
      assert.equal(code, 0, out);
      assert.match(out, /^ +ps1 \(10\) +total +id$/m);
      assert.match(out, /^Ann Lee +9 late +90\.0% +Ann Lee \(11\)$/m);
      assert.match(out, /^Bob Ray +0 +0\.0% +Bob Ray \(22\)$/m);
      assert.match(out, /^Cyd Fox +– +0\.0%$/m);
      assert.match(out, /^No hand-in: Cyd Fox$/m);
    });
  });

  it("keeps a score by hand with its reason and a comment through a regrade, and says so", async () => {
    await inCourse(async (at, folder) => {
      const bob = ["Bob Ray (22)", "ps1"];
      assert.equal(
        (await run("set", ...bob, "--score", "6.5", "--reason", "spoke with Bob", ...at)).code,
        0,
      );
      assert.equal((await run("comment", ...bob, "see you on Monday", ...at)).code, 0);
      const gradebook = Gradebook.open(join(folder, "gradebook.sqlite"));
      await gradebook.add(handIn("Bob Ray (22)", true), { ...FACTS, key: "other", number: 2 });
      await gradebook.close();
      const { out } = await run("show", ...bob, ...at);
      assert.match(
        out,
        /: 6\.5 of 10 points\n {2}set by hand; the automatic score is 10\n {2}attempts: 2/,
      );
      assert.match(out, /: set 6\.5: spoke with Bob$/m);
      assert.match(out, /: comment: see you on Monday$/m);
      assert.match((await run("list", ...at)).out, /^Bob Ray +6\.5\*/m);
      await run("set", ...bob, "--undo", "--reason", "right after all", ...at);
      assert.match((await run("list", ...at)).out, /^Bob Ray +10 /m);
    });
  });

  it("prints one JSON document of what counts, and quietly no more than has to be said", async () => {
    await inCourse(async (at) => {
      await run(
        "set",
        "Bob Ray (22)",
        "ps1",
        "--score",
        "6.5",
        "--reason",
        "x\u009b1m\u{e0041}",
        ...at,
      );
      const listed = await run("list", "--json", ...at);
      assert.doesNotMatch(listed.out, /[^\P{C}\n]/u);
      const list = JSON.parse(listed.out) as {
        students: { name: string; share: number; grades: Record<string, unknown>[] }[];
        absent: { name: string }[];
      };
      assert.deepEqual(
        list.students.map(({ name, share, grades }) => [name, share, grades[0]!["score"]]),
        [
          ["Ann Lee", 0.9, 9],
          ["Bob Ray", 0.65, 6.5],
          ["Cyd Fox", 0, 0],
        ],
      );
      assert.deepEqual([list.students[0]!.grades[0]!["lateDays"], list.absent.length], [1, 1]);
      const shown = JSON.parse((await run("show", "Bob Ray (22)", "ps1", "--json", ...at)).out) as {
        isByHand: boolean;
        decisions: { kind: string; text: string }[];
      };
      assert.deepEqual(
        [shown.isByHand, shown.decisions.map(({ kind, text }) => [kind, text])],
        [true, [["set", "x\u009b1m\u{e0041}"]]],
      );
      const place = at.slice(0, 2);
      const verified = JSON.parse((await run("verify", "--json", ...place)).out) as {
        isWhole: boolean;
        faults: unknown[];
      };
      assert.deepEqual([verified.isWhole, verified.faults], [true, []]);
      assert.deepEqual(await run("verify", "--quiet", ...place), { code: 0, out: "" });
      assert.doesNotMatch((await run("list", "--quiet", ...at)).out, /set by hand/);
      const one = await run("show", "Bob Ray (22)", "ps1", "--quiet", ...at);
      assert.equal(one.out, "Bob Ray (22), ps1: 6.5 of 10 points");
    });
  });

  it("shows a comment of several lines in lines, without what a terminal would obey", async () => {
    await inCourse(async (at) => {
      await run("comment", "Bob Ray (22)", "ps1", "see me\r\non Monday\u001b[2J", ...at);
      const { out } = await run("show", "Bob Ray (22)", "ps1", ...at);
      assert.match(out, /: comment: see me\n {4}on Monday�\[2J\n/);
    });
  });

  it("knows when the same bytes came, also after a regrade", async () => {
    await inCourse(async (at, folder) => {
      const file = join(folder, "gradebook.sqlite");
      const gradebook = Gradebook.open(file);
      await gradebook.add(handIn("Ann Lee (11)", true), { ...FACTS, key: "other", number: 2 });
      await gradebook.close();
      const store = await openCourseStore(file);
      await store.handedIn([{ student: "Ann Lee (11)", assignment: "ps1", hash: "a" }]);
      await store.close();
      assert.match((await run("list", ...at)).out, /^Ann Lee +9 late/m);
      assert.match(
        (await run("show", "Ann Lee (11)", "ps1", ...at)).out,
        /handed in 2026-12-02 11:00, 1 day/,
      );
    });
  });

  it("excuses, and exports the grades that count with who is who", async () => {
    await inCourse(async (at, folder) => {
      await run("excuse", "Ann Lee (11)", "ps1", "--reason", "ill", ...at);
      await run("comment", "Bob Ray (22)", "ps1", "=SUM(1)", ...at);
      assert.match((await run("list", ...at)).out, /^Ann Lee +excused +– /m);
      const files = ["canvas", "moodle", "moodle-worksheet", "lti"].map((name) =>
        join(folder, name),
      );
      const wanted = files.flatMap((file) => [
        "--format",
        `${file.slice(folder.length + 1)}=${file}`,
      ]);
      const { code, out } = await run("export", ...wanted, ...at);
      assert.equal(code, 0, out);
      const [canvas, moodle, , lti] = files.map((file) => readFileSync(file, "utf8"));
      assert.deepEqual(
        parseCsv(canvas!).map((row: readonly string[]) => [row[0], row[1], row[5]]),
        [
          ["Student", "ID", "ps1"],
          ["    Points Possible", "", "10"],
          ["Ann Lee", "11", "EX"],
          ["Bob Ray", "22", "0"],
        ],
      );
      assert.match(moodle!, /Bob Ray,,,bob@x\.org,0,'=SUM\(1\)/);
      assert.deepEqual(
        (JSON.parse(lti!) as { userId: string }[]).map(({ userId }) => userId),
        ["22"],
      );
      const other = await run("export", "--format", "junit=x", ...at);
      assert.equal(other.code, 2);
      assert.match(other.out, /made of verdicts.*grade --format junit=x/);
    });
  });

  it("exports nbgrader's table: when it was due and came, the points before being late, and what that costs", async () => {
    await inCourse(async (at, folder) => {
      const file = join(folder, "nbgrader.csv");
      await run("set", "Bob Ray (22)", "ps1", "--score", "6.5", "--reason", "x", ...at);
      const { code, out } = await run("export", "--format", `nbgrader=${file}`, ...at);
      assert.equal(code, 0, out);
      assert.deepEqual(parseCsv(readFileSync(file, "utf8")), [
        ofPlatforms.nbgrader,
        [
          ...["ps1", "2026-12-01 11:00:00", "2026-12-02 10:00:00", "Ann Lee (11)", "Lee", "Ann"],
          ...["ann@x.org", "10", "1", "9", "10"],
        ],
        [
          ...["ps1", "2026-12-01 11:00:00", "2026-12-01 10:00:00", "Bob Ray (22)", "Ray", "Bob"],
          ...["bob@x.org", "6.5", "0", "6.5", "10"],
        ],
      ]);
      const key = join(folder, "key");
      await run("export", "--format", `nbgrader=${file}`, "--pseudonyms", key, ...at);
      assert.doesNotMatch(readFileSync(file, "utf8"), /Ann|Bob|Lee|Ray|@/);
    });
  });

  it("refuses in one line what it can't do, and then records nothing", async () => {
    await inCourse(async (at, folder) => {
      for (const [args, words] of [
        [["set", "Bob Ray (22)", "ps1", "--score", "11", "--reason", "x"], /expected 0 to 10/],
        [["set", "Bob", "ps1", "--score", "1", "--reason", "x"], /no student "Bob"/],
        [["set", "Bob Ray (22)", "ps2", "--score", "1", "--reason", "x"], /no assignment "ps2"/],
        [["set", "Bob Ray (22)", "ps1", "--reason", "x"], /either --score POINTS or --undo/],
        [["set", "Bob Ray (22)", "ps1", "--score", "1"], /--reason/],
        [["set", "Bob Ray (22)", "ps1", "--score", "x", "--reason", "x"], /a number of points/],
        [["excuse", "Bob Ray (22)", "ps1", "--reason", " "], /a reason in words/],
      ] as const) {
        const { code, out } = await run(...args, ...at);
        assert.equal(code, 2, out);
        assert.match(out, words);
        assert.doesNotMatch(out, /\n\s+at /);
      }
      const store = await openCourseStore(join(folder, "gradebook.sqlite"));
      assert.deepEqual(await store.decisions(), []);
      await store.close();
      const none = await run("list", "--gradebook", join(folder, "none.sqlite"));
      assert.match(none.out, /there is no .*none\.sqlite.*npx unrolled grade/);
    });
  });

  it("only adds: no decision and no time can be changed or deleted", async () => {
    await inCourse(async (at, folder) => {
      await run("excuse", "Ann Lee (11)", "ps1", "--reason", "ill", ...at);
      const db = new Database(join(folder, "gradebook.sqlite"));
      for (const statement of [
        "UPDATE decisions SET score = 1",
        "DELETE FROM decisions",
        "UPDATE submissions SET submitted_at = ''",
        "DELETE FROM submissions",
        "DELETE FROM attempt_contents",
      ])
        assert.throws(() => db.exec(statement), /only added/, statement);
      db.close();
    });
  });

  it("gives a decision to somebody of the roster who handed in nothing", async () => {
    await inCourse(async (at) => {
      const { code, out } = await run("excuse", "Cyd Fox", "ps1", "--reason", "ill", ...at);
      assert.equal(code, 0, out);
      assert.match((await run("list", ...at)).out, /^Cyd Fox +excused/m);
    });
  });

  it("finds a student by any name that is theirs alone, and else lists who can be meant", async () => {
    const roster =
      "name,id,email\nZoë Lee,s01,zoe@x.org\nAnn Poe,s02,ann@x.org\nAnn Poe,s03,poe@x.org\n";
    await inFolder({ ...COURSE_FILES, "roster.csv": roster }, async (folder) => {
      const file = join(folder, "gradebook.sqlite");
      const at = ["--gradebook", file, "--course", join(folder, "course.yaml")];
      await fillGradebook(file, [handIn("s01", true), handIn("s02", true)]);
      for (const name of ["s01", "zoë lee", "ZOE@x.org"])
        assert.match((await run("show", name, "ps1", ...at)).out, /^s01, ps1: 10 of 10/, name);
      const several = await run("comment", "Ann Poe", "ps1", "hi", ...at);
      assert.equal(several.code, 2);
      assert.match(several.out, /2 students.*"s02" \(ann@x\.org\), "s03" \(poe@x\.org\)/);
      const none = await run("show", "s0l", "ps1", ...at);
      assert.match(none.out, /no student "s0l", did you mean "s01"\?/);
      // Of s03 there is no hand-in, and their name is not theirs alone.
      const absent = await run("set", "s03", "ps1", "--score", "4", "--reason", "oral", ...at);
      assert.equal(absent.code, 0, absent.out);
      assert.match((await run("list", ...at)).out, /^Ann Poe +4\* +40\.0% +s03$/m);
      assert.equal((await run("delete", "poe@x.org", "--yes", ...at)).code, 0);
      assert.match((await run("list", ...at)).out, /^Ann Poe +– +0\.0% +s03$/m);
    });
  });

  it("keeps a decision about somebody who hands in later, under another name", async () => {
    await inFolder(
      { ...COURSE_FILES, "roster.csv": "name,id,number\nZoë Lee,s01,7\n" },
      async (folder) => {
        const file = join(folder, "gradebook.sqlite");
        const at = ["--gradebook", file, "--course", join(folder, "course.yaml")];
        await fillGradebook(file);
        await run("excuse", "Zoë Lee", "ps1", "--reason", "ill", ...at);
        const gradebook = Gradebook.open(file);
        await gradebook.add(handIn("Zoë Lee (7)", true), { ...FACTS, key: "z" });
        await gradebook.close();
        assert.match((await run("list", ...at)).out, /^Zoë Lee +excused/m);
        const { out } = await run("delete", "s01", "--yes", ...at);
        assert.match(out, /deleted \(attempts: 1, decisions: 1\)/);
        assert.doesNotMatch((await run("list", ...at)).out, /excused/);
      },
    );
  });

  it("exports pseudonyms in an order of their own", async () => {
    await inFolder(COURSE_FILES, async (folder) => {
      const file = join(folder, "gradebook.sqlite");
      const others = Array.from({ length: 20 }, (_, n) => handIn(`s${10 + n}`, n % 2 === 0));
      await fillGradebook(file, others);
      const [named, key] = [join(folder, "named.csv"), join(folder, "key")];
      const at = ["--gradebook", file, "--course", join(folder, "course.yaml")];
      const wanted = ["--format", `canvas=${named}`, "--pseudonyms", key];
      assert.equal((await run("export", ...wanted, ...at)).code, 0);
      const rows = parseCsv(readFileSync(named, "utf8")) as readonly (readonly string[])[];
      const names = rows.slice(2).map(([name]) => name);
      assert.equal(names.length, 22);
      assert.deepEqual(names, names.toSorted());
    });
  });

  it("deletes a waiting regrade with the student whose code it holds", async () => {
    await inCourse(async (at, folder) => {
      const preview = join(folder, "gradebook.sqlite.regrade.json");
      await writeFile(preview, "Bob Ray (22)");
      const { out } = await run("delete", "Bob Ray (22)", "--yes", ...at);
      assert.match(out, /regrade\.json, a regrade that waited, is deleted too/);
      assert.ok(!existsSync(preview));
    });
  });

  it("takes a corrected time, and keeps what was said before in a whole history", async () => {
    await inCourse(async (at, folder) => {
      const store = await openCourseStore(join(folder, "gradebook.sqlite"));
      const ann = { student: "Ann Lee (11)", assignment: "ps1", hash: "a" };
      const earlier = new Date("2026-12-01T09:00Z");
      // What nbgrader says again changes nothing; what an instructor says does.
      assert.deepEqual(await store.handedIn([{ ...ann, at: earlier }]), [
        { at: "2026-12-02T10:00:00.000Z" },
      ]);
      assert.deepEqual(await store.handedIn([{ ...ann, at: earlier, isCorrection: true }]), [
        { at: earlier.toISOString(), before: "2026-12-02T10:00:00.000Z" },
      ]);
      assert.deepEqual(await store.handedIn([ann]), [{ at: earlier.toISOString() }]);
      assert.deepEqual((await store.check()).faults, []);
      await store.close();
      assert.match((await run("list", ...at)).out, /^Ann Lee +10 +100/m);
    });
  });

  it("verifies the history: whole, then altered by another program, in words", async () => {
    await inCourse(async (at, folder) => {
      const book = at.slice(0, 2);
      const whole = await run("verify", ...book);
      assert.equal(whole.code, 0, whole.out);
      const [, end] = /Its end: ([0-9a-f]{64})/.exec(whole.out)!;
      assert.equal((await run("verify", "--end", end!, ...book)).code, 0);
      const db = new Database(join(folder, "gradebook.sqlite"));
      db.exec("DROP TRIGGER verdicts_stay; UPDATE verdicts SET status = 'passed', passed = total");
      db.close();
      const { code, out } = await run("verify", ...book);
      assert.equal(code, 1);
      assert.match(out, /attempt 1 of Bob Ray \(22\), ps1 was changed after it was written/);
    });
  });

  it("deletes one student, when that is meant", async () => {
    await inCourse(async (at) => {
      const book = at.slice(0, 2);
      const asked = await run("delete", "Bob Ray (22)", ...book);
      assert.equal(asked.code, 1);
      assert.match(asked.out, /would be deleted for good \(attempts: 1, decisions: 0\).*--yes/);
      assert.match((await run("list", ...at)).out, /^Bob Ray +0 /m);
      assert.equal((await run("delete", "Bob Ray (22)", "--yes", ...book)).code, 0);
      assert.match((await run("list", ...at)).out, /^Bob Ray +–/m);
      assert.equal((await run("verify", ...book)).code, 0);
      const none = await run("delete", "Bob", "--yes", ...book);
      assert.equal(none.code, 2);
      assert.match(none.out, /no student "Bob"/);
    });
  });

  it("says which named mistake shows a deleted student's function, and deletes where that can't be told", async () => {
    await inFolder(COURSE_FILES, async (folder) => {
      const file = join(folder, "gradebook.sqlite");
      const at = ["--gradebook", file, "--course", join(folder, "course.yaml")];
      const dan = handIn("Dan Poe (44)", false);
      const result = { ...dan.results[0]!, code: [{ place: "a.ts", from: 1, text: "() => 1" }] };
      await fillGradebook(file, [{ ...dan, results: [result] }]);
      const dans = exampleOf(result);
      const mistakes = join(folder, "mistakes.yaml");
      const entry = (name: string, code: string): string =>
        `  - { exercise: oneHot, name: ${name}, hint: h, named: now, answers: [], code: ${JSON.stringify(code)} }\n`;
      await writeFile(mistakes, `mistakes:\n${entry("theirs", dans)}${entry("another", "x")}`);
      const asked = await run("delete", "Dan Poe (44)", ...at);
      assert.match(
        asked.out,
        /mistakes\.yaml shows their function as the example of "theirs" \(oneHot\): take the entry out/,
      );
      assert.doesNotMatch(asked.out, /another"/);
      await writeFile(mistakes, "mistakes: [");
      const { code, out } = await run("delete", "Dan Poe (44)", "--yes", ...at);
      assert.equal(code, 0, out);
      assert.match(
        out,
        /mistakes\.yaml, line 1: this is not YAML.*\nWhether it holds a function of theirs can't be told\.$/m,
      );
      assert.match(out, /deleted \(attempts: 1/);
      assert.equal((await run("list", ...at)).code, 0);
    });
  });

  it("exports under pseudonyms that stay the same with their key, without any name or comment", async () => {
    await inCourse(async (at, folder) => {
      await run("comment", "Bob Ray (22)", "ps1", "Bob, see me", ...at);
      const [file, key] = [join(folder, "canvas.csv"), join(folder, "key")];
      const wanted = ["--format", `canvas=${file}`, "--format", `moodle=${file}.moodle`];
      const first = await run("export", ...wanted, "--pseudonyms", key, ...at);
      assert.equal(first.code, 0, first.out);
      const [canvas, moodle] = [file, `${file}.moodle`].map((one) => readFileSync(one, "utf8"));
      // A pseudonym's own digits may be anybody's number.
      const others = `${canvas}${moodle}`.replaceAll(/student-[0-9a-f]{14}/g, "");
      assert.doesNotMatch(others, /Ann|Bob|Lee|Ray|ann@|11|22/);
      assert.match(canvas!, /^student-[0-9a-f]{14},/m);
      await run("export", ...wanted, "--pseudonyms", key, ...at);
      assert.equal(readFileSync(file, "utf8"), canvas);
      await writeFile(key, "no key");
      const refused = await run("export", ...wanted, "--pseudonyms", key, ...at);
      assert.equal(refused.code, 2);
      assert.match(refused.out, /holds no key of pseudonyms: expected 64 hexadecimal digits/);
    });
  });

  it("works without a course's file: what was graded, with the pack's points", async () => {
    await inCourse(async (_, folder) => {
      const before = process.cwd();
      await writeFile(join(folder, "course.yaml"), "");
      process.chdir(join(folder, ".."));
      try {
        const { out } = await run("list", "--gradebook", join(folder, "gradebook.sqlite"));
        assert.match(out, /^Ann Lee +2 +100\.0% /m);
      } finally {
        process.chdir(before);
      }
    });
  });
});
