/** Each parser of bytes that somebody else wrote: what it is given at first, and what must hold whatever comes. */
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { inPack } from "#common/pack-root";
import { CourseError } from "../../../grader/class/course/checkedYaml.js";
import { NamedMistakes, parseMistakes } from "../../../grader/class/course/namedMistakes.js";
import { parseCourse } from "../../../grader/class/course/courseFile.js";
import { matchRoster, parseRoster } from "../../../grader/class/course/roster.js";
import { timesIn } from "../../../grader/class/course/timeTable.js";
import { instantWritten } from "../../../grader/class/course/unreadTimes.js";
import { unpack } from "../../../grader/class/intake/archive.js";
import { writtenTimeOf } from "../../../grader/class/intake/nbgraderTime.js";
import { NotebookError, readNotebook } from "../../../grader/class/intake/notebook.js";
import { asTypeScript, withoutCopyMark } from "../../../grader/class/intake/place.js";
import { findSolutions } from "../../../grader/class/intake/solution.js";
import { ownerOfFile, ownerOfFolder } from "../../../grader/class/intake/studentName.js";
import { textOf } from "../../../grader/class/intake/text.js";
import {
  decodeBody,
  encodeFrame,
  HEADER_BYTES,
  readHeader,
} from "../../../grader/sandbox/frames.js";
import { arePlain } from "../../../grader/sandbox/plain.js";
import { statementsOf } from "../../../grader/source/statements.js";
import { CodecError, decode, encode } from "../../../grader/values/codec.js";
import { NumberBlock } from "../../../grader/values/numberBlock.js";
import { tarOf } from "../class/intake/tarOf.js";

/** A parser under attack. */
export interface Parser {
  readonly name: string;
  /** What is changed at first: bytes that it can read. */
  readonly corpus: readonly Uint8Array[];
  /** What its grammar is made of: put in where bytes alone would seldom make it. */
  readonly words: readonly string[];
  /** What is written to keep it busy, of a size of k. */
  readonly hostile: (k: number) => Uint8Array;
  /** Reads the bytes: refuses them with its own error, or gives what its caller may rely on; anything else throws. */
  readonly read: (bytes: Uint8Array) => void | Promise<void>;
}

const file = (...path: readonly string[]): string => readFileSync(inPack(...path), "utf8");
const SOLUTION = file("exercises", "rnnForward", "solution.ts");
const NOTEBOOK = JSON.stringify({
  cells: [
    { cell_type: "markdown", metadata: {}, source: ["# Title\n", "text"] },
    {
      ...{ cell_type: "code", execution_count: 1, outputs: [] },
      metadata: { unrolled: { exercise: "rnnForward" } },
      source: SOLUTION.split(/(?<=\n)/),
    },
    { cell_type: "code", metadata: {}, source: 'const a = `${"}"}`; // exercise: oneHot' },
  ],
  ...{ metadata: {}, nbformat: 4, nbformat_minor: 5 },
});
const COURSE = `course: RNNs
timeZone: Europe/Berlin
roster: roster.csv
assignments:
  - name: ps1
    exercises: [oneHot, rnnForward]
    points: { oneHot: 3 }
    due: 2026-12-01 12:00
    late: { perDay: 0.1, grace: 10 }
    extensions: { ada: 2026-12-03 12:00 }
`;
const MISTAKES = `mistakes:
  - exercise: oneHot
    name: counts from 1
    hint: "t begins at 0: see x⟨1⟩"
    named: 2026-11-27T08:00:00.000Z
    answers:
      - 0123456789abcdef-${"0123456789abcdef".repeat(4)}
      - 0123456789abcdef-none
    code: |
      export function oneHot(k: number) {
        return k; // "one"
      }
`;
const ROSTER = 'Student,ID,SIS User ID,Section\n"Lee, Ann",11,a-11,"A and B"\nBob Ray,22,b-22,A\n';
const TAR = tarOf([
  { name: "./a/rnnForward.ts", text: SOLUTION },
  { name: "PaxHeaders/02", type: "x", text: "19 path=a/02.ipynb\n" },
  { name: "02", text: NOTEBOOK },
  { name: "b.ts", type: "2", link: "../c.ts" },
]);
const NONE = new Uint8Array();
const CODE_WORDS = [
  ..."{ } ( ) [ ] ` ${ \" ' / /* */ // \\ ; = => < > , . ...".split(" "),
  ...["import ", "export ", "export default ", "function ", "const ", "class ", "async ", "from "],
  ...["my_rnnForward", "rnnForward", "\n", "\r", "\u2028", "#!", "@", "enum ", "declare "],
];
const JSON_WORDS = [
  '"',
  "\\",
  "\\u",
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  "null",
  "1e999",
  '"cells":[',
  "\uFEFF",
];

