/** What other platforms run: Gradescope's zip as its container runs it, and GitHub's workflow by GitHub's own parser. */
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inPack } from "#common/pack-root";
import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import { main } from "../../../../grader/cli.js";
import { parseCourse } from "../../../../grader/class/course/courseFile.js";
import { githubWorkflow } from "../../../../grader/class/formats/githubWorkflow.js";
import { inFolder, sandboxOrSkip } from "../../sandbox/box.js";

/** Unpacks as another program would: files with the permissions that the zip gives them. */
async function unzip(zip: Buffer, folder: string): Promise<readonly string[]> {
  const archive = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true }, (error, opened) => {
      if (error === null) resolve(opened);
      else reject(error);
    });
  });
  const names: string[] = [];
  archive.readEntry();
  await new Promise<void>((resolve, reject) => {
    archive.on("error", reject);
    archive.on("end", resolve);
    archive.on("entry", (entry: Entry) => {
      names.push(entry.fileName);
      archive.openReadStream(entry, (error, stream) => {
        if (error !== null) {
          reject(error);
          return;
        }
        const file = join(folder, entry.fileName);
        const mode = (entry.externalFileAttributes >>> 16) & 0o777;
        stream
          .toArray()
          .then(async (pieces: unknown[]) => {
            await mkdir(dirname(file), { recursive: true });
            await writeFile(file, Buffer.concat(pieces as Buffer[]));
            if (mode !== 0) await chmod(file, mode);
            archive.readEntry();
          })
          .catch(reject);
      });
    });
  });
  return names;
}

describe("the autograder for Gradescope", function () {
  this.timeout(60_000);

  before(async function () {
    await (await sandboxOrSkip(this)).close();
  });

  it("grades a hand-in where the platform unpacks it, with the pack's own files alone", async () => {
    await inFolder({}, async (folder) => {
      const zip = join(folder, "autograder.zip");
      const args = ["autograder", "gradescope", zip, "--assignment", "it's ps1"];
      assert.equal(await main([...args, "--exercises", "oneHot,padBatch", "--seed", "7"]), 0);
      const names = await unzip(await readFile(zip), join(folder, "source"));
      assert.ok(names.includes("setup.sh") && names.includes("run_autograder"));
      assert.deepEqual(
        names.filter((name) =>
          /exercises\/\w+\/(solution|honest)\.|\.test\.|\.ipynb|\.map$/.test(name),
        ),
        [],
      );
      const check = spawnSync("bash", ["-n", join(folder, "source/setup.sh")], {
        encoding: "utf8",
      });
      assert.equal(check.stderr, "");
      await symlink(inPack("node_modules"), join(folder, "source/unrolled/node_modules"));
      await mkdir(join(folder, "submission"));
      const solution = await readFile(inPack("exercises/oneHot/solution.ts"), "utf8");
      await writeFile(join(folder, "submission/mine.ts"), solution);
      const { stderr } = spawnSync(join(folder, "source/run_autograder"), [], {
        encoding: "utf8",
        env: { ...process.env, AUTOGRADER: folder },
      });
      const { tests } = JSON.parse(
        await readFile(join(folder, "results/results.json"), "utf8"),
      ) as { tests: readonly { name: string; status: string; score: number }[] };
      assert.deepEqual(
        tests.map(({ name, status, score }) => [name.split(":")[0], status, score > 0]),
        [
          ["oneHot", "passed", true],
          ["padBatch", "failed", false],
        ],
        stderr,
      );
    });
  });
});

