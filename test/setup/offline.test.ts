import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { exerciseFileName } from "#common/exercise-file";
import { manifest } from "../../exercises/manifest.js";
import { writeSolutions } from "../grader/solutions.js";
import { requireOrSkip } from "../requirements.js";
import { remove, root, start, type Ended } from "./project.js";
import { canUnplug, mendUnplug, unplugged } from "./unplugged.js";

// npm start is tried in the same way in start.test.ts.
describe("with the network unplugged", function () {
  this.timeout(180_000);
  let folder: string;

  before(function () {
    requireOrSkip(this, "unshare with a network of its own", canUnplug(), mendUnplug);
    folder = mkdtempSync(join(tmpdir(), "unrolled-offline-"));
    mkdirSync(join(folder, "my-work", "exercises"), { recursive: true });
  });
  after(() => {
    if (folder !== undefined) remove(folder);
  });

  const offline = (
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Ended> =>
    start("unshare", [...unplugged, program, ...args], { cwd: folder, env }).ended;
  const command = (...args: readonly string[]): Promise<Ended> =>
    offline(process.execPath, [join(root, "bin", "unrolled.mjs"), ...args]);

  it("there really is no network", async () => {
    const { stdout } = await offline(process.execPath, [
      "-e",
      'fetch("https://example.org").then(() => console.log("reached"), () => console.log("unplugged"))',
    ]);
    assert.equal(stdout, "unplugged\n");
  });

  it("a lesson runs to its end without an error, and shows its charts", async function () {
    requireOrSkip(
      this,
      "JupyterLab and the kernel in .venv",
      existsSync(join(root, ".venv", ".installed-kernel")),
      "npx unrolled setup",
    );
    const executed = join(folder, "executed.ipynb");
    const { code, stderr } = await offline(
      join(root, ".venv", "bin", "python"),
      [
        join(root, "test", "notebooks", "execute.py"),
        ...[join(root, "notebooks", "02-the-rnn-cell.ipynb"), executed, "tslab", folder, "120"],
      ],
      { JUPYTER_RUNTIME_DIR: folder },
    );
    assert.equal(code, 0, stderr);
    const outputs = outputsOf(JSON.parse(readFileSync(executed, "utf8")) as Notebook);
    assert.deepEqual(
      outputs.filter(({ output_type }) => output_type === "error"),
      [],
    );
    assert.ok(outputs.some(({ data }) => data?.["application/vnd.vegalite.v5+json"] !== undefined));
  });

  it("learn checks a solution", async () => {
    const place = manifest.findIndex(({ id }) => id === "oneHot");
    const file = exerciseFileName(manifest[place]!, place);
    cpSync(join(root, "exercises", "oneHot", "solution.ts"), join(folder, "my-work", file));
    const { code, stdout, stderr } = await command("check", "oneHot");
    assert.equal(code, 0, stdout + stderr);
    const unsolved = await command("learn");
    assert.equal(unsolved.code, 1);
    assert.match(unsolved.stdout, /Not written yet/);
  });

  it("grade grades a class", async function () {
    requireOrSkip(
      this,
      "bubblewrap",
      (await offline("bwrap", ["--ro-bind", "/", "/", "--unshare-user", "true"])).code === 0,
      "apt-get install bubblewrap (and allow user namespaces)",
    );
    const course = join(folder, "course");
    await writeSolutions(join(course, "ada"));
    mkdirSync(join(course, "late"));
    writeFileSync(join(course, "late", "oneHot.ts"), "export const nothing = 0;\n");
    const table = join(folder, "grades.csv");
    const gradebook = join(folder, "grades.sqlite");
    const { code, stdout, stderr } = await command(
      ...["grade", course, "--gradebook", gradebook, "--csv", table],
    );
    assert.equal(code, 0, stdout + stderr);
    const [header, ada, late] = readFileSync(table, "utf8").split(/\r?\n/);
    assert.match(header!, /^\uFEFFstudent,assignment,score,max_score,/);
    const [, , score, most] = ada!.split(",");
    assert.equal(score, most, "a whole solution gets full marks");
    assert.match(late!, /^late,course,0,/);
  });
});

interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
}
interface Notebook {
  readonly cells: readonly { readonly outputs?: readonly Output[] }[];
}

const outputsOf = ({ cells }: Notebook): readonly Output[] =>
  cells.flatMap(({ outputs }) => outputs ?? []);
