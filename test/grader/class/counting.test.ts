/** What `grade` shows and writes goes by the course's rules and an instructor's decisions, as the gradebook's commands do. */
import { strict as assert } from "node:assert";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import { strFromU8, unzipSync } from "fflate";
import { handInOneHot, runCommand } from "./commandRun.js";
import { inFolder, sandboxOrSkip } from "../sandbox/box.js";

const COURSE = `course: RNNs
timeZone: UTC
roster: roster.csv
assignments:
  - name: ps1
    exercises: [oneHot]
    points: 10
    due: 2026-12-01 12:00
    late: { perDay: 0.1 }
    attempts: best
`;
const NAMES = ["ada", "bob", "cyd"];
const ROSTER = `name,id,number\n${NAMES.map((name, n) => `${name.toUpperCase()} X,${name},${n + 1}\n`).join("")}`;
const TIMES =
  "name,submitted_at\nADA X,2026-12-03 12:00\nbob,2026-12-01 12:00\ncyd,2026-12-01 12:00\n";

describe("what counts, in pages and formats", function () {
  this.timeout(60_000);
  before(async function () {
    await (await sandboxOrSkip(this)).close();
  });

  async function run(...args: readonly string[]): Promise<string> {
    const { code, out } = await runCommand(...args);
    assert.equal(code, 0, out);
    return out;
  }

  interface Place {
    readonly folder: string;
    /** Writes a student's hand-in. */
    readonly handIn: (student: string, isRight: boolean) => Promise<void>;
    /** Grades the class with these options; what the terminal shows. */
    readonly grade: (...options: readonly string[]) => Promise<string>;
    readonly gradebook: (...args: readonly string[]) => Promise<string>;
  }

  async function inClass(use: (place: Place) => Promise<void>): Promise<void> {
    const files = { "course.yaml": COURSE, "roster.csv": ROSTER, "times.csv": TIMES };
    await inFolder(files, async (folder) => {
      const hands = join(folder, "ps1");
      const at = [
        ...["--gradebook", join(folder, "gradebook.sqlite")],
        ...["--course", join(folder, "course.yaml")],
      ];
      const handIn = (student: string, isRight: boolean): Promise<void> =>
        handInOneHot(hands, student, isRight);
      for (const student of NAMES) await handIn(student, true);
      await use({
        folder,
        handIn,
        grade: (...options) => run("grade", hands, ...at, ...options),
        gradebook: (command, ...args) => run("gradebook", command!, ...args, ...at),
      });
    });
  }

  it("are the best attempt, less what being late costs, what was set, excused and said", async () => {
    await inClass(async ({ folder, handIn, grade, gradebook }) => {
      const times = ["--times", join(folder, "times.csv")];
      await grade(...times);
      await handIn("bob", false);
      await gradebook("set", "cyd", "ps1", "--score", "7", "--reason", "oral");
      await gradebook("comment", "CYD X", "ps1", "<b>see me</b>\nsoon");
      await writeFile(join(folder, "roster.csv"), `${ROSTER}DEE X,dee,4\n`);
      await gradebook("set", "dee", "ps1", "--score", "3", "--reason", "oral");
      const files = ["canvas", "csv", "lti", "moodle-feedback"].map((name) => [
        ...["--format", `${name}=${join(folder, name)}`],
      ]);
      const out = await grade("--report", join(folder, "report"), ...files.flat());
      assert.match(out, /^ {2}ada +8\.0 of 10 .*2 days late: 2 points less$/m);
      assert.match(out, /^ {2}bob +10\.0 of 10 .*the best of 2 attempts counts$/m);
      assert.match(out, /^ {2}cyd +7\.0 of 10 .*points set by hand$/m);
      assert.match(out, /^When they came nobody says.*: bob;/m);
      const read = (name: string): string => readFileSync(join(folder, name), "utf8");
      assert.match(read("canvas"), /^DEE X,4,dee,,,3\r$/m);
      const scores = (name: string): readonly (string | undefined)[] =>
        (parseCsv(read(name), { bom: true }) as readonly (readonly string[])[])
          .filter((row) => NAMES.includes(row[0]!) || NAMES.includes(row[2]!))
          .map((row) => (name === "csv" ? row[2] : row.at(-1)));
      assert.deepEqual(scores("canvas"), ["8", "10", "7"]);
      assert.deepEqual(scores("csv"), ["8", "10", "7"]);
      assert.match(read("csv"), /cyd,.*points set by hand; comment: <b>see me/);
      assert.deepEqual(
        (JSON.parse(read("lti")) as { scoreGiven: number }[]).map((one) => one.scoreGiven),
        [8, 10, 7, 3],
      );
      const exported = join(folder, "exported");
      await gradebook("export", "--format", `canvas=${exported}`);
      assert.equal(readFileSync(exported, "utf8"), read("canvas"));
      const page = (name: string): string => read(`report/students/${name}.ps1.html`);
      assert.match(page("ada"), /<b>8 [\s\S]*2 days late: 2 points less\./);
      assert.match(page("bob"), /<b>10 [\s\S]*The best of 2 attempts counts[\s\S]*passes/);
      assert.match(page("cyd"), /<b>7 [\s\S]*Comment:<\/b> &lt;b&gt;see me&lt;\/b&gt;\nsoon/);
      const index = read("report/index.html");
      assert.match(index, /ada<\/a>[\s\S]*?<b>8<\/b>[\s\S]*2 days late/);
      const feedback = Object.values(unzipSync(readFileSync(join(folder, "moodle-feedback")))).map(
        (bytes) => strFromU8(bytes),
      );
      assert.deepEqual(feedback, NAMES.map(page));
    });
  });

  it("are by a corrected time from the next run on, which tells it", async () => {
    await inClass(async ({ folder, grade, gradebook }) => {
      const times = join(folder, "times.csv");
      assert.doesNotMatch(await grade("--times", times), /another time|nobody says/);
      assert.doesNotMatch(await grade(), /nobody says/);
      await writeFile(times, `${TIMES.replace("12-03", "12-01")}eva,2026-12-01 12:00\n`);
      const out = await grade("--times", times);
      assert.match(
        out,
        /^Handed in at another time than was said before: ada, 2026-12-03 12:00 → 2026-12-01 12:00 \(UTC\)$/m,
      );
      assert.match(out, /^times: nobody is surely "eva"/m);
      assert.match(await gradebook("list"), /^ADA X +10 +100/m);
      await run("gradebook", "verify", "--gradebook", join(folder, "gradebook.sqlite"));
      const said = await grade("--submitted-at", "2026-12-02 12:00");
      assert.match(said, /bob, 2026-12-01 12:00 → 2026-12-02 12:00/);
      assert.match(await gradebook("list"), /^BOB X +9 late/m);
    });
  });

  it("are looked at before they count, also where only a time is corrected", async () => {
    await inClass(async ({ folder, grade, gradebook }) => {
      await grade("--times", join(folder, "times.csv"));
      const at = [
        ...["--gradebook", join(folder, "gradebook.sqlite")],
        ...["--course", join(folder, "course.yaml"), "--submitted-at", "2026-12-01 12:00"],
      ];
      const out = await run("regrade", join(folder, "ps1"), "--preview", ...at);
      assert.match(out, /^ada, ps1: 8 → 10$/m);
      assert.match(await gradebook("list"), /^ADA X +8 late/m);
      await run("regrade", "--commit", ...at);
      assert.match(await gradebook("list"), /^ADA X +10 /m);
    });
  });

  it("leave the others' pages where a part of the class is graded, and take a deleted student's away", async () => {
    await inClass(async ({ folder, grade, gradebook }) => {
      const report = join(folder, "report");
      await grade("--report", report);
      await rm(join(folder, "ps1", "ada"), { recursive: true });
      await grade("--report", report);
      assert.equal(readdirSync(join(report, "students")).length, 3);
      await gradebook("delete", "ada", "--yes");
      await grade("--report", report);
      assert.ok(!existsSync(join(report, "students", "ada.ps1.html")));
      assert.equal(readdirSync(join(report, "students")).length, 2);
    });
  });

  it("go by extensions that name somebody, and tell of the others", async () => {
    await inClass(async ({ folder, grade }) => {
      const course = join(folder, "course.yaml");
      await writeFile(course, `${COURSE}    extensions: { ADA X: 2026-12-03 12:00 }\n`);
      assert.match(await grade("--times", join(folder, "times.csv")), /^ {2}ada +10\.0 of 10/m);
      await run("course", "check", course);
      await writeFile(course, `${COURSE}    extensions: { adda: 2026-12-03 12:00 }\n`);
      const words =
        /the extension of ps1 for "adda" is for nobody who is known, did you mean "ada"\?/;
      assert.match(await grade(), words);
      await assert.rejects(run("course", "check", course), words);
    });
  });

  it("are by an instructor's decisions also without a course's file", async () => {
    await inClass(async ({ folder, grade }) => {
      const book = ["--gradebook", join(folder, "other.sqlite")];
      const before = process.cwd();
      process.chdir(join(folder, "ps1"));
      try {
        await run("grade", join(folder, "ps1"), ...book);
        await run("gradebook", "excuse", "ada", "ps1", "--reason", "ill", ...book);
        const csv = join(folder, "canvas.csv");
        const out = await run("grade", join(folder, "ps1"), ...book, "--format", `canvas=${csv}`);
        assert.match(out, /^ {2}ada .*excused: it does not count$/m);
        assert.match(readFileSync(csv, "utf8"), /^ada,.*,EX\r$/m);
      } finally {
        process.chdir(before);
      }
      await grade();
    });
  });
});
