import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { chown, link, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findHandIns, IntakeError } from "../../../../grader/class/intake/handIn.js";
import { Reports } from "../../../../grader/class/report/write.js";
import {
  type HandIn,
  MAX_NOTEBOOK_BYTES,
  MAX_SOURCE_BYTES,
  readHandIn,
} from "../../../../grader/class/intake/readHandIn.js";

describe("intake", () => {
  let root: string;

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), "unrolled-intake-")));
  });
  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  async function put(path: string, text: string | Uint8Array = "export {};\n"): Promise<string> {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  }

  async function readAll(): Promise<ReadonlyMap<string, HandIn>> {
    const places = await findHandIns(root, ["oneHot", "rnnForward"]);
    const handIns = await Promise.all(places.map(readHandIn));
    return new Map(handIns.map((handIn) => [handIn.student, handIn]));
  }

  async function remarksOn(student: string): Promise<string> {
    const handIn = (await readAll()).get(student);
    return (handIn?.remarks ?? []).map(({ file, text }) => `${file}: ${text}`).join("\n");
  }

  it("finds a folder per student, with the files of its subfolders", async () => {
    await put("ada/a.ts");
    await put("ada/more/b.ts");
    await put("ada/.git/c.ts");
    await put("ada/node_modules/d.ts");
    await put("ada/types.d.ts");
    await put("bob/e.ipynb", "{}");
    const class_ = await readAll();
    assert.deepEqual(Array.from(class_.keys()), ["ada", "bob"]);
    assert.deepEqual(
      class_.get("ada")!.files.map(({ path }) => path),
      ["a.ts", "more/b.ts"],
    );
  });

  it("takes no report that was written beside the hand-ins for a student's", async () => {
    await put("ada/a.ts");
    await new Reports(join(root, "report"), []).finish([]);
    await mkdir(join(root, "report", "students"), { recursive: true });
    assert.deepEqual(Array.from((await readAll()).keys()), ["ada"]);
    await put("submitted/ada/ps1/a.ts");
    await rm(join(root, "ada"), { recursive: true });
    assert.deepEqual(Array.from((await readAll()).keys()), ["ada"], "an nbgrader tree too");
    await put("report/a.ts");
    assert.deepEqual(Array.from((await readAll()).keys()), ["report", "submitted"]);
  });

  it("finds an nbgrader tree, from its root and from the folder submitted", async () => {
    await put("submitted/ada/ps1/a.ipynb", "{}");
    await put("submitted/ada/ps2/a.ipynb", "{}");
    for (const folder of [root, join(root, "submitted")]) {
      const places = await findHandIns(folder);
      assert.deepEqual(
        places.map(({ student, assignment }) => [student, assignment]),
        [
          ["ada", "ps1"],
          ["ada", "ps2"],
        ],
      );
    }
  });

  it("reads nbgrader's timestamp as a file that a student may have put there", async () => {
    const outside = await put("outside/timestamp.txt", "2026-12-02 10:00:00.5 UTC");
    await put("submitted/ada/ps1/a.ts");
    await put("submitted/ada/ps1/timestamp.txt", "2026-12-02 10:00:00.123456 UTC\n");
    await put("submitted/bob/ps1/timestamp.txt", "yesterday");
    await put("submitted/cy/ps1/a.ts");
    await symlink(outside, join(root, "submitted/cy/ps1/timestamp.txt"));
    await put("submitted/dee/ps1/timestamp.txt", " ".repeat(10_000));
    await put("submitted/eve/ps1/a.ts");
    root = join(root, "submitted");
    const class_ = await readAll();
    assert.deepEqual(
      Array.from(class_.values(), ({ handedInAt }) => handedInAt),
      ["2026-12-02T10:00:00.123Z", undefined, undefined, undefined, undefined],
    );
    assert.match(
      await remarksOn("bob"),
      /timestamp\.txt: not read: no time as nbgrader writes it, such as 2026/,
    );
    assert.match(await remarksOn("cy"), /timestamp\.txt: not read: a link/);
    assert.match(await remarksOn("dee"), /timestamp\.txt: not read: 10000 bytes/);
    assert.doesNotMatch(await remarksOn("eve"), /timestamp/);
    root = dirname(root);
  });

  it("finds loose files by the student's name before the exercise's", async () => {
    await put("ada_oneHot.ts");
    await put("ada_rnnForward.ts");
    await put("bob.ipynb", "{}");
    const class_ = await readAll();
    assert.equal(class_.get("ada")!.files.length, 2);
    assert.equal(class_.get("bob")!.files.length, 1);
  });

  it("refuses links to files, links to folders, and links in a folder above", async () => {
    const secret = await put("outside/secret.ts", "secret");
    await put("class/ada/own.ts");
    await symlink(secret, join(root, "class/ada/link.ts"));
    await symlink(join(root, "outside"), join(root, "class/ada/folder"));
    await symlink(join(root, "outside"), join(root, "class/eve"));
    root = join(root, "class");
    const class_ = await readAll();
    assert.deepEqual(
      class_.get("ada")!.files.map(({ path }) => path),
      ["own.ts"],
    );
    assert.match(await remarksOn("ada"), /link\.ts: a link/);
    assert.match(await remarksOn("ada"), /folder: a link/);
    assert.equal(class_.get("eve")!.files.length, 0);
    assert.match(await remarksOn("eve"), /the folder is a link/);
    root = dirname(root);
  });

  it("refuses hard links to somebody else's file, and reads copies that share their bytes", async function () {
    const secret = await put("outside.txt", "secret");
    const own = await put("class/bob/a.ts");
    await mkdir(join(root, "class/ada"), { recursive: true });
    await link(secret, join(root, "class/ada/a.ts"));
    await link(own, join(root, "copy.ts"));
    const places = await findHandIns(join(root, "class"));
    const read = async (student: string): Promise<HandIn> =>
      readHandIn(places.find((one) => one.student === student)!);
    assert.equal((await read("bob")).files.length, 1);
    if (process.getuid?.() !== 0) this.skip(); // another owner's file: root alone can make one
    await chown(secret, 12_345, 12_345);
    const { files, remarks } = await read("ada");
    assert.equal(files.length, 0);
    assert.match(remarks[0]!.text, /hard link to somebody else's/);
  });

  it("does not wait for a pipe that nobody writes to", async () => {
    await put("ada/a.ts");
    execFileSync("mkfifo", [join(root, "ada/pipe.ts"), join(root, "bob.ipynb")]);
    assert.match(await remarksOn("ada"), /pipe\.ts: no plain file/);
    assert.match(await remarksOn("bob"), /bob\.ipynb: no plain file/);
    assert.equal((await readAll()).get("ada")!.files.length, 1);
  });

  it("refuses files that are too large, and reads those that are no UTF-8", async () => {
    await put("ada/huge.ipynb", "x".repeat(MAX_NOTEBOOK_BYTES + 1));
    await put("ada/huge.ts", "x".repeat(MAX_SOURCE_BYTES + 1));
    await put("ada/latin.ts", Uint8Array.of(0x2f, 0x2f, 0xe9));
    const remarks = await remarksOn("ada");
    assert.match(remarks, /huge\.ipynb: \d+ bytes; the limit is/);
    assert.match(remarks, /huge\.ts: \d+ bytes; the limit is/);
    assert.match(remarks, /latin\.ts: not text in UTF-8; it was read as Windows-1252/);
    assert.deepEqual((await readAll()).get("ada")!.files, [{ path: "latin.ts", text: "//é" }]);
  });

  it("says when a hand-in holds nothing to grade", async () => {
    await put("ada/solution.py", "print()");
    assert.match(await remarksOn("ada"), /no \.ts or \.ipynb file/);
  });

  it("refuses a folder that is missing, is a file, or holds no hand-in", async () => {
    const file = await put("notes.txt");
    await assert.rejects(findHandIns(join(root, "nowhere")), IntakeError);
    await assert.rejects(findHandIns(file), /is no folder/);
    await assert.rejects(findHandIns(root), /no hand-ins in .*; what lies there: notes\.txt$/);
    await put("submitted/gil.pdf");
    await put("submitted/.DS_Store");
    await assert.rejects(
      findHandIns(join(root, "submitted")),
      /no hand-ins in .*; what lies there: gil\.pdf, \.DS_Store$/,
    );
  });
});
