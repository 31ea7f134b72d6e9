import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseCourse } from "../../../../grader/class/course/courseFile.js";
import {
  handInTimes,
  unknownText,
  untimedText,
} from "../../../../grader/class/course/handInTimes.js";
import { unreadTimesText } from "../../../../grader/class/course/unreadTimes.js";
import { instantOf } from "../../../../grader/class/course/writtenTime.js";
import { inFolder } from "../../sandbox/box.js";

/** As Moodle's "Download grading worksheet" has it (moodle/moodle, mod/assign/gradingtable.php: the same columns). */
const WORKSHEET = `\uFEFFIdentifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Last modified (submission)","Online text","Last modified (grade)","Feedback comments"
"Participant 11","Ann Lee",ann@x.org,"Submitted for grading - ",,10.00,Yes,"Tuesday, 1 December 2026, 11:59 PM","=1+1
a second line",-,
"Participant 22","Ann Lee",lee@x.org,"Submitted for grading - 1 day late",,10.00,Yes,"Thursday, 3 December 2026, 12:05 AM",,-,
"Participant 33","Bob Ray",bob@x.org,"No submission - ",,10.00,Yes,-,,-,
`;
const COURSE = parseCourse(
  `course: RNNs
timeZone: Europe/Berlin
assignments: [{ name: ps1, exercises: [oneHot], due: 2026-12-01 23:59 }]
`,
  "course.yaml",
);