describe("an autograder of a course's assignment", function () {
  this.timeout(60_000);
  const COURSE = `course: RNNs
timeZone: Europe/Berlin
roster: roster.csv
assignments:
  - name: ps1
    exercises: { oneHot: 3, padBatch: 1 }
    points: 8
    due: 2026-12-01 23:59
    extensions: { zebra: 2026-12-05 23:59 }
    cases: { oneHot: [{ name: fifty letters, size: { n_x: 50, m: 9 } }] }
`;

  it("has its exercises, points and cases for Gradescope, and nobody's name", async () => {
    await inFolder({ "course.yaml": COURSE }, async (folder) => {
      const [zip, course] = [join(folder, "a.zip"), join(folder, "course.yaml")];
      const args = ["autograder", "gradescope", zip, "--course", course];
      assert.equal(await main([...args, "--assignment", "ps1"]), 0);
      await unzip(await readFile(zip), join(folder, "source"));
      const script = await readFile(join(folder, "source/run_autograder"), "utf8");
      assert.match(
        script,
        /--exercises 'oneHot,padBatch' .*--course "\$root\/source\/course.yaml"/,
      );
      const own = await readFile(join(folder, "source/course.yaml"), "utf8");
      assert.doesNotMatch(own, /zebra|roster|due/);
      const [assignment] = parseCourse(own, "course.yaml").assignments;
      assert.deepEqual(
        assignment!.exercises.map(({ id, points }) => [id, points]),
        [
          ["oneHot", 6],
          ["padBatch", 2],
        ],
      );
      assert.equal(assignment!.exercises[0]!.cases.at(-1)!.name, "fifty letters");
      assert.equal(await main([...args, "--assignment", "ps2"]), 2);
      assert.equal(await main([...args, "--assignment", "ps1", "--exercises", "shapeOf"]), 2);
    });
  });

  it("has no case of the teacher's in what students can read", async () => {
    await inFolder({ "course.yaml": COURSE }, async (folder) => {
      const file = join(folder, "classroom.yml");
      const args = ["autograder", "github", file, "--repository", "some/pack"];
      args.push("--assignment", "ps1", "--course", join(folder, "course.yaml"));
      assert.equal(await main(args), 0);
      const content = await readFile(file, "utf8");
      assert.deepEqual(parsed(content), { errors: [], steps: 6 });
      assert.match(content, /padBatch: 1/);
      assert.doesNotMatch(content, /fifty|zebra/);
    });
  });
});

/** The package imports JSON in a way that only bundlers know; this makes Node know it too. */
const JSON_HOOK = `data:text/javascript,${encodeURIComponent(`export const load = (url, context, next) =>
  next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context);`)}`;

const PARSE = `import { register } from "node:module";
  import { readFileSync } from "node:fs";
  register(${JSON.stringify(JSON_HOOK)});
  const it = await import("@actions/workflow-parser");
  const file = { name: "classroom.yml", content: readFileSync(0, "utf8") };
  const { context, value } = it.parseWorkflow(file, new it.NoOperationTraceWriter());
  const errors = context.errors.getErrors().map(({ message }) => message);
  const { jobs = [] } = value === undefined ? {} : await it.convertWorkflowTemplate(context, value);
  console.log(JSON.stringify({ errors, steps: jobs[0]?.steps?.length }));`;

/** What GitHub's parser says of a workflow. */
function parsed(content: string): { readonly errors: readonly string[]; readonly steps?: number } {
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", PARSE], {
    ...{ cwd: inPack("."), encoding: "utf8", input: content },
  });
  assert.notEqual(stdout, "", stderr);
  return JSON.parse(stdout) as { errors: string[]; steps?: number };
}

describe("the workflow for GitHub Classroom", function () {
  this.timeout(30_000);
  const settings = { assignment: "ps1", exercises: ["oneHot"], seed: 7, repository: "some/pack" };

  it("is one to GitHub's own parser, whatever the assignment is called (@actions/workflow-parser)", () => {
    for (const assignment of ["ps1", `week 1: "x" 'y' $(id) # & \n- a`]) {
      const content = githubWorkflow({ ...settings, assignment, ref: "v1.0.0" });
      assert.deepEqual(parsed(content), { errors: [], steps: 6 });
    }
    const content = githubWorkflow({ ...settings, ref: "v1.0.0" });
    assert.notDeepEqual(parsed(content.replace("runs-on", "runs")).errors, []);
  });

  it("holds no name that GitHub would replace", () => {
    const assignment = "${{ secrets.A }}";
    assert.throws(() => githubWorkflow({ ...settings, assignment, ref: "c" }), /\$\{\{/);
  });
});
