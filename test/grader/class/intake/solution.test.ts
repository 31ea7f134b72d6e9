import { strict as assert } from "node:assert";
import { NotebookError, readNotebook } from "../../../../grader/class/intake/notebook.js";
import { namedExercise } from "../../../../grader/class/intake/scan.js";
import { findSolutions, type Found } from "../../../../grader/class/intake/solution.js";

const IDS = ["oneHot", "rnnForward"];

function found(files: Readonly<Record<string, string>>): Found {
  const handed = Object.entries(files).map(([path, text]) => ({ path, text }));
  return findSolutions({ student: "ada", assignment: "ps1", files: handed, remarks: [] }, IDS);
}

function notebook(...cells: readonly (string | object)[]): string {
  const whole = cells.map((cell) =>
    typeof cell === "string" ? { cell_type: "code", metadata: {}, source: cell } : cell,
  );
  return JSON.stringify({ nbformat: 4, cells: whole });
}

describe("a notebook that imports files beside it", () => {
  it("has a place of its own where its folder is called like a file", () => {
    const own = notebook('import { y } from "./y";\nexport function oneHot() { return y; }');
    const { solutions } = found({ "b.js": "export const q = 1;", "b.ts/nb.ipynb": own });
    const { file, files } = solutions.get("oneHot")!;
    assert.equal(file, "files/oneHot.ts");
    for (const { path } of files)
      assert.ok(!files.some((one) => one.path.startsWith(`${path}/`)), `${path} is no folder`);
  });
});

describe("scanning a source", () => {
  it("reads the mark of an exercise near the top of a cell only", () => {
    assert.equal(namedExercise("// exercise: oneHot\nexport function f() {}"), "oneHot");
    assert.equal(namedExercise(`${" ".repeat(3000)}\n// exercise: oneHot`), undefined);
  });
});

describe("reading a notebook", () => {
  it("takes sources as texts and as lists of lines", () => {
    const text = notebook("const a = 1;\r\n", {
      cell_type: "code",
      metadata: { unrolled: { exercise: "oneHot" } },
      source: ["// x\n", "const b = 2;"],
    });
    assert.deepEqual(readNotebook(text).cells, [
      { number: 1, source: "const a = 1;\n" },
      { number: 2, source: "// x\nconst b = 2;", exercise: "oneHot" },
    ]);
  });

  it("passes over cells that are no cells", () => {
    const text = notebook({ cell_type: "code" }, { cell_type: "code", source: [1] }, { a: 1 });
    assert.deepEqual(readNotebook(text).cells, []);
  });

  it("says what is wrong with what is no notebook", () => {
    assert.throws(() => readNotebook("{"), NotebookError);
    assert.throws(() => readNotebook("[]"), /no list of cells/);
    assert.throws(() => readNotebook("[".repeat(1_000_000)), NotebookError);
  });
});

