/** A class's archive in the folder's place: what a platform saves is found as its unpacked folder would be. */
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { inPack } from "#common/pack-root";
import { classFolder } from "../../../../grader/class/intake/classArchive.js";
import { findHandIns, IntakeError, ownHandIn } from "../../../../grader/class/intake/handIn.js";
import { readHandIn } from "../../../../grader/class/intake/readHandIn.js";
import { type TarEntry, tarOf } from "./tarOf.js";

const CODE = "export function oneHot() {}\n";

describe("a class's archive", () => {
  let root: string;
  let told: string[];

  beforeEach(async () => {
    root = realpathSync(await mkdtemp(join(tmpdir(), "unrolled-archive-")));
    told = [];
  });
  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  /** Packed by Info-ZIP's way of Python, as platforms do. */
  async function zipped(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    const folder = join(root, "files");
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const archive = join(root, name);
    const made = spawnSync("python3", ["-m", "zipfile", "-c", archive, ...readdirSync(folder)], {
      cwd: folder,
    });
    assert.equal(made.status, 0, String(made.stderr));
    return archive;
  }

  async function tarred(name: string, entries: readonly TarEntry[]): Promise<string> {
    const archive = join(root, name);
    const tar = tarOf(entries);
    await writeFile(archive, name.endsWith("gz") ? gzipSync(tar) : tar);
    return archive;
  }

  async function found(archive: string): Promise<Readonly<Record<string, readonly string[]>>> {
    const folder = await classFolder(archive, (line) => told.push(line));
    const handIns = await Promise.all((await findHandIns(folder, ["oneHot"])).map(readHandIn));
    assert.ok(handIns.every(({ assignment }) => assignment === handIns[0]!.assignment));
    return {
      assignment: [handIns[0]!.assignment],
      ...Object.fromEntries(
        handIns.map(({ student, files }) => [student, files.map(({ path }) => path)]),
      ),
    };
  }

  it("is Moodle's: a folder a student, in which what they packed is read as theirs", async () => {
    const inner = await zipped("work.zip", { "a.ts": CODE });
    const packed = readFileSync(inner);
    await rm(join(root, "files"), { recursive: true });
    const folder = "Ann Lee_11_assignsubmission_file_";
    await mkdir(join(root, "files", folder), { recursive: true });
    await writeFile(join(root, "files", folder, "work.zip"), packed);
    const archive = await zipped("C-ps1-7.zip", { "Bob Ray_12_assignsubmission_file_/a.ts": CODE });
    assert.deepEqual(await found(archive), {
      assignment: ["C-ps1-7"],
      "Ann Lee (11)": ["work.zip/a.ts"],
      "Bob Ray (12)": ["a.ts"],
    });
    assert.deepEqual(told, ["Unpacking C-ps1-7.zip …"]);
  });

  it("is Canvas': loose files, and one of one folder that holds all, zip and tar", async () => {
    const canvas = { "leeann_1234_56789_oneHot.ts": CODE, "raybob_1235_56790_oneHot.ts": CODE };
    const expected = {
      "leeann (1234)": ["leeann_1234_56789_oneHot.ts"],
      "raybob (1235)": ["raybob_1235_56790_oneHot.ts"],
    };
    assert.deepEqual(await found(await zipped("submissions.zip", canvas)), {
      ...{ assignment: ["submissions"], ...expected },
    });
    const tar = Object.entries(canvas).map(([name, text]) => ({ name: `ps1/${name}`, text }));
    assert.deepEqual(await found(await tarred("ps1.tar.gz", tar)), {
      ...{ assignment: ["ps1"], ...expected },
    });
    const folders = ["ada", "bob"].map((name) => ({ name: `ps1/${name}/a.ts`, text: CODE }));
    assert.deepEqual(await found(await tarred("hand-ins.tar", folders)), {
      ...{ assignment: ["ps1"], ada: ["a.ts"], bob: ["a.ts"] },
    });
    assert.deepEqual(
      await found(await tarred("class.tar", [{ name: "submitted/ada/ps1/a.ts", text: CODE }])),
      { assignment: ["ps1"], ada: ["a.ts"] },
    );
  });

  it("may lie alone in the folder; one student's archive there is left to its reader", async () => {
    const alone = join(root, "ps1");
    const foundAlone = async (
      name: string,
      files: Readonly<Record<string, string>>,
    ): Promise<readonly string[]> => {
      await rm(alone, { recursive: true, force: true });
      await mkdir(alone);
      await writeFile(join(alone, "README.md"), "x");
      const tar = tarOf(Object.entries(files).map(([path, text]) => ({ name: path, text })));
      await writeFile(join(alone, name), tar);
      told = [];
      const folder = await classFolder(alone, (line) => told.push(line), ["oneHot"]);
      const places = await findHandIns(folder, ["oneHot"]);
      assert.ok(places.every(({ assignment }) => assignment === "ps1"));
      return places.map(({ student }) => student);
    };
    const moodle = {
      "Ann Lee_11_assignsubmission_file_/a.ts": CODE,
      "Bo Ray_12_assignsubmission_file_/b.ts": CODE,
    };
    assert.deepEqual(await foundAlone("all.tar", moodle), ["Ann Lee (11)", "Bo Ray (12)"]);
    assert.match(told.join("\n"), /all\.tar holds several students' hand-ins, and was unpacked/);
    assert.deepEqual(
      await foundAlone("all.tar", { "ada/oneHot.ts": CODE, "bea/oneHot.ts": CODE }),
      ["ada", "bea"],
    );
    assert.deepEqual(
      await foundAlone("ada.tar", { "src/oneHot.ts": CODE, "backup/oneHot.ts": CODE }),
      ["ada"],
    );
    assert.match(
      told.join("\n"),
      /ada\.tar: its folders backup, src each hold oneHot: taken for one/,
    );
    assert.deepEqual(await foundAlone("ada.tar", { "oneHot.ts": CODE }), ["ada"]);
    assert.deepEqual(told, []);
  });

  it("keeps people apart whose names are no UTF-8, however a tar writes them", async () => {
    const pax = (path: string): string => {
      const length = Buffer.byteLength(path) - 2 + " path=\n".length; // half a pair is one byte for three
      return `${length + 2} path=${path}\n`;
    };
    const long = `M\udcf6ller/${"x".repeat(120)}.ts`;
    const archive = await tarred("ps1.tar.gz", [
      { name: "M\udcf6ller/", type: "5" },
      { name: "M\udcf6ller/a.ts", text: CODE },
      { name: "M\udcfcller/a.ts", text: CODE.repeat(60) },
      { name: "././@LongLink", type: "L", text: `${long}\u0000` },
      { name: long.slice(0, 99), text: CODE },
      { name: "PaxHeaders/b", type: "x", text: pax("K\udcf6nig/a.ts") },
      { name: "K?nig/a.ts", text: CODE },
      { name: "M\udc81ller/a.ts", text: CODE },
      { name: "M\u00e4ller/a.ts", text: CODE },
    ]);
    const { assignment, ...people } = await found(archive);
    assert.deepEqual(people, {
      "M\u00f6ller": ["a.ts", `${"x".repeat(120)}.ts`],
      "M[xFC]ller": ["a.ts"],
      "M[x81]ller": ["a.ts"],
      "K\u00f6nig": ["a.ts"],
      "M\u00e4ller": ["a.ts"],
    });
    assert.deepEqual(assignment, ["ps1"]);
  });

  it("writes nothing outside its folder, no link, nothing twice; what was left out is told", async () => {
    const archive = await tarred("ps1.tar", [
      { name: "ada/a.ts", text: CODE },
      { name: "../out.ts", text: CODE },
      { name: "/tmp/unrolled-out.ts", text: CODE },
      { name: "bob/link", type: "2", link: "/etc" },
      { name: "bob/link/a.ts", text: CODE },
      { name: "ada/b.ts", text: "first" },
      { name: "ada/b.ts", text: "last" },
      { name: "ada/a.ts/b.ts", text: "within a file" },
    ]);
    const folder = await classFolder(archive, (line) => told.push(line));
    assert.equal(readFileSync(join(folder, "ada/a.ts"), "utf8"), CODE);
    assert.equal(readFileSync(join(folder, "ada/b.ts"), "utf8"), "last");
    assert.equal(readFileSync(join(folder, "bob/link/a.ts"), "utf8"), CODE, "a folder, no link");
    assert.equal(existsSync(join(folder, "../out.ts")), false);
    assert.equal(existsSync("/tmp/unrolled-out.ts"), false);
    const text = told.join("\n");
    for (const expected of [
      "ps1.tar: ../out.ts would lie outside",
      "/tmp/unrolled-out.ts would lie outside",
      "bob/link is a link or a special file",
      "ada/b.ts is in it twice; the last one counts, as unzip takes it",
      "ada/a.ts/b.ts is in it as a file and as a folder; the first counts",
    ])
      assert.ok(text.includes(expected), `${expected}\nin\n${text}`);
  });

  it("lets a student know that a file of theirs is too large", async () => {
    const text = " ".repeat(33 * 2 ** 20);
    const archive = await tarred("ps1.tar.gz", [
      { name: "ada/a.ipynb", text },
      { name: "bob/a.ts", text: CODE },
    ]);
    const folder = await classFolder(archive, (line) => told.push(line));
    const [ada] = await findHandIns(folder);
    const { remarks } = await readHandIn(ada!);
    assert.match(remarks.map((one) => one.text).join(), /34603008 bytes; the limit is 33554432/);
  });

  it("is refused in words where it is none; a link to it and a folder of such a name are what they are", async () => {
    const broken = join(root, "ps1.zip");
    for (const [bytes, expected] of [
      ["", /ps1\.zip can't be unpacked: the file is empty/],
      ["Rar!\u0000", /a RAR archive/],
      ["hello", /neither a zip nor a tar/],
      ["PK\u0003\u0004 cut", /save it from the platform again/],
    ] as const) {
      await writeFile(broken, bytes);
      await assert.rejects(
        classFolder(broken, () => undefined),
        (error) => error instanceof IntakeError && expected.test(error.message),
      );
    }
    await mkdir(join(root, "folder.zip"));
    assert.equal(
      await classFolder(join(root, "folder.zip"), () => undefined),
      join(root, "folder.zip"),
    );
    assert.equal(await classFolder("nowhere.zip", () => undefined), "nowhere.zip");
    const archive = await tarred("real.tar", [{ name: "ada/a.ts", text: CODE }]);
    await symlink(archive, join(root, "linked.tar"));
    assert.deepEqual(await found(join(root, "linked.tar")), {
      ...{ assignment: ["linked"], ada: ["a.ts"] },
    });
  });

  it("goes with the program", async () => {
    const archive = await tarred("ps1.tar", [{ name: "ada/a.ts", text: CODE }]);
    const program = `import { classFolder } from ${JSON.stringify(inPack("dist/grader/class/intake/classArchive.js"))};
      console.log(await classFolder(process.argv[1], () => undefined));`;
    const { stdout } = spawnSync(
      process.execPath,
      ["--input-type=module", "-e", program, archive],
      {
        encoding: "utf8",
      },
    );
    assert.match(stdout, /unrolled-class-.*ps1/);
    assert.equal(existsSync(dirname(stdout.trim())), false);
  });

  it("may be one student's own, with --student", async () => {
    const archive = await tarred("work.tar", [{ name: "a.ts", text: CODE }]);
    const { files } = await readHandIn(await ownHandIn(archive, "ada"));
    assert.deepEqual(
      files.map(({ path }) => path),
      ["work.tar/a.ts"],
    );
  });
});
