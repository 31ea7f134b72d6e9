/**
 * The notebooks that a class gets.
 *
 * What validates: nbgrader 0.9.6 itself, in an environment of this test's own that `node
 * test/grader/class/release/setup.mjs` makes in half a minute (pinned by hash; .ci/run makes it, `npm test` skips what
 * needs it). Its `generate_assignment` checks metadata against its JSON schema (version 3) and that ids are unique,
 * computes the checksums, and must make of source/ what is in release/; its `determine_grade` reads the checksums; its
 * `export` names the columns and the points. That hand-ins are graded is shown by `grade` in the sandbox.
 */
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { inPack } from "#common/pack-root";
import { parse as parseCsv } from "csv-parse/sync";
import { manifest } from "../../../../exercises/manifest.js";
import { parseCourse } from "../../../../grader/class/course/courseFile.js";
import { treeOf } from "../../../../grader/class/release/tree.js";
import type { Notebook, NotebookCell } from "../../../../grader/notebook/lessonCells.js";
import { requireOrSkip } from "../../../requirements.js";
import { runCommand } from "../commandRun.js";
import { inFolder, sandboxOrSkip } from "../../sandbox/box.js";
import { ofPlatforms } from "../formats/platforms.js";
import { leaksIn, secretsOf } from "./leaks.js";

const COURSE = `course: RNNs
timeZone: Europe/Berlin
assignments:
  - name: ps1
    exercises: { oneHot: 1, padBatch: 2 }
    points: 10
    due: 2026-12-01 12:00
    cases:
      oneHot: [{ name: fifty-three letters, size: { n_x: 53, m: 47 } }]
      padBatch: [{ name: kept for the evening, size: { n_x: 59, m: 43, T_x: 61 }, settings: { padWord: true } }]
  - name: week 2
    lessons: ["02"]
`;

/** A course's folder with these assignments released. */
async function released(
  assignments: readonly string[],
  use: (folder: string, at: readonly string[]) => void | Promise<void>,
): Promise<void> {
  await inFolder({ "course.yaml": COURSE }, async (folder) => {
    const at = ["--course", join(folder, "course.yaml"), "--to", join(folder, "tree")];
    for (const name of assignments) {
      const { code, out } = await runCommand("release", name, ...at);
      assert.equal(code, 0, out);
    }
    await use(join(folder, "tree"), at);
  });
}

function read(...path: readonly string[]): Notebook {
  return JSON.parse(readFileSync(join(...path), "utf8")) as Notebook;
}

function nbgraderOf(cell: NotebookCell): Readonly<Record<string, unknown>> {
  return cell.metadata["nbgrader"] as Readonly<Record<string, unknown>>;
}