describe("of several copies", () => {
  const WRITTEN = "export function oneHot() { return 1; }";

  function graded(...paths: readonly string[]): { place: string; remarks: string } {
    const outcomes = [paths, paths.toReversed()].map((files) => {
      const { solutions, remarks } = found(Object.fromEntries(files.map((one) => [one, WRITTEN])));
      const texts = remarks.map(({ kind, text }) => `${kind}: ${text}`).join("\n");
      return { place: solutions.get("oneHot")!.place, remarks: texts };
    });
    if (!outcomes[0]!.remarks.includes("do not say"))
      assert.equal(outcomes[0]!.place, outcomes[1]!.place, "whatever the order");
    return outcomes[0]!;
  }

  it("takes the newer one where the names say plainly which it is, and says so", () => {
    const suffixed = [
      ...[
        "-1",
        "-2",
        "_1",
        "_2",
        "2",
        " 2",
        "_v2",
        "V2",
        "-v10",
        "_new",
        "_final",
        "Final",
        "_fixed",
      ],
      ...[" (1)", "(1)", " - Copy", " copy 2", "_latest", "_v2_final", "_2026-11-20"],
    ];
    const pairs: readonly (readonly [string, string])[] = [
      ...suffixed.map((mark) => ["oneHot.ts", `oneHot${mark}.ts`] as const),
      ["02-01-oneHot.ts", "02-01-oneHot_v2.ts"],
      ["Jane Doe - oneHot.ts", "Jane Doe - oneHot (1).ts"],
      ["doejane_9_125_oneHot.ts", "doejane_9_126_oneHot-1.ts"],
      ["doejane_9_125_ps1.ts", "doejane_9_126_ps1-1.ts"],
      ["ps1.zip/oneHot.ts", "ps1 (1).zip/oneHot.ts"],
      ["ps1.zip/a/oneHot.ts", "ps1-2.zip/a/oneHot.ts"],
      ["ps1.zip/ps1/oneHot.ts", "ps1 (1).zip/ps1 (1)/oneHot.ts"],
      ["oneHot.ts", "oneHot (1)/oneHot.ts"],
      ["oneHot_v1.ts", "oneHot_v2.ts"],
      ["oneHot_2.ts", "oneHot_10.ts"],
      ["oneHot_v2.ts", "oneHot_v2_final.ts"],
      ["oneHot_old.ts", "oneHot.ts"],
      ["oneHot_draft.ts", "oneHot_2.ts"],
      ["backup/oneHot.ts", "src/oneHot.ts"],
      ["old/a/oneHot.ts", "oneHot.ts"],
      ["oneHot.ts", "new/oneHot.ts"],
      ["mine.ts", "mine_final.ts"],
    ];
    for (const [older, newer] of pairs) {
      const { place, remarks } = graded(older, newer);
      assert.equal(place, newer, `${older}, ${newer}`);
      assert.equal(
        remarks,
        `note: oneHot is in ${older} too; ${newer} was graded, by its name the newer one`,
      );
    }
    const { place } = graded("oneHot_v3.ts", "oneHot.ts", "oneHot_v2.ts", "oneHot_old.ts");
    assert.equal(place, "oneHot_v3.ts");
  });

  it("says so where the names do not say which is the newer one", () => {
    for (const [one, other] of [
      ["oneHot_final.ts", "oneHot_v2.ts"],
      ["oneHot_final.ts", "oneHot_fixed.ts"],
      ["oneHot.ts", "oneHot_v1.ts"],
      ["week 1/oneHot.ts", "week 2/oneHot.ts"],
      ["ps1.zip/oneHot.ts", "ps2.zip/oneHot.ts"],
      ["src/oneHot.ts", "oneHot.ts"],
      ["a.ts", "b.ts"],
    ] as const)
      assert.match(
        graded(one, other).remarks,
        /^problem: .* do not say which is the newest: hand in one of them alone$/,
        `${one}, ${other}`,
      );
  });

  it("takes no exercise for a version of another one", () => {
    const ids = ["conv", "conv2", "fix", "conv_new"];
    const code = (...names: readonly string[]): string =>
      names.map((name) => `export function ${name}() {}`).join("\n");
    const placesOf = (files: Readonly<Record<string, string>>, of = ids): unknown => {
      const handed = Object.entries(files).map(([path, text]) => ({ path, text }));
      const handIn = { student: "ada", assignment: "ps1", files: handed, remarks: [] };
      const { solutions } = findSolutions(handIn, of);
      return Object.fromEntries(Array.from(solutions, ([id, { place }]) => [id, place]));
    };
    const files = {
      "conv.ts": code("conv"),
      "conv2.ts": code("conv2", "conv"),
      "conv_new.ts": code("conv_new", "conv"),
      "fix.ts": code("fix"),
    };
    const own = { conv: "conv.ts", conv2: "conv2.ts", conv_new: "conv_new.ts" };
    assert.deepEqual(placesOf(files), { ...own, fix: "fix.ts" });
    assert.deepEqual(
      placesOf(files, ["conv"]),
      { conv: "conv.ts" },
      "where conv2 is not asked for",
    );
  });

  it("is compared in no time, whatever the names", () => {
    const names = Array.from(
      { length: 200 },
      (_, n) => `${"_v1-2 (3)".repeat(20)}${n}/oneHot_${n}.ts`,
    );
    const start = performance.now();
    found(Object.fromEntries(names.map((name) => [name, WRITTEN])));
    assert.ok(performance.now() - start < 2000);
  });
});

