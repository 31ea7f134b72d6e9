import assert from "node:assert/strict";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, it } from "mocha";
import { manifest } from "../../exercises/manifest.js";
import { lessonFiles, type Notebook } from "../../grader/notebook/lessonCells.js";
import { requireOrSkip } from "../requirements.js";
import { copyProject, remove, root, start, type Ended, type Running, unrolled } from "./project.js";
import { canUnplug, mendUnplug, unplugged } from "./unplugged.js";

describe("npm start", function () {
  this.timeout(120_000);
  let project: string;
  let home: string;

  before(async function () {
    requireOrSkip(
      this,
      "JupyterLab and the kernel in .venv",
      existsSync(join(root, ".venv", ".installed-kernel")),
      "npx unrolled setup",
    );
    project = copyProject("all");
    home = join(project, "home");
    mkdirSync(home);
    // The environment notices that it was moved; pip, which then looks at it, has caches of its own.
    const { code, stderr } = await unrolled(project, ["setup"], { PIP_NO_INDEX: "1" });
    assert.equal(code, 0, stderr);
  });
  after(() => {
    if (project !== undefined) remove(project);
  });

  const startLessons = (prefix: readonly string[] = [], env: object = {}): Running => {
    const command = [...prefix, process.execPath, join(project, "bin", "unrolled.mjs"), "start"];
    const [program, ...args] = [...command, "--no-browser"];
    return start(program!, args, { cwd: project, env: { HOME: home, ...env } });
  };
  const address = async (running: Running): Promise<string> =>
    (await running.line(/JupyterLab is ready: (\S+)/))[1]!;
  const interrupt = async (running: Running): Promise<Ended> => {
    running.process.kill("SIGINT");
    return running.ended;
  };

  it("prints the address of a JupyterLab that answers, and ends with Ctrl-C", async () => {
    const running = startLessons();
    const url = await address(running);
    const page = await fetch(url);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /JupyterLab/);
    const without = await fetch(url.replace(/\?token=.*/, ""), { redirect: "manual" });
    assert.equal(without.status, 302, "without the token nobody gets in");
    const kernels = (await (
      await fetch(new URL(`/api/kernelspecs${new URL(url).search}`, url))
    ).json()) as { default: string };
    assert.equal(kernels.default, "tslab");

    // Saving signs a notebook, in a database that Jupyter keeps for its user.
    const token = new URL(url).search;
    const place = new URL(`/api/contents/copy.ipynb${token}`, url);
    const notebook = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    const body = JSON.stringify({ type: "notebook", content: notebook });
    assert.equal((await fetch(place, { method: "PUT", body })).status, 201);

    const second = await startLessons().ended;
    assert.equal(second.code, 0);
    assert.match(second.stdout, /JupyterLab runs already/);

    const { code, stdout } = await interrupt(running);
    assert.equal(code, 0);
    assert.match(stdout, /JupyterLab has ended/);
    await assert.rejects(fetch(url), "nothing listens any more");
  });

  it("starts within seconds when everything is set up, and installs nothing", async () => {
    const running = startLessons();
    const started = Date.now();
    await address(running);
    assert.ok(Date.now() - started < 30_000);
    const { stderr } = await interrupt(running);
    assert.doesNotMatch(stderr, /Installing npm|Building|Registering/);
  });

  it("Ctrl-C while JupyterLab starts leaves nothing behind", async function () {
    requireOrSkip(this, "a list of processes in /proc", existsSync("/proc/self"), "use Linux");
    const servers = (): string[] =>
      readdirSync("/proc").filter((id) => {
        try {
          const args = readFileSync(`/proc/${id}/cmdline`, "utf8");
          return args.includes(join(project, ".venv")) && args.includes("jupyterlab");
        } catch {
          return false; // no process, or one that has ended
        }
      });
    const running = startLessons();
    while (servers().length === 0) await sleep(20);
    const { code, stdout } = await interrupt(running);
    assert.equal(code, 0);
    assert.match(stdout, /JupyterLab was ended before it was ready/);
    assert.deepEqual(servers(), []);
  });

  it("compiles the lessons' cells ahead, before a kernel runs them", async () => {
    const kept = join(project, "kept");
    const running = startLessons([], { UNROLLED_COMPILED_CELLS: kept });
    await address(running);
    const cells = lessonFiles()
      .flatMap((file) => (JSON.parse(readFileSync(file, "utf8")) as Notebook).cells)
      .filter(({ cell_type }) => cell_type === "code");
    const count = (): number =>
      existsSync(kept) ? readdirSync(kept).filter((name) => name.endsWith(".json")).length : 0;
    const patience = Date.now() + 90_000;
    while (count() < cells.length && Date.now() < patience) await sleep(200);
    await interrupt(running);
    assert.equal(count(), cells.length);
  });

  it("copies every lesson, the two pages they link to, and every starter to my-work/, and leaves the learner's changes alone", async () => {
    const work = join(project, "my-work");
    const record = readFileSync(join(work, ".unrolled", "copied.json"), "utf8");
    const copies = Object.keys(JSON.parse(record) as object);
    const lessons = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));
    for (const page of ["glossary.md", "notation.md"])
      assert.ok(copies.includes(join("notebooks", page)), page);
    assert.equal(copies.length, lessons.length + 2 + manifest.length);
    for (const copy of copies) assert.ok(existsSync(join(work, copy)), copy);

    const mine = join(work, copies[0]!);
    appendFileSync(mine, "\n");
    const before = readFileSync(mine);
    const running = startLessons();
    await address(running);
    await interrupt(running);
    assert.deepEqual(readFileSync(mine), before);
  });

  it("touches nothing outside the project: the home folder stays empty", () => {
    assert.deepEqual(readdirSync(home), []);
    assert.equal(
      statSync(join(project, "my-work", ".unrolled", "jupyter", "runtime")).mode & 0o077,
      0,
    );
  });

  it("works with the network unplugged", async function () {
    requireOrSkip(this, "unshare with a network of its own", canUnplug(), mendUnplug);
    const inside = `
      const answer = await fetch(process.argv[1]);
      const outside = await fetch("https://example.org").then(() => "reached", () => "unplugged");
      console.log(answer.status, outside);
    `;
    // The address can be reached from inside the namespace only.
    const script = `
      "$0" "$1" start --no-browser & pid=$!
      until url=$(grep -o 'http://[^" ]*lab[^" ]*token=[a-z0-9]*' "$2" | head -n 1) && [ -n "$url" ]; do
        kill -0 $pid || exit 9
        sleep 0.2
      done
      "$0" --input-type=module -e "$3" "$url"
      kill -INT $pid
      wait $pid
    `;
    const log = join(project, "my-work", ".unrolled", "jupyter", "jupyterlab.log");
    const args = [process.execPath, join(project, "bin", "unrolled.mjs"), log, inside];
    const { code, stdout, stderr } = await start(
      "unshare",
      [...unplugged, "sh", "-c", `: > "$2"; ${script}`, ...args],
      { cwd: project, env: { HOME: home } },
    ).ended;
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^200 unplugged$/m);
  });
});
