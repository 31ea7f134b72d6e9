import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { importsOf, specifiersOf } from "#common/import-graph";
import { inPack, packRoot } from "#common/pack-root";
import { ESLint } from "eslint";

const sourceFolders = ["bin", "src", "exercises", "grader", "bench"];

function sourcesIn(folder: string): string[] {
  return readdirSync(inPack(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return ["node_modules", "assembly", "types"].includes(entry.name) ? [] : sourcesIn(path);
    }
    return /(?<!\.d)\.([cm]?ts|mjs)$/.test(entry.name) ? [path] : [];
  });
}

/** ARCHITECTURE.md's picture: each room, and what it may import. */
function picture(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(inPack("ARCHITECTURE.md"), "utf8");
  const [, block] = /```rooms\n([\s\S]*?)```/.exec(text)!;
  const lines = block!.split("\n").filter((line) => line.trim() !== "");
  return new Map(
    lines.map((line) => {
      const [room, allowed] = line.split("->");
      return [room!.trim(), allowed!.split(" ").filter((name) => name !== "")];
    }),
  );
}

const rooms = picture();

/** The room of a file: the longest name in the picture that its path begins with. */
function roomOf(file: string): string {
  const path = file.replace(/\.([cm]?ts|mjs)$/, "").split("/");
  for (let length = path.length; length >= 1; length--) {
    const name = path.slice(0, length).join("/");
    if (rooms.has(name)) return name;
    const any = [...path.slice(0, length - 1), "*"].join("/");
    if (length > 1 && rooms.has(any)) return any;
  }
  return assert.fail(`${file} stands in no room of ARCHITECTURE.md's picture`);
}

const files = sourceFolders.flatMap(sourcesIn);
const graph = new Map(
  files.map((file) => [file, importsOf(inPack(file)).map((to) => relative(packRoot, to))]),
);