const refused =
  (isOwn: (error: unknown) => boolean, run: () => void): (() => void) =>
  () => {
    try {
      run();
    } catch (error) {
      if (!isOwn(error)) throw error;
    }
  };

/** All of them. */
export const parsers: readonly Parser[] = [
  {
    name: "a notebook",
    corpus: [strToU8(NOTEBOOK), strToU8(JSON.stringify(JSON.parse(NOTEBOOK), null, 1))],
    hostile: (k) => strToU8(`{"cells": [${"NaN,".repeat(40_000 * k)}"${"\t".repeat(40_000 * k)}`),
    words: JSON_WORDS,
    read(bytes: Uint8Array): void {
      refused(
        (error) => error instanceof NotebookError,
        () => {
          for (const cell of readNotebook(textOf(bytes).text).cells) {
            assert.equal(typeof cell.source, "string");
            assert.ok(cell.number >= 1);
          }
        },
      )();
    },
  },
  {
    name: "a hand-in's functions, in files and notebooks",
    corpus: [
      strToU8(NOTEBOOK),
      strToU8(SOLUTION),
      strToU8(file("exercises", "oneHot", "solution.ts")),
    ],
    hostile: (k) => strToU8("export {\nrnnForward = function ".repeat(4_000 * k)),
    words: [...CODE_WORDS, ...JSON_WORDS],
    read(bytes: Uint8Array): void {
      const { text } = textOf(bytes);
      const { solutions } = findSolutions(
        {
          ...{ student: "ada", assignment: "ps1", remarks: [] },
          files: [
            { path: "02.ipynb", text },
            { path: "rnnForward.ts", text },
            { path: "a/helper.ts", text },
          ],
        },
        ["rnnForward", "oneHot"],
      );
      for (const { files, file: own } of solutions.values())
        assert.ok(files.some(({ path }) => path === own));
    },
  },
  {
    name: "the statements of a source",
    corpus: [
      strToU8(SOLUTION),
      strToU8('import { Mat } from "unrolled";\nconst r = /[/]"/g, t = `a${`b${1}`}`;\n'),
    ],
    hostile: (k) => strToU8("`${ /[ ".repeat(40_000 * k)),
    words: CODE_WORDS,
    read(bytes: Uint8Array): void {
      const { text } = textOf(bytes);
      const length = statementsOf(text).reduce((sum, one) => sum + one.text.length, 0);
      assert.ok(length <= text.length, "the statements are more than the source");
    },
  },
  {
    name: "whether code may share a box",
    corpus: [strToU8(SOLUTION), strToU8("export * from \"./a.js\";\nimport b from 'unrolled';\n")],
    hostile: (k) =>
      strToU8(`import${" ".repeat(50_000 * k)}${"from'./a.ts'import\"./b\"".repeat(5_000 * k)}`),
    words: [...CODE_WORDS, "from'", 'import"', "import(", "./a.js", "../", "unrolled", " await "],
    read(bytes: Uint8Array): void {
      const { text } = textOf(bytes);
      const alone = arePlain([{ path: "files/a.ts", text }]);
      assert.ok(!alone || !/\bimport\(/.test(text), "it loads more code");
    },
  },
  {
    name: "a zip",
    corpus: [
      zipSync({ "rnnForward.ts": strToU8(SOLUTION), "a/02.ipynb": strToU8(NOTEBOOK) }),
      zipSync({
        "__MACOSX/._x.ts": strToU8("x"),
        "b/../c.ts": strToU8("c"),
        "d.ts": [strToU8("d"), { level: 0 }],
      }),
    ],
    hostile: (k) =>
      zipSync(Object.fromEntries(Array.from({ length: 2_000 * k }, (_, n) => [`${n}.ts`, NONE]))),
    words: [
      "PK\u0003\u0004",
      "PK\u0001\u0002",
      "PK\u0005\u0006",
      "../",
      "/",
      "\\",
      "\u0000",
      "\u00ff\u00ff\u00ff\u00ff",
    ],
    read: unpackBounded,
  },
  {
    name: "a tar",
    corpus: [TAR, gzipSync(TAR)],
    hostile: (k) =>
      gzipSync(
        tarOf([
          ...Array.from({ length: 2_000 * k }, (_, n) => ({ name: `${n}.ts` })),
          { name: "x", type: "x", text: "9 path=a\n".repeat(1_500 * k) },
          { name: "a.ts", text: "a".repeat(100_000 * k) },
        ]),
      ),
    words: [
      ...["ustar", "././@LongLink", "30 path=../", "../", "./", "/", "\\", "\u0000"],
      "1",
      "L",
      "x",
    ],
    read: unpackBounded,
  },
  {
    name: "a message from the box",
    corpus: [
      frameOf({ a: [1, 2, 3], b: new Float64Array([1.5, NaN]), c: "text" }),
      frameOf([undefined, -0, 1n]),
    ],
    hostile: (k) => frameOf(Array.from({ length: 20_000 * k }, (_, n) => [`${n}`, -0])),
    words: [...JSON_WORDS, "\u0000", "\u00ff"],
    read(bytes: Uint8Array): void {
      if (bytes.length < HEADER_BYTES) return;
      refused(
        (error) =>
          error instanceof SyntaxError || error instanceof TypeError || error instanceof CodecError,
        () => {
          const header = readHeader(bytes);
          // As in boxedProcess.ts: a body is read when as many bytes are there as the header claims.
          if (header.bodyBytes > bytes.length - HEADER_BYTES) return;
          const { json, numbers } = decodeBody(header, bytes.subarray(HEADER_BYTES));
          decode(json, numbers);
        },
      )();
    },
  },
  {
    name: "course.yaml",
    corpus: [strToU8(COURSE)],
    hostile: (k) => strToU8(COURSE + "  - { name: ps1, exercises: [nothing] }\n".repeat(100 * k)),
    words: [
      ..."{ } [ ] : - & * ! | > ? # %".split(" "),
      "\n",
      "  ",
      "\t",
      "<<: *a",
      "&a ",
      "*a",
      "2026-02-30",
      ".inf",
      "---",
    ],
    read(bytes: Uint8Array): void {
      refused(
        (error) => error instanceof CourseError,
        () => {
          for (const { points } of parseCourse(textOf(bytes).text, "course.yaml").assignments)
            assert.ok(Number.isFinite(points) && points >= 0);
        },
      )();
    },
  },
  {
    name: "mistakes.yaml",
    corpus: [strToU8(MISTAKES)],
    hostile: (k) =>
      strToU8(
        MISTAKES +
          MISTAKES.split("\n")
            .slice(1)
            .join("\n")
            .repeat(40 * k),
      ),
    words: [
      ..."{ } [ ] : - & * ! | > ? # % ~ '".split(" "),
      ...["\n", "  ", "\t", "<<: *a", "&a ", "*a", "!!binary ", ".inf", "---", "|+\n", ">-\n"],
    ],
    read(bytes: Uint8Array): void {
      refused(
        (error) => error instanceof CourseError,
        () => {
          const { data, document } = parseMistakes(textOf(bytes).text, "mistakes.yaml");
          const { all } = new NamedMistakes(data.mistakes);
          for (const { name, hint, code } of all) assert.ok([name, hint, code].every(Boolean));
          // What is read can be written, and is then the same.
          const again = parseMistakes(document.toString({ lineWidth: 100 }), "mistakes.yaml");
          assert.deepEqual(again.data, data);
        },
      )();
    },
  },
  {
    name: "a roster",
    corpus: [strToU8(ROSTER), strToU8("\uFEFFname;id;email\nAda;1;a@x.org\n")],
    hostile: (k) =>
      strToU8(
        ROSTER + Array.from({ length: 2_000 * k }, (_, n) => `"L, A",${n},a${n},A\n`).join(""),
      ),
    words: ['"', ",", ";", "\t", "\n", "\r", "=SUM(1)", "name", "\u0000", '""'],
    read(bytes: Uint8Array): void {
      refused(
        (error) => error instanceof CourseError,
        () => {
          const people = parseRoster(textOf(bytes).text, "roster.csv");
          const students = people.map(({ student }) => student);
          const { personOf } = matchRoster([...students, "Ann Lee (11)"], people);
          for (const student of students) assert.equal(personOf(student).student, student);
        },
      )();
    },
  },
  {
    name: "a table of times",
    corpus: [
      strToU8(`Identifier,Full name,Last modified (submission)
Participant 11,"Lee, Ann","Tuesday, 1 December 2026, 11:59 PM"\nParticipant 12,Bob,-\n`),
      strToU8("name;submitted_at\nAda;2026-12-01 23:59\nBob;2026-12-01T23:59+01:00\n"),
    ],
    hostile: (k) =>
      strToU8(
        `name,id,timestamp\n${Array.from({ length: 1_000 * k }, (_, n) => `L A,${n},"1. mai 2026, 10:00 ${"1 ".repeat(100)}"\n`).join("")}`,
      ),
    words: ['"', ",", ";", "\n", "-", " AM", " 12:00", "décembre", "2026-02-30", "Z", "\u0000"],
    read(bytes: Uint8Array): void {
      refused(
        (error) => error instanceof CourseError,
        () => {
          const facts = {
            file: "times.csv",
            timeZone: "Europe/Berlin",
            students: ["Ann (11)", "Ada"],
            roster: [],
          };
          for (const at of timesIn(textOf(bytes).text, facts).times.values())
            assert.ok(!Number.isNaN(at.getTime()));
        },
      )();
    },
  },
  {
    name: "nbgrader's timestamp",
    corpus: [strToU8("2026-12-02 10:00:00.123456 UTC\n"), strToU8("2026-12-02 10:00:00 +0100")],
    hostile: (k) => strToU8("2026-12-02 10:00:00.1".repeat(20_000 * k)),
    words: ["UTC", "+01:00", "-99:99", ".", ":", " ", "\n", "\u00e9", "99"],
    read(bytes: Uint8Array): void {
      const at = writtenTimeOf(textOf(bytes).text);
      if (typeof at === "string")
        assert.ok(!Number.isNaN(instantWritten(at, "Europe/Berlin")!.getTime()));
    },
  },
  {
    name: "the names of files and folders",
    corpus: [
      "ann_11_42_rnnForward-1.ts",
      "Ann Lee_123_assignsubmission_file_",
      "02-cell (2).ipynb.txt",
    ].map((one) => strToU8(one)),
    hostile: (k) => strToU8("_1 (2)-11-a_LATE".repeat(10_000 * k)),
    words: [
      "_",
      "-1",
      " (2)",
      "_assignsubmission_file_",
      ".ts",
      ".ipynb",
      "LATE_",
      "@",
      "\u202e",
      "..",
      "/",
    ],
    read(bytes: Uint8Array): void {
      const { text } = textOf(bytes);
      assert.equal(typeof ownerOfFolder(text).student, "string");
      ownerOfFile(text, ["rnnForward", "oneHot"]);
      assert.equal(typeof asTypeScript(text), "string");
      assert.ok(withoutCopyMark(text).copy >= 0);
    },
  },
];

async function unpackBounded(bytes: Uint8Array): Promise<void> {
  const limits = { files: 10, bytes: 100_000, sizeOf: () => 50_000 };
  const { entries } = await unpack(Buffer.from(bytes), limits);
  assert.ok(entries.length <= limits.files);
  assert.ok(entries.reduce((sum, one) => sum + one.bytes.length, 0) <= limits.bytes);
  for (const { name } of entries)
    assert.ok(!/(^|\/)\.\.(\/|$)|^\/|\\|\0/.test(name), `a name leads out: ${name}`);
}

function frameOf(value: unknown): Uint8Array {
  const block = new NumberBlock();
  const json = JSON.stringify(encode(value, block));
  return encodeFrame(1, json, block.written());
}
