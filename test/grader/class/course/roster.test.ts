import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { CourseError } from "../../../../grader/class/course/checkedYaml.js";
import { matchRoster, parseRoster, readRoster } from "../../../../grader/class/course/roster.js";
import { inFolder } from "../../sandbox/box.js";

/** As Canvas' gradebook exports it (instructure/canvas-lms, lib/gradebook_importer.rb reads the same columns). */
const CANVAS = `\uFEFFStudent,ID,SIS User ID,SIS Login ID,Section,ps1 (23)
    Points Possible,,,,,10.00
"Lee, Ann",11,S-1,alee,"Mon and Tue",8.00
"Lee, Ann",22,S-2,alee2,Mon,
"Student, Test",99,,,Mon,
`;

/** As Moodle's list of participants and its grading worksheet have it. */
const MOODLE = `"First name";"Last name";"ID number";"Email address";"Groups"
Ann;Lee;S-1;ann@x.org;"Mon, Tue"
`;
const WORKSHEET = `Identifier,Full name,Email address,Status,Grade
Participant 11,Ann Lee,ann@x.org,Submitted,
`;

/** As GitHub Classroom's roster page saves it: before and after a student has accepted an assignment. */
const CLASSROOM = `"identifier","github_username","github_id","name"
"ann@x.org","ann-codes","11","Ann"
"Bob Ray (a02)","","",""
`;

