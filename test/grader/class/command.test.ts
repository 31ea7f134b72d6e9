import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, statSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inPack, packRoot } from "#common/pack-root";
import { manifest } from "../../../exercises/manifest.js";
import type { RunReport } from "../../../grader/class/runReport.js";
import { assemble } from "../../../grader/sandbox/bpf.js";
import { underFilter } from "../../../grader/sandbox/otherUser.js";
import { findCommand } from "../../../grader/sandbox/runtime.js";
import { requireOrSkip } from "../../requirements.js";
import { inFolder, sandboxOrSkip } from "../sandbox/box.js";

/** The command as it is called from a terminal. */
function grade(
  folder: string,
  args: readonly string[],
  options: {
    readonly env?: NodeJS.ProcessEnv;
    readonly as?: readonly string[];
    readonly command?: string;
    /** Open for the program as its file 3. */
    readonly filter?: number;
  } = {},
): { readonly code: number | null; readonly out: string; readonly err: string } {
  const program = `import { main } from ${JSON.stringify(inPack("dist/grader/cli.js"))};
    process.exitCode = await main(process.argv.slice(1));`;
  const [command, ...before] = [...(options.as ?? []), process.execPath];
  const { status, stdout, stderr } = spawnSync(
    command!,
    [...before, "--input-type=module", "-e", program, "--", options.command ?? "grade", ...args],
    {
      ...{ cwd: folder, encoding: "utf8", env: { ...process.env, ...options.env } },
      stdio: ["ignore", "pipe", "pipe", ...(options.filter === undefined ? [] : [options.filter])],
    },
  );
  return { code: status, out: stdout, err: stderr };
}

/** A filter as containers have it: no namespaces. */
function withoutNamespaces(): Uint8Array {
  const [unshare, clone] = process.arch === "arm64" ? [97, 220] : [272, 56];
  const NEW_USER = 0x10000000;
  return assemble([
    { load: 0 },
    { ifEqual: unshare, then: "refuse" },
    { ifEqual: 435, then: "unknown" },
    { ifEqual: clone, then: "clone" },
    { give: 0x7fff0000 },
    { label: "clone" },
    { load: 16 },
    { and: NEW_USER },
    { ifEqual: NEW_USER, then: "refuse" },
    { give: 0x7fff0000 },
    { label: "refuse" },
    { give: 0x00050001 },
    { label: "unknown" },
    { give: 0x00050026 },
  ]);
}

/** The command that runs another as the user nobody, where we may and nobody can read the pack. */
const NOBODY = asNobody();

function asNobody(): readonly string[] | undefined {
  const setpriv = findCommand("setpriv");
  if (process.getuid?.() !== 0 || setpriv === undefined) return undefined;
  const as = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"];
  const cli = inPack("dist/grader/cli.js");
  const { status } = spawnSync(as[0]!, [...as.slice(1), "test", "-r", cli]);
  return status === 0 ? as : undefined;
}

const WRITTEN = "export function rnnCellForward() { return null; }\n";