describe("when a hand-in came", () => {
  async function withTable(text: string, use: (file: string) => void): Promise<void> {
    await inFolder({}, async (folder) => {
      const file = join(folder, "times.csv");
      await writeFile(file, text);
      use(file);
    });
  }

  it("is what Moodle's worksheet says, in the course's time zone, of whoever is surely meant", async () => {
    await withTable(WORKSHEET, (times) => {
      const students = ["Ann Lee (11)", "Ann Lee (22)", "Ann Lee", "Bob Ray (33)", "eve"];
      const timesOf = handInTimes({ times }, COURSE, students);
      const told = students.map((student) => timesOf.of(student, undefined).at?.toISOString());
      const expected = ["2026-12-01T22:59:00.000Z", "2026-12-02T23:05:00.000Z"];
      assert.deepEqual(told, [...expected, undefined, undefined, undefined]);
    });
  });

  it("is what lies beside it, by its zone, else by the course's clocks", () => {
    const timeOf = (written: string, course?: typeof COURSE): string | undefined =>
      handInTimes({}, course, []).of("ada", written).at?.toISOString();
    assert.equal(timeOf("2026-12-02T10:00:00.500Z"), "2026-12-02T10:00:00.500Z");
    assert.equal(timeOf("2026-07-02T10:00:00.000[Asia/Tokyo]"), "2026-07-02T01:00:00.000Z");
    assert.equal(timeOf("2026-07-02T10:00:00.500", COURSE), "2026-07-02T08:00:00.500Z");
    assert.equal(timeOf("2026-07-02T10:00:00.500"), undefined);
  });

  it("is told with its file where it could not be read, the first ones", () => {
    const one = {
      student: "a\u001bb",
      assignment: "ps1",
      file: "bob/timestamp.txt",
      why: "a link",
    };
    const lines = unreadTimesText(Array<typeof one>(12).fill(one));
    assert.equal(lines[0], "a�b: bob/timestamp.txt could not be read: a link");
    assert.match(lines.slice(10).join(), /^… and 2 more .*mend these files, or say .* --times/);
    assert.deepEqual(unreadTimesText([]), []);
  });

  it("is what a table with names or numbers of one's own says", async () => {
    const table =
      "name;id;submitted_at\nAda;a-1;2026-12-01T23:59+01:00\nBob;b-2;\nCy;c-3;2026-12-02 08:00\n";
    await withTable(table, (times) => {
      const timesOf = handInTimes({ times }, COURSE, ["a-1", "Bob", "Cy"]);
      assert.equal(timesOf.of("a-1", undefined).at?.toISOString(), "2026-12-01T22:59:00.000Z");
      assert.deepEqual(timesOf.of("Bob", undefined), {});
      assert.equal(
        timesOf.of("Bob", "2026-12-01T10:00:00.000Z").at?.getUTCHours(),
        10,
        "nbgrader's",
      );
      assert.equal(timesOf.of("Cy", "2026-12-09T10:00:00.000Z").at?.getUTCDate(), 2, "the table's");
    });
  });

  it("finds a row's student by what the roster knows, and tells whom nobody knows", async () => {
    const roster = "name,id,email\nZoë Lee,s01,zoe@x.org\nBob Ray,s02,bob@x.org\nCy Fox,s03,\n";
    const table =
      "name,submitted_at\nZoë Lee,2026-12-01 10:00\nbob@x.org,2026-12-01 11:00\ns03,2026-12-01 12:00\ns1,2026-12-01 12:00\n";
    await inFolder({ "roster.csv": roster, "times.csv": table }, async (folder) => {
      const course = { ...COURSE, roster: join(folder, "roster.csv") };
      const times = handInTimes({ times: join(folder, "times.csv") }, course, ["s01", "s02"]);
      assert.equal(times.of("s01", undefined).at?.toISOString(), "2026-12-01T09:00:00.000Z");
      assert.equal(times.of("s02", undefined).at?.toISOString(), "2026-12-01T10:00:00.000Z");
      assert.deepEqual(times.unknown, ["s1"]);
      assert.match(
        unknownText(times.unknown, ["s01", "s02"]).join(),
        /nobody is surely "s1": did you mean "s01"\?; its time is not used/,
      );
      await writeFile(join(folder, "times.csv"), `${table}s01,2026-12-02 10:00\n`);
      assert.throws(
        () => handInTimes({ times: join(folder, "times.csv") }, course, ["s01", "s02"]),
        /lines 2 and 6: both are of "s01", with two times; take one out/,
      );
    });
  });

  it("is refused where clocks that are changed leave it out or show it twice, with the mend", async () => {
    for (const [text, words] of [
      ["2027-03-28 02:30", /on no clock of Europe\/Berlin.*write it with its zone/],
      ["2026-10-25 02:30", /comes twice in Europe\/Berlin.*write it with its zone/],
    ] as const) {
      await withTable(`name,submitted_at\nAda,${text}\n`, (times) => {
        assert.throws(() => handInTimes({ times }, COURSE, ["Ada"]), words);
      });
      assert.throws(() => handInTimes({ submittedAt: text }, COURSE, ["Ada"]), words);
      const due = `course: c\ntimeZone: Europe/Berlin\nassignments: [{ name: ps1, exercises: [oneHot], due: ${text} }]\n`;
      assert.throws(() => parseCourse(due, "course.yaml"), /line 3: .*write a time an hour/);
    }
    for (const text of ["2027-03-28 01:59", "2027-03-28 03:00", "2026-10-25 03:00"])
      assert.ok(instantOf(text, "Europe/Berlin") instanceof Date, text);
  });

  it("is refused with its line where it has no zone, no one meaning or no column", async () => {
    const refused = async (text: string, words: RegExp, course?: typeof COURSE): Promise<void> => {
      await withTable(text, (times) => {
        assert.throws(() => handInTimes({ times }, course, ["Ada"]), words);
      });
    };
    await refused(
      "name,submitted_at\nAda,2026-12-01 10:00\n",
      /line 2: .* is in no time zone: name/,
    );
    await refused("name,submitted_at\nAda,01/12/2026 10:00\n", /line 2: .* one meaning/, COURSE);
    await refused("name,when\nAda,2026\n", /line 1: no column has the times/, COURSE);
    await refused("id,submitted_at\n1,2026\n", /times: .*line 1: no column has the names/, COURSE);
    assert.throws(
      () => handInTimes({ times: "/nowhere" }, COURSE, []),
      /times: \/nowhere can't be/,
    );
  });

  it("is read in the languages in which Moodle writes it, and never guessed", () => {
    const at = (text: string): string | undefined => {
      const time = instantOf(text, "UTC");
      return time instanceof Date ? time.toISOString().slice(0, 16) : undefined;
    };
    assert.equal(at("Dienstag, 1. Dezember 2026, 23:59"), "2026-12-01T23:59");
    assert.equal(at("mardi 1 décembre 2026, 23:59"), "2026-12-01T23:59");
    assert.equal(at("martes, 1 de diciembre de 2026, 12:00 AM"), "2026-12-01T00:00");
    assert.equal(at("dinsdag 1 december 2026, 12:00 PM"), "2026-12-01T12:00");
    assert.equal(at("2026-12-01 23:59:30"), "2026-12-01T23:59");
    for (const text of [
      ...["yesterday", "1.12.2026 23:59", "31 February 2026, 10:00", "2026-02-31 10:00"],
      ...["2026-12-01 23:99", "2026-12-01 25:00"],
      ...[
        "1 December 2026",
        "1 December 2026, 25:00",
        "1 December 2026, 13:00 PM",
        "1 2 May 2026 10:00",
      ],
    ]) {
      assert.equal(at(text), undefined, text);
    }
  });

  it("is told as unknown where it matters: of who may be late, and of whom Canvas' name calls late", () => {
    const one = { student: "ada", assignment: "ps1", isMarkedLate: false };
    assert.deepEqual(untimedText([one], undefined), []);
    assert.deepEqual(untimedText([{ ...one, at: "2026-12-01T10:00:00.000Z" }], COURSE), []);
    assert.match(untimedText([one], COURSE).join(), /^When they came nobody says.*: ada; say it/);
    assert.match(
      untimedText([{ ...one, isMarkedLate: true }], undefined).join(),
      /^Late by .*: ada;/,
    );
  });
});