describe("unrolled release", function () {
  this.timeout(60_000);

  it("writes a notebook for each exercise, or each lesson: statement, starter, check, with the course's points", async () => {
    await released(["ps1", "week 2"], (tree) => {
      assert.deepEqual(readdirSync(join(tree, "release", "ps1")), [
        "oneHot.ipynb",
        "padBatch.ipynb",
      ]);
      assert.deepEqual(readdirSync(join(tree, "source", "week 2")), ["02-the-rnn-cell.ipynb"]);
      const { cells, metadata } = read(tree, "release", "ps1", "padBatch.ipynb");
      assert.deepEqual(
        cells.map((cell) => [cell.id, cell.cell_type, cell.metadata["unrolled"]]),
        [
          ["title", "markdown", undefined],
          ["imports", "code", undefined],
          ["padBatch-statement", "markdown", { exercise: "padBatch", role: "statement" }],
          ["padBatch", "code", { exercise: "padBatch", role: "starter" }],
          ["padBatch-check", "code", { exercise: "padBatch", role: "check" }],
        ],
      );
      const lesson = read(inPack("notebooks", "01-notation.ipynb"));
      assert.deepEqual(metadata?.["kernelspec"], lesson.metadata?.["kernelspec"]);
      const { checksum, ...written } = nbgraderOf(cells[3]!);
      assert.match(checksum as string, /^[0-9a-f]{32}$/);
      assert.deepEqual(written, {
        ...{ schema_version: 3, grade_id: "padBatch", cell_type: "code", points: 6.67 },
        ...{ grade: true, solution: true, locked: false, task: false },
      });
      const week = read(tree, "release", "week 2", "02-the-rnn-cell.ipynb");
      assert.deepEqual(
        week.cells.flatMap((cell) => nbgraderOf(cell)["points"] ?? []),
        manifest.filter(({ lesson: of }) => of === "02").map(({ points }) => points),
      );
    });
  });

  it("gives no learner anything that is held back: no case of the teacher's, no mistake, no hint, no line of a solution", () => {
    const lessons = Array.from(new Set(manifest.map(({ lesson }) => lesson)));
    const all = parseCourse(
      `${COURSE}  - name: everything\n    lessons: ${JSON.stringify(lessons)}\n`,
      "course.yaml",
    );
    const taught = new Set<string>();
    for (const assignment of all.assignments) {
      const secrets = assignment.exercises.flatMap(secretsOf);
      for (const { id } of assignment.exercises) taught.add(id);
      for (const { path, text } of treeOf(assignment))
        assert.deepEqual(leaksIn(text, secrets), [], path);
    }
    assert.equal(taught.size, manifest.length);
  });

  it("would have found each of them", () => {
    const [ps1] = parseCourse(COURSE, "course.yaml").assignments;
    const [, file] = treeOf(ps1!);
    const secrets = ps1!.exercises.flatMap(secretsOf);
    assert.ok(secrets.length > 50);
    for (const secret of secrets) {
      const notebook = JSON.parse(file!.text) as { cells: { source: string[] }[] };
      notebook.cells[0]!.source.push(`\nsee: ${secret.text}\n`);
      assert.ok(leaksIn(JSON.stringify(notebook), [secret]).length > 0, JSON.stringify(secret));
    }
  });

  it("writes over nothing that differs, and then writes nothing, unless it is forced", async () => {
    await released(["ps1"], async (tree, at) => {
      const [first, second] = ["oneHot", "padBatch"].map((name) =>
        join(tree, "source", "ps1", `${name}.ipynb`),
      );
      const text = readFileSync(first!, "utf8");
      assert.equal(
        (await runCommand("release", "ps1", ...at)).code,
        0,
        "what is the same may be there",
      );
      writeFileSync(first!, "mine");
      writeFileSync(second!, "mine too");
      const { code, out } = await runCommand("release", "ps1", ...at);
      assert.equal(code, 2);
      assert.match(
        out,
        /^release: .*oneHot\.ipynb, .*padBatch\.ipynb: expected no file, or the same.*--force/,
      );
      assert.equal(readFileSync(first!, "utf8"), "mine");
      const config = join(tree, "nbgrader_config.py");
      writeFileSync(config, "c = get_config()\n");
      writeFileSync(join(tree, "release", "ps1", "old.ipynb"), "{}");
      const forced = await runCommand("release", "ps1", ...at, "--force");
      assert.equal(forced.code, 0);
      assert.equal(readFileSync(first!, "utf8"), text);
      assert.equal(readFileSync(config, "utf8"), "c = get_config()\n", "the instructor's own");
      assert.match(forced.out, /nbgrader_config\.py is yours .* c\.ClearSolutions\.code_stub/);
      assert.match(forced.out, /old\.ipynb is none of the assignment's notebooks/);
    });
  });

  it("refuses in words what it can't write", async () => {
    await released([], async (_tree, at) => {
      const { code, out } = await runCommand("release", "ps3", ...at);
      assert.equal(code, 2);
      assert.match(out, /no assignment "ps3".*expected one of ps1, week 2/);
    });
    const [ps1] = parseCourse(COURSE, "course.yaml").assignments;
    for (const name of [
      "../ps1",
      "a/b",
      ".",
      "..",
      ".ps1",
      "ps1.",
      "ps1 ",
      "-x",
      "a\\b",
      "a\nb",
      "a+b",
    ])
      assert.throws(() => treeOf({ ...ps1!, name }), /can't be a folder.*rename it/, name);
    for (const name of ["ps1", "week 2", "Übung_3.1", "a"])
      assert.equal(treeOf({ ...ps1!, name })[0]!.path, `source/${name}/oneHot.ipynb`);
  });
});

/** The right functions, as a notebook's cells have them. */
function solved(notebook: Notebook, change: (cell: NotebookCell) => NotebookCell): Notebook {
  const cells = notebook.cells.map((cell) => {
    const mark = cell.metadata["unrolled"] as { exercise: string; role: string } | undefined;
    if (mark?.role !== "starter") return change(cell);
    const text = readFileSync(inPack("exercises", mark.exercise, "solution.ts"), "utf8");
    const source = `// exercise: ${mark.exercise}\n${text.replaceAll(/^export /gm, "")}`;
    return change({ ...cell, source: [source] });
  });
  return { ...notebook, cells };
}

/** Other programs drop a cell's metadata, and its comment is gone with what was pasted. */
function bare(cell: NotebookCell): NotebookCell {
  const source = cell.source.map((line) => line.replace(/^\/\/ exercise: .*\n/, ""));
  return { ...cell, source, metadata: {} };
}

describe("a released notebook that is handed in", function () {
  this.timeout(120_000);

  before(async function () {
    await (await sandboxOrSkip(this)).close();
  });

  it("is graded full where the functions are right, whatever became of its metadata, and 0 as it was given", async () => {
    await released(["ps1", "week 2"], async (tree, [, course]) => {
      const students = { ada: (cell: NotebookCell) => cell, bob: bare };
      for (const assignment of ["ps1", "week 2"]) {
        const given = join(tree, "release", assignment);
        cpSync(given, join(tree, "submitted", "cyd", assignment), { recursive: true });
        for (const [student, change] of Object.entries(students)) {
          const folder = join(tree, "submitted", student, assignment);
          mkdirSync(folder, { recursive: true });
          for (const name of readdirSync(given)) {
            const text = JSON.stringify(solved(read(given, name), change));
            writeFileSync(join(folder, name), text);
          }
        }
      }
      const time = "2026-12-02 10:00:00 UTC";
      writeFileSync(join(tree, "submitted", "ada", "ps1", "timestamp.txt"), time);
      const [book, csv] = [join(tree, "..", "gradebook.sqlite"), join(tree, "..", "grades.csv")];
      const { code, out } = await runCommand(
        ...["grade", tree, "--course", course!, "--gradebook", book, "--format", `nbgrader=${csv}`],
      );
      assert.equal(code, 0, out);
      const [head, ...rows] = parseCsv(readFileSync(csv, "utf8"));
      assert.deepEqual(head, ofPlatforms.nbgrader);
      const scores = rows.map((row) => [row[3], row[0], row[9], row[10]].join(" ")).toSorted();
      const most = manifest
        .filter(({ lesson }) => lesson === "02")
        .reduce((sum, { points }) => sum + points, 0);
      assert.deepEqual(scores, [
        ...["ada ps1 10 10", `ada week 2 ${most} ${most}`],
        ...["bob ps1 10 10", `bob week 2 ${most} ${most}`],
        ...["cyd ps1 0 10", `cyd week 2 0 ${most}`],
      ]);
      const ada = rows.find((row) => row[3] === "ada" && row[0] === "ps1");
      assert.deepEqual(ada!.slice(1, 3), ["2026-12-01 11:00:00", "2026-12-02 10:00:00"]);
    });
  });
});

const NBGRADER = inPack("test", "grader", "class", "release", ".venv", "bin");

/** Runs a program of nbgrader's environment in a course's folder. */
function inNbgrader(folder: string, program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(join(NBGRADER, program), args, {
    ...{ cwd: folder, encoding: "utf8", timeout: 60_000 },
    env: {
      ...process.env,
      ...{ PATH: `${NBGRADER}${delimiter}${process.env["PATH"]}`, PYTHONNOUSERSITE: "1" },
      ...{ JUPYTER_CONFIG_DIR: folder, JUPYTER_DATA_DIR: folder, JUPYTER_NO_CONFIG: "1" },
    },
  });
  assert.equal(status, 0, stdout + stderr);
  return stdout;
}

/** What nbgrader says of each graded cell: untouched, and with something written. */
const DETERMINE = `
import json, sys, nbformat
from nbgrader.utils import determine_grade, is_grade
from nbgrader.nbgraderformat import MetadataValidator
said = []
for file in sys.argv[1:]:
    notebook = nbformat.read(file, as_version=4)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    for cell in filter(is_grade, notebook.cells):
        untouched = determine_grade(cell)
        cell.source += "\\n// mine"
        said.append([untouched, determine_grade(cell)])
print(json.dumps(said))
`;

describe("nbgrader itself", function () {
  this.timeout(240_000);

  before(function () {
    const mend = "node test/grader/class/release/setup.mjs";
    requireOrSkip(this, "nbgrader", existsSync(join(NBGRADER, "nbgrader")), mend);
  });

  it("makes of source/ what stands in release/, also where an instructor wrote a solution into it, and exports our columns", async () => {
    await released(["ps1", "week 2"], (tree) => {
      const ours = join(tree, "..", "ours");
      cpSync(join(tree, "release"), ours, { recursive: true });
      const kept = join(tree, "source", "ps1", "oneHot.ipynb");
      const source = readFileSync(kept, "utf8");
      const withSolution = source.replace("// ### END SOLUTION", 'const mine = 1;\\n",\n"$&');
      assert.notEqual(withSolution, source);
      writeFileSync(kept, withSolution);
      inNbgrader(tree, "nbgrader", "generate_assignment", "--assignment", "*", "--force");
      for (const path of notebooksIn(ours))
        assert.deepEqual(read(tree, "release", path), read(ours, path), path);

      inNbgrader(tree, "nbgrader", "db", "student", "add", "ada");
      inNbgrader(tree, "nbgrader", "export", "--to", "grades.csv");
      const [head, ...rows] = parseCsv(readFileSync(join(tree, "grades.csv"), "utf8"));
      assert.deepEqual(head, ofPlatforms.nbgrader);
      assert.deepEqual(
        Number(rows.find((row) => row[0] === "ps1")![10]),
        10,
        "the course's points",
      );
    });
  });

  it("knows a cell that nothing was written in by its checksum, and gives no points by itself to another", async () => {
    await released(["ps1"], (tree) => {
      const files = notebooksIn(join(tree, "release")).map((path) => join("release", path));
      const said = inNbgrader(tree, "python", "-c", DETERMINE, ...files);
      assert.deepEqual(JSON.parse(said), [
        [
          [0, 3.33],
          [null, 3.33],
        ],
        [
          [0, 6.67],
          [null, 6.67],
        ],
      ]);
    });
  });
});

function notebooksIn(folder: string): readonly string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((path) =>
    path.endsWith(".ipynb"),
  );
}