describe("unrolled grade", function () {
  this.timeout(30_000);

  before(async function () {
    await (await sandboxOrSkip(this)).close();
  });

  async function inClass(use: (folder: string) => Promise<void>): Promise<void> {
    await inFolder({}, async (folder) => {
      for (const student of ["ada", "=bob"]) {
        await mkdir(join(folder, "ps1", student), { recursive: true });
        await writeFile(join(folder, "ps1", student, "a.ts"), WRITTEN);
      }
      await use(folder);
    });
  }

  it("writes gradebook, table and reports, and ends with 0", async () => {
    await inClass(async (folder) => {
      const args = ["ps1", "--report", "out/report", "--csv", "out/grades.csv", "--seed", "5"];
      const { code, out, err } = grade(folder, args);
      assert.equal(code, 0, err);
      assert.match(out, /2 graded in .*Seed: ps1 5\./);
      assert.match(err, /1\/2 .*\n2\/2 /);
      assert.ok(existsSync(join(folder, "gradebook.sqlite")));
      const table = await readFile(join(folder, "out/grades.csv"), "utf8");
      assert.match(table, /^\uFEFFstudent,assignment,score,max_score,/);
      assert.match(table, /^'=bob,ps1,/m);
      assert.equal((await readdir(join(folder, "out/report/students"))).length, 2);
      const again = grade(folder, ["ps1"]);
      assert.match(again.out, /0 graded in .*, 2 unchanged since the last run\. Seed: ps1 5\./);
    });
  });

  it("grades one student's own folder, chosen exercises, into other systems' formats", async () => {
    await inClass(async (folder) => {
      const args = ["ps1/ada", "--student", "ada l.", "--assignment", "week 2"];
      args.push("--exercises", "rnnCellForward,oneHot", "--format", "gradescope=out/results.json");
      args.push("--format", "junit=out/junit.xml", "--format", "github-annotations=-");
      const { code, out, err } = grade(folder, args);
      assert.equal(code, 0, err);
      const results = await readFile(join(folder, "out/results.json"), "utf8");
      const { tests } = JSON.parse(results) as { tests: readonly { name: string }[] };
      assert.deepEqual(
        tests.map(({ name }) => name.split(":")[0]),
        ["oneHot", "rnnCellForward"],
      );
      assert.doesNotMatch(results, /has not come to its end/);
      assert.match(await readFile(join(folder, "out/junit.xml"), "utf8"), /name="ada l.: week 2"/);
      assert.match(out, /^::error file=a\.ts,title=rnnCellForward/m);
    });
  });

  it("grades by a course: its exercises and points, what nbgrader's timestamp says of being late", async () => {
    await inFolder({}, async (folder) => {
      const home = join(folder, "submitted/ada/ps1");
      await mkdir(home, { recursive: true });
      await writeFile(join(home, "a.ts"), await readFile(inPack("exercises/oneHot/solution.ts")));
      await writeFile(join(home, "timestamp.txt"), "2026-12-02 10:00:00.123456 UTC\n");
      const course = `course: RNNs\ntimeZone: UTC\nassignments:
  - { name: ps1, exercises: [oneHot], points: 7, due: 2026-12-01 12:00, late: { perDay: 0.5 } }\n`;
      await writeFile(join(folder, "course.yaml"), course);
      const { code, out, err } = grade(folder, ["."]);
      assert.equal(code, 0, err);
      assert.match(out, /ada +3\.5 of 7 +1 of 1 exercises pass +1 day late: 3\.5 points less/);
      const list = grade(folder, ["list"], { command: "gradebook" });
      assert.match(list.out, /^ada +3\.5 late +50\.0%$/m);
      const stamp = join(folder, "submitted/bob/ps1/timestamp.txt");
      await mkdir(join(folder, "submitted/bob/ps1"), { recursive: true });
      await writeFile(stamp, "2026-12-02 10:00:00 CST\n");
      const unread = grade(folder, ["."]).out;
      assert.match(unread, /^bob: .*bob\/ps1\/timestamp\.txt could not be read: "CST" is no/m);
      assert.doesNotMatch(unread, /nobody says/);
      await writeFile(join(folder, "course.yaml"), course.replace("ps1", "ps2"));
      const other = grade(folder, ["."]);
      assert.equal(other.code, 2);
      assert.match(other.err, /no assignment "ps1": did you mean "ps2"\?/);
      const noTime = grade(folder, [".", "--submitted-at", "yesterday"]);
      assert.match(noTime.err, /"yesterday" is no time: expected such as/);
    });
  });

  it("tells of a teacher's own cases no more than how many pass", async () => {
    await inFolder({}, async (folder) => {
      await mkdir(join(folder, "ps1/ada"), { recursive: true });
      const cases = "cases: { oneHot: [{ name: secret, size: { n_x: 50, m: 9 } }] }";
      await writeFile(
        join(folder, "course.yaml"),
        `course: RNNs\ntimeZone: UTC\nassignments: [{ name: ps1, exercises: [oneHot], points: 7, ${cases} }]\n`,
      );
      await writeFile(
        join(folder, "ps1/ada/a.ts"),
        `import { Mat } from "unrolled";
export function oneHot(indices: number[], n_x: number): Mat {
  console.log("asked", JSON.stringify(indices));
  return Mat.build(n_x, indices.length, (k, i) => (indices[i] === k && n_x < 50 ? 1 : 0));
}
`,
      );
      const withOwn = grade(folder, ["ps1", "--report", "feedback", "--format", "junit=junit.xml"]);
      assert.match(withOwn.out, /ada +[0-6]\.\d of 7 +0 of 1 exercises pass/);
      const [page] = await readdir(join(folder, "feedback/students"));
      const told = await readFile(join(folder, "feedback/students", page!), "utf8");
      assert.match(told, /1 held-back case</);
      const wrote = /secret|asked \[/; // the page has the student's own code, with "asked" in it
      assert.doesNotMatch(told, wrote);
      assert.doesNotMatch(await readFile(join(folder, "junit.xml"), "utf8"), wrote);
      const chosen = grade(folder, ["ps1", "--exercises", "oneHot", "--gradebook", "other.sqlite"]);
      assert.match(chosen.out, /ada +[0-6]\.\d of 7 +0 of 1 exercises pass/, "the cases stay");
      const none = grade(folder, ["ps1", "--exercises", "padBatch"]);
      assert.match(none.err, /ps1 has no exercise padBatch in the course; expected of oneHot/);
    });
  });

  it("grades the archive that a platform saved, of a class or of one student", async () => {
    await inClass(async (folder) => {
      const packed = spawnSync("tar", ["-czf", "ps1.tar.gz", "ps1"], { cwd: folder });
      assert.equal(packed.status, 0, String(packed.stderr));
      const class_ = grade(folder, ["ps1.tar.gz", "--exercises", "rnnCellForward"]);
      assert.match(class_.out, /ada .*0 of 1 exercises pass/);
      assert.match(class_.out, /=bob .*0 of 1 exercises pass/);
      const again = grade(folder, ["ps1", "--exercises", "rnnCellForward"]);
      assert.match(again.out, /^0 graded in .*, 2 unchanged since the last run/m);
    });
  });

  it("leaves Gradescope a whole file, also when its time is up or there is no sandbox", async () => {
    await inClass(async (folder) => {
      const loop = "export function oneHot() { for (;;); }\n";
      await writeFile(join(folder, "ps1", "ada", "a.ts"), loop);
      const args = ["ps1/ada", "--student", "ada", "--format", "gradescope=results.json"];
      for (const [more, env, expected] of [
        [["--deadline", "1"], {}, 1],
        [[], { PATH: folder }, 3],
      ] as const) {
        const { code, err } = grade(folder, [...args, ...more], { env });
        assert.equal(code, expected, err);
        const results = await readFile(join(folder, "results.json"), "utf8");
        assert.match(results, /has not come to its end/);
        assert.equal((JSON.parse(results) as { tests: unknown[] }).tests.length, manifest.length);
        await rm(join(folder, "results.json"));
      }
    });
  });

  it("ends with 2 for wrong usage and for a folder without hand-ins", async () => {
    await inFolder({}, (folder) => {
      for (const args of [["nowhere"], ["."], [], [".", "--workers", "0"], [".", "--seed", "x"]]) {
        const { code, err } = grade(folder, args);
        assert.equal(code, 2, args.join(" "));
        assert.doesNotMatch(err, /\n\s+at /, "no stack trace for a user's mistake");
      }
      return Promise.resolve();
    });
  });

  it("names the nearest format and exercise for one that there is none of", () => {
    for (const [args, words] of [
      [["--format", "junitt=x"], /no format "junitt"; did you mean junit\?/],
      [["--format", "junit"], /expected junit=FILE/],
      [["--exercises", "oneHott"], /did you mean "oneHot"\?/],
    ] as const) {
      const { code, err } = grade(".", [".", ...args]);
      assert.equal(code, 2);
      assert.match(err, words);
    }
  });

  it("ends with 2 for a database that is none, and never repeats its password", () => {
    for (const [command, args, words] of [
      ["worker", ["--database", "mysql://me:secret@x/y"], /expected postgres:\S+, got mysql:\/\/…/],
      ["gradebook", ["list", "--database", "mysql://me:secret@x/y"], /got mysql:\/\/…/],
      ["grade", [".", "--database", "class"], /DATABASE; a file is named with --gradebook/],
    ] as const) {
      const { code, err } = grade(".", args, { command });
      assert.equal(code, 2, err);
      assert.match(err, words, command);
      assert.doesNotMatch(err, /secret/);
    }
    const { code, err } = grade(".", ["--commit", "--gradebook", inPack("no.sqlite")], {
      command: "regrade",
    });
    assert.equal(code, 2, err);
  });

  it("prints one JSON document where that is asked for, and nothing else", async () => {
    await inClass(async (folder) => {
      const args = ["ps1", "--json", "--exercises", "rnnCellForward", "--csv", "out/grades.csv"];
      const { code, out, err } = grade(folder, args);
      assert.equal(code, 0, err);
      const said = JSON.parse(out) as RunReport;
      assert.deepEqual(
        said.students.map(({ student, assignment }) => [student, assignment]),
        [
          ["=bob", "ps1"],
          ["ada", "ps1"],
        ],
      );
      const [first] = said.students;
      assert.deepEqual(Object.keys(first!.exercises[0]!), [
        ...["exercise", "status", "passed", "total", "score", "points"],
      ]);
      assert.deepEqual(said.counts.handIns, 2);
      assert.deepEqual([said.counts.graded, said.counts.failed, said.exitCode], [2, 0, 0]);
      assert.deepEqual(said.files, [{ format: "csv", file: "out/grades.csv" }]);
      assert.match(err, /2\/2 /, "progress is told beside it");
      const quiet = grade(folder, ["ps1", "--quiet", "--exercises", "rnnCellForward"]);
      assert.deepEqual([quiet.code, quiet.out, quiet.err], [0, "", ""]);
      const both = grade(folder, ["ps1", "--json", "--format", "junit=-"]);
      assert.equal(both.code, 2);
      assert.match(both.err, /--json and a format to - both print/);
    });
  });

  it("refuses a format before it grades where it can be known, and writes all others where one fails", async () => {
    await inClass(async (folder) => {
      const worksheet = ["ps1", "--format", "junit=a.xml", "--format", "moodle-worksheet=b.csv"];
      const early = grade(folder, worksheet);
      assert.equal(early.code, 2);
      assert.match(early.err, /moodle-worksheet: .* has no participant's number/);
      assert.deepEqual(await readdir(folder), ["ps1"], "nothing was graded");
      assert.match(grade(folder, ["ps1", "--format", "tap=ps1"]).err, /tap: ps1 is a folder/);
      const late = ["--format", "junit=ps1/ada/a.ts/x.xml", "--format", "tap=out/class.tap"];
      const args = ["ps1", "--exercises", "rnnCellForward", ...late, "--report", "out/report"];
      const { code, out, err } = grade(folder, args);
      assert.equal(code, 2, err);
      assert.match(err, /ps1\/ada\/a\.ts\/x\.xml can't be written: E/);
      assert.match(out, /^tap: out\/class\.tap$/m);
      assert.match(out, /^Report: /m);
      assert.match(await readFile(join(folder, "out/class.tap"), "utf8"), /^TAP version 14/);
    });
  });

  it("ends with 3 where there is no sandbox, names the command that mends it, and grades nothing", async () => {
    await inClass(async (folder) => {
      const { code, err } = grade(folder, ["ps1"], { env: { PATH: folder } });
      assert.equal(code, 3);
      assert.match(err, /apt-get install .*bubblewrap.*--accept-weaker-sandbox/);
      assert.deepEqual(await readdir(folder), ["ps1"]);
    });
  });

  it("goes on without bubblewrap only when told to, and says so", async () => {
    await inClass(async (folder) => {
      const bin = join(folder, ".bin");
      await mkdir(bin);
      await writeFile(join(bin, "prlimit"), `#!/bin/sh\nexec ${findCommand("prlimit")!} "$@"\n`);
      await chmod(join(bin, "prlimit"), 0o755);
      const env = { PATH: bin };
      assert.equal(grade(folder, ["ps1"], { env }).code, 3);
      const { code, out, err } = grade(folder, ["ps1", "--accept-weaker-sandbox"], { env });
      assert.equal(code, 0, err);
      assert.match(err, /a weaker sandbox is in use/);
      assert.match(out, /2 graded/);
    });
  });

  it("ends with 2 where the gradebook's place is none, and leaves nothing half-written", async () => {
    await inClass(async (folder) => {
      const { code, err } = grade(folder, ["ps1", "--gradebook", "no/such/folder/grades.sqlite"]);
      assert.equal(code, 2);
      assert.match(err, /^gradebook: .* can't be opened: /m);
      assert.deepEqual(await readdir(folder), ["ps1"]);
    });
  });

  it("runs student code as another user where namespaces are forbidden, if its own files are closed", async function () {
    this.timeout(60_000);
    requireOrSkip(this, "root's rights", process.getuid?.() === 0, "sudo npm test");
    await inClass(async (folder) => {
      const filter = join(folder, "filter.bpf");
      await writeFile(filter, withoutNamespaces());
      const under = underFilter({ perl: findCommand("perl")! }, []);
      const here = (): ReturnType<typeof grade> => {
        const descriptor = openSync(filter, "r");
        try {
          return grade(folder, ["ps1"], { as: under, filter: descriptor });
        } finally {
          closeSync(descriptor);
        }
      };
      const { mode } = statSync(packRoot);
      try {
        await chmod(packRoot, 0o755);
        const open = here();
        assert.equal(open.code, 3);
        assert.match(
          open.err,
          /forbids user namespaces.*every user of this machine can read .*chmod 700/,
        );
        await chmod(packRoot, 0o700);
        const closed = here();
        assert.equal(closed.code, 0, closed.err);
        assert.match(
          closed.err,
          /^grade: bubblewrap does not work here; student code runs as another user/m,
        );
        assert.match(closed.out, /2 graded/);
        await chmod(folder, 0o755);
        assert.match(here().err, /every user of this machine can read .*\/ps1/);
      } finally {
        await chmod(packRoot, mode & 0o777);
      }
    });
  });

  // Where the tests themselves run as an ordinary user, all of the above has shown it.
  if (NOBODY !== undefined) {
    it("works for an ordinary user too", async () => {
      await inClass(async (folder) => {
        await chmod(folder, 0o777);
        const { code, out, err } = grade(folder, ["ps1"], { as: NOBODY, env: { HOME: folder } });
        assert.equal(code, 0, err);
        assert.match(out, /2 graded/);
      });
    });
  }
});