describe("the roster", () => {
  it("is read as Canvas, Moodle, GitHub Classroom or a person writes it", () => {
    const canvas = parseRoster(CANVAS, "roster.csv");
    assert.deepEqual(canvas[0], {
      ...{ student: "Lee, Ann", name: "Lee, Ann", id: "S-1", login: "alee", number: "11" },
      sections: ["Mon", "Tue"],
    });
    assert.equal(canvas.length, 2, "neither the points possible nor the test student");
    assert.deepEqual(parseRoster(MOODLE, "r")[0], {
      ...{ student: "Ann Lee", name: "Ann Lee", id: "S-1", email: "ann@x.org" },
      ...{ lastName: "Lee", firstName: "Ann" },
      sections: ["Mon", "Tue"],
    });
    assert.equal(parseRoster(WORKSHEET, "r")[0]!.number, "11");
    assert.deepEqual(parseRoster(CLASSROOM, "r"), [
      { student: "Ann", name: "Ann", id: "ann@x.org", login: "ann-codes", sections: [] },
      { student: "Bob Ray (a02)", name: "Bob Ray (a02)", id: "Bob Ray (a02)", sections: [] },
    ]);
    const { personOf } = matchRoster(["ann-codes"], parseRoster(CLASSROOM, "r"));
    assert.equal(personOf("ann-codes").id, "ann@x.org", "a repository ends in the account's name");
    const plain = parseRoster("name\tid\tsection\r\nAnn\t007\tMon\r\n", "r");
    assert.deepEqual(plain[0], { student: "Ann", name: "Ann", id: "007", sections: ["Mon"] });
  });

  it("is read as Moodle has it in German, and as a spreadsheet saves it without UTF-8", async () => {
    const people = "Vorname;Nachname;ID-Nummer;E-Mail-Adresse;Gruppen\nJürgen;Öz;S-1;j@x.org;Mo\n";
    const parts = { firstName: "Jürgen", lastName: "Öz" };
    const expected = { ...parts, id: "S-1", email: "j@x.org", sections: ["Mo"] };
    await inFolder({}, async (folder) => {
      for (const encoding of ["utf8", "latin1"] as const) {
        const file = join(folder, encoding);
        await writeFile(file, people, encoding);
        const name = "Jürgen Öz";
        assert.deepEqual(readRoster(file), [{ student: name, name, ...expected }]);
      }
    });
    const worksheet = "ID,Vollständiger Name,E-Mail-Adresse\nTeilnehmer/in 11,Ann Lee,ann@x.org\n";
    const [{ number, id, name } = { number: "", id: "", name: "" }] = parseRoster(worksheet, "r");
    assert.deepEqual([number, id, name], ["11", undefined, "Ann Lee"]);
  });

  it("is refused with its line where a row has other columns or nobody's name", () => {
    for (const [rows, words] of [
      ["Ann,1\nBob\n", /r, line 3: expected 2 columns as in the first line, got 1/],
      ["Lee, Ann,1\n", /r, line 2: expected 2 columns as in the first line, got 3/],
      ["Ann,1\n ,\n", undefined],
      ["Ann,1,,\n", undefined],
    ] as const) {
      const read = (): unknown => parseRoster(`name,id\n${rows}`, "r");
      if (words === undefined) assert.equal((read() as unknown[]).length, 1);
      else assert.throws(read, words);
    }
    assert.throws(
      () => parseRoster("name,email\nAnn,a@x.org\n,b@x.org\n", "r"),
      /r, line 3: nobody's name is in this row; write it, or take the row out/,
    );
  });

  it("names the line and the mend where it can't be", () => {
    assert.throws(
      () => parseRoster("id,section\n1,2\n", "r.csv"),
      /r\.csv, line 1: no column has the names/,
    );
    assert.throws(
      () => parseRoster('name,id\n"Ann,1\n', "r.csv"),
      /r\.csv, line \d+: .*save it as CSV/,
    );
    const twins = "name,id\nAnn,1\nBob,2\nCyd,1\n";
    assert.throws(() => parseRoster(twins, "r.csv"), /lines 2 and 4: two people have the id "1"/);
  });

  it("is read or refused with its own error, whatever the file holds", () => {
    const pieces = fc.constantFrom(
      "name",
      "id",
      ",",
      ";",
      "\t",
      '"',
      "\n",
      "\r",
      "\uFEFF",
      "x",
      "é",
      "\0",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        try {
          parseRoster(`name,id\n${parts.join("")}`, "r");
          parseRoster(parts.join(""), "r");
        } catch (error) {
          assert.ok(error instanceof CourseError, String(error));
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("whose hand-in is whose", () => {
  const people = parseRoster(
    "name,number,id,login,email\nAnn Lee,11,S1,alee,ann@x.org\nAnn Lee,22,S2,alee2,ann2@x.org\nBob Ray,33,S3,bray,\nCyd,,,,\n",
    "r",
  );

  it("is what the platform's number, the id, the login, the address or a name that one alone has says", () => {
    const { personOf, unsure, absent } = matchRoster(
      ["Ann Lee (22)", "S1", "bob ray", "Cyd"],
      people,
    );
    assert.deepEqual(
      ["Ann Lee (22)", "S1", "bob ray"].map((student) => personOf(student).number),
      ["22", "11", "33"],
    );
    assert.equal(personOf("S1").name, "Ann Lee");
    assert.deepEqual([unsure, absent], [[], []]);
  });

  it("is nobody's where a name is two people's, a number another's, or two hand-ins claim one person", () => {
    const { unsure, absent } = matchRoster(["Ann Lee", "Bob Ray (44)", "alee", "S1"], people);
    assert.deepEqual(unsure, ["Ann Lee", "Bob Ray (44)", "alee", "S1"]);
    assert.equal(
      absent.some(({ name }) => name === "Cyd"),
      true,
    );
  });

  it("never makes two people one", () => {
    const names = fc.constantFrom(
      "Ann Lee",
      "Ann Lee (11)",
      "Ann Lee (22)",
      "alee",
      "ALEE",
      "S2",
      "Bob Ray",
      "bray",
      "Cyd",
      "x",
    );
    fc.assert(
      fc.property(fc.uniqueArray(names), (students) => {
        const { personOf, unsure } = matchRoster(students, people);
        const sure = students.filter((student) => !unsure.includes(student));
        const found = sure.map((student) => JSON.stringify({ ...personOf(student), student: "" }));
        assert.equal(new Set(found).size, sure.length);
      }),
      { numRuns: 300 },
    );
  });
});