describe("finding an exercise's function", () => {
  const WRITTEN = "export function oneHot() { return 1; }";
  const STARTER = 'export function oneHot() { throw new NotImplementedError("oneHot"); }';

  it("prefers what is written to the starter, and the file named for it to others", () => {
    const { solutions } = found({
      "00-oneHot.ts": STARTER,
      "mine.ts": WRITTEN,
      "a.ipynb": notebook(STARTER),
    });
    assert.equal(solutions.get("oneHot")!.place, "mine.ts");
    const named = found({ "00-oneHot.ts": WRITTEN, "zz.ts": WRITTEN });
    assert.equal(named.solutions.get("oneHot")!.place, "00-oneHot.ts");
    assert.match(named.remarks[0]!.text, /is in zz\.ts too/);
  });

  it("takes the last of several cells, as a notebook that runs from top to bottom would", () => {
    const { solutions, remarks } = found({ "a.ipynb": notebook(WRITTEN, "1;", WRITTEN) });
    assert.equal(solutions.get("oneHot")!.place, "a.ipynb, cell 3");
    assert.ok(remarks.some(({ text }) => text.includes("cell 1 too")));
  });

  it("joins a cell that was split, and says so", () => {
    const { solutions, remarks } = found({
      "a.ipynb": notebook("export function oneHot() {\n  const a = 1;", "  return a;\n}"),
    });
    assert.match(solutions.get("oneHot")!.files[0]!.text, /const a = 1;\n {2}return a;\n}/);
    assert.ok(remarks.some(({ text }) => text.includes("split over")));
  });

  it("finds what is defined without export, indented, second on its line or taken out of an object", () => {
    for (const source of [
      "const oneHot = () => 1;",
      "  function oneHot() { return 1; }",
      "const a = 1; function oneHot() { return a; }",
      "const { oneHot } = { oneHot: () => 1 };",
      "export default function oneHot() { return 1; }",
      "const mine = () => 1;\nexport { mine as oneHot };",
    ]) {
      const { solutions } = found({ "a.ts": source });
      assert.equal(solutions.get("oneHot")?.place, "a.ts", source);
    }
  });

  it("finds nothing where there is nothing, and reports a marked cell that lost its function", () => {
    const { solutions, remarks } = found({ "a.ipynb": notebook("// exercise: oneHot\n1;") });
    assert.equal(solutions.size, 0);
    assert.match(remarks[0]!.text, /cell 1 defines no function oneHot/);
  });

  it("says what a file lacks that is named for an exercise", () => {
    const { solutions, remarks } = found({ "00-oneHot.ts": "export default 1;" });
    assert.equal(solutions.size, 0);
    assert.match(remarks[0]!.text, /there is no oneHot in it; write: export function oneHot/);
  });

  it("takes along what the function needs of other cells, and says so", () => {
    const { solutions, remarks } = found({
      "a.ipynb": notebook(
        "const helper = () => 2;\nconsole.log(helper());",
        "export function oneHot() { return helper(); }",
      ),
    });
    const { text } = solutions.get("oneHot")!.files[0]!;
    assert.match(text, /const helper = \(\) => 2;\nfunction oneHot/);
    assert.doesNotMatch(text, /console/);
    assert.ok(remarks.some((remark) => remark.text.includes("uses helper of another cell")));
  });

  it("keeps the lines of a function and of what it needs, numbered as they stand there", () => {
    const file = [
      ...[
        "// all in one",
        "const unused = 1;",
        "",
        "// A half.",
        "const half = 0.5;",
        "const more = 2;",
      ],
      ...["/* one", " hot */", "export function oneHot() {", "  return half;", "}", "oneHot();"],
    ];
    const { solutions } = found({
      "ps1.ts": file.join("\n"),
      "b.ipynb": notebook(
        "const size = 3; const a = 1;",
        "\n// steps\nfunction rnnForward() {\n  return size;\n}",
      ),
    });
    const own = "/* one\n hot */\nexport function oneHot() {\n  return half;\n}";
    assert.deepEqual(solutions.get("oneHot")!.code, [
      { place: "ps1.ts", from: 4, text: "// A half.\nconst half = 0.5;" },
      { place: "ps1.ts", from: 7, text: own },
    ]);
    assert.deepEqual(solutions.get("rnnForward")!.code, [
      { place: "b.ipynb, cell 1", from: 1, text: "const size = 3; const a = 1;" },
      {
        place: "b.ipynb, cell 2",
        from: 2,
        text: "// steps\nfunction rnnForward() {\n  return size;\n}",
      },
    ]);
    const long = found({ "oneHot.ts": `${WRITTEN.slice(0, -1)}\n${"// x\n".repeat(10_000)}}` });
    const kept = long.solutions
      .get("oneHot")!
      .code.map(({ text }) => text)
      .join("");
    assert.equal(kept.length, 20_000);
  });

  it("puts a notebook's function beside the files that it imports, in a place that none of them has", () => {
    const cells = ['import { log } from "./log";', "export function oneHot() { return log(); }"];
    const files = { "w/log.ts": "export const log = () => 1;", "w/a.ipynb": notebook(...cells) };
    const { file, files: laid } = found(files).solutions.get("oneHot")!;
    assert.equal(file, "files/w/oneHot.ts");
    assert.deepEqual(
      laid.map(({ path }) => path),
      ["files/w/log.ts", file],
    );
    const taken = found({ ...files, "w/oneHot.ts": "export const x = 1;" }).solutions;
    assert.equal(taken.get("oneHot")!.file, "files/w/oneHot_.ts");
    const alone = found({ ...files, "w/a.ipynb": notebook(WRITTEN) }).solutions.get("oneHot")!;
    assert.deepEqual(
      alone.files.map(({ path }) => path),
      ["oneHot.ts"],
    );
  });

  it("looks at no more code than a notebook can hold", () => {
    const { remarks } = found({ "a.ipynb": notebook("1;".repeat(600_000)) });
    assert.match(remarks[0]!.text, /characters of code; the limit is/);
  });
});