describe("the architecture", function () {
  this.timeout(60_000);

  it("imports only along the arrows of ARCHITECTURE.md's picture", () => {
    const against = files.flatMap((file) =>
      graph.get(file)!.flatMap((to) => {
        const [from, into] = [roomOf(file), roomOf(to)];
        return from === into || rooms.get(from)!.includes(into) ? [] : [`${file} -> ${to}`];
      }),
    );
    assert.deepEqual(against, []);
  });

  it("uses every arrow of the picture", () => {
    const used = new Set(
      files.flatMap((file) => graph.get(file)!.map((to) => `${roomOf(file)} -> ${roomOf(to)}`)),
    );
    const drawn = Array.from(rooms).flatMap(([room, into]) => into.map((to) => `${room} -> ${to}`));
    assert.deepEqual(
      drawn.filter((arrow) => !used.has(arrow)),
      [],
    );
  });

  it("leaves right solutions to the tests: no source imports an honest.ts", () => {
    const importers = files.filter((file) => graph.get(file)!.some((to) => /\bhonest\./.test(to)));
    assert.deepEqual(importers, []);
  });

  it("has no circle, neither of files nor of rooms", () => {
    assert.deepEqual(circlesOf(graph), []);
    assert.deepEqual(circlesOf(rooms), []);
  });

  it("finds a circle, an import over several lines, one by *, and none in a comment", () => {
    const circle = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["a"]],
      ["d", ["a"]],
    ]);
    assert.deepEqual(circlesOf(circle), [["a", "b", "c"]]);
    const source = `import {\n  a,\n} from "./a.js";\nexport * from "./b.js";\n// from "./c.js"\n * import "./d.js"\nawait import("./e.js");`;
    assert.deepEqual(specifiersOf(source), ["./a.js", "./b.js", "./e.js"]);
  });

  for (const [fact, pattern, home] of [
    ["the signs for how something ended", /[✓✗]/, "bin/common/marks.mjs"],
    ["a tone's colour in a notebook", /#278a50/, "grader/words/marks.ts"],
    ["the name of a learner's exercise file", /lesson\}-\$\{/, "bin/common/exercise-file.mjs"],
    ["the cells by their names", /rnn: initializeRnn/, "src/cells/cellByName.ts"],
    ["how near two names are", /function editDistance/, "bin/common/nearest.mjs"],
  ] as const) {
    it(`has one home for ${fact}`, () => {
      const homes = files.filter((file) => pattern.test(readFileSync(inPack(file), "utf8")));
      assert.deepEqual(homes, [home]);
    });
  }

  it("has one home for writing a file beside its place and renaming it", () => {
    const renames = files.filter((file) =>
      /\brename(?:Sync)?\(/.test(readFileSync(inPack(file), "utf8")),
    );
    assert.deepEqual(renames, [
      "bin/common/exercise-file.mjs", // a learner's exercise gets the number that it has now
      "bin/common/write-whole.mjs",
      "bin/setup/my-work.mjs", // a learner's file gets the name that its lesson has now
      "bin/setup/native.mjs", // a folder that compilers filled
      "bin/setup/put-together.mjs", // a whole folder
      "src/kernel/start/kernelspec.ts", // a folder
      "src/kernel/start/snapshotFile.ts", // a file that another process wrote
    ]);
  });

  it("is refused by the linter where it matters most", async () => {
    const eslint = new ESLint({ cwd: packRoot });
    const forbidden = [
      ["src/losses.ts", "../test/src/numeric.js"],
      ["src/losses.ts", "../grader/judge/judge.js"],
      ["src/losses.ts", "../exercises/manifest.js"],
      ["src/losses.ts", "../bench/rows.js"],
      ["src/losses.ts", "./kernel/start/paths.js"],
      ["src/losses.ts", "node:fs"],
      ["src/losses.ts", "mathjs"],
      ["src/engine/node/blas.ts", "../../kernel/start/paths.js"],
      ["src/engine/node/blas.ts", "../../../test/requirements.js"],
      ["src/kernel/start/paths.ts", "../../../grader/cli.js"],
      ["src/kernel/start/paths.ts", "../../../exercises/manifest.js"],
      ["src/kernel/start/paths.ts", "../../../test/requirements.js"],
      ["exercises/draws.ts", "../grader/judge/judge.js"],
      ["exercises/draws.ts", "../test/requirements.js"],
      ["exercises/draws.ts", "node:path"],
      ["exercises/oneHot/exercise.ts", "../../bench/rows.js"],
      ["grader/cli.ts", "../src/kernel/start/paths.js"],
      ["grader/cli.ts", "../test/requirements.js"],
      ["grader/cli.ts", "../bench/rows.js"],
      ["bench/rows.ts", "../grader/judge/judge.js"],
      ["bench/rows.ts", "../exercises/manifest.js"],
      ["bench/rows.ts", "../test/requirements.js"],
    ] as const;
    for (const [filePath, specifier] of forbidden) {
      const code = `import * as it from "${specifier}";\nexport const one: unknown = it;\n`;
      const [result] = await eslint.lintText(code, { filePath: inPack(filePath) });
      const rules = result!.messages.map(({ ruleId }) => ruleId);
      assert.ok(rules.includes("no-restricted-imports"), `${filePath} -> ${specifier}`);
    }
  });
});

/** The strongly connected parts of more than one node (Tarjan), each in order. */
function circlesOf(arrows: ReadonlyMap<string, readonly string[]>): string[][] {
  const number = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): void => {
    number.set(node, number.size);
    lowest.set(node, number.get(node)!);
    open.push(node);
    for (const next of arrows.get(node) ?? []) {
      if (!number.has(next)) visit(next);
      if (open.includes(next)) lowest.set(node, Math.min(lowest.get(node)!, lowest.get(next)!));
    }
    if (lowest.get(node) !== number.get(node)) return;
    const circle = open.splice(open.indexOf(node));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const node of arrows.keys()) if (!number.has(node)) visit(node);
  return circles;
}
