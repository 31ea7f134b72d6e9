/** A hand-in whose code can't be read or loaded: its place in the student's own text, what is wrong, and what helps. */
import { strict as assert } from "node:assert";
import { exercise as exerciseOf } from "../../../exercises/manifest.js";
import { gradeHandIn } from "../../../grader/class/gradeHandIn.js";
import { foundIn } from "../../../grader/class/intake/foundHandIn.js";
import type { Sandbox } from "../../../grader/sandbox/sandbox.js";
import { headline } from "../../../grader/words/sentences.js";
import { sandboxOrSkip } from "../sandbox/box.js";

const RIGHT = `import { Mat } from "unrolled";
export function oneHot(indices: readonly number[], n_x: number): Mat {
  for (const index of indices) {
    if (!Number.isInteger(index) || index < 0 || index >= n_x) throw new Error("no such word");
  }
  return Mat.build(n_x, indices.length, (k, i) => (indices[i] === k ? 1 : 0));
}
`;
const WRONG = RIGHT.replace("  return", "  const b = = 3;\n  return");

const notebook = (...sources: string[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: sources.map((source) => ({ cell_type: "code", metadata: {}, outputs: [], source })),
  });

type Files = Readonly<Record<string, string>>;

/** What a student handed in, and what is said of it. */
const failures: readonly (readonly [name: string, files: Files, says: RegExp])[] = [
  [
    "an error in line 1",
    { "oneHot.ts": `Jane Doe\n${RIGHT}` },
    /^oneHot\.ts, line 1 can't be read as TypeScript: expected ';', '}' or the end at column 6: `Jane Doe`; mend it/,
  ],
  [
    "an error in line 1 beside a package",
    { "oneHot.ts": `import pc from "picocolors"; Jane Doe\n${RIGHT}` },
    /^oneHot\.ts, line 1 .* at column 35: `import pc .*; Jane Doe`; mend it/,
  ],
  [
    "an error in a later line",
    { "sub/oneHot.ts": WRONG },
    /^sub\/oneHot\.ts, line 6 .*: expected an expression at column 13: `const b = = 3;`; mend it/,
  ],
  [
    "an error in a cell",
    { "a.ipynb": notebook("const x = 1;", `// exercise: oneHot\n// c\n${WRONG}`) },
    /^a\.ipynb, cell 2, line 8 .*: expected an expression at column 13: `const b = = 3;`; mend it/,
  ],
  [
    "an error in the second half of a split cell",
    { "a.ipynb": notebook("1;", RIGHT.slice(0, 145), WRONG.slice(145)) },
    /^a\.ipynb, cell 3, line \d .*: expected an expression at column 13: `const b = = 3;`; mend it/,
  ],
  [
    "an error in a helper of another cell",
    { "a.ipynb": notebook("const h = = 1;", RIGHT.replace("return", "h; return")) },
    /^a\.ipynb, cell 1, line 1 .* at column 11: `const h = = 1;`/,
  ],
  [
    "curly quotation marks",
    { "oneHot.ts": RIGHT.replaceAll('"unrolled"', "“unrolled”") },
    /^oneHot\.ts, line 1 .* there is “ \(U\+201C\) at column 21: .*; write " in its place$/,
  ],
  [
    "curly quotation marks in a cell",
    { "a.ipynb": notebook(RIGHT.replaceAll('"unrolled"', "“unrolled”")) },
    /^a\.ipynb, cell 1 .* there is “ \(U\+201C\): .*; write " in its place$/,
  ],
  [
    "wide brackets",
    { "oneHot.ts": RIGHT.replace("if (", "if （") },
    /line 4 .* there is （ \(U\+FF08\) at column 8: .*; write \( in its place$/,
  ],
  [
    "a long minus",
    { "oneHot.ts": RIGHT.replace("index < 0", "index < −1") },
    /line 4 .*; there is − \(U\+2212\): write - in its place$/,
  ],
  [
    "an invisible character",
    { "oneHot.ts": `\u200f${RIGHT}` },
    /line 1 .* an invisible character \(U\+200F\) at column 1: .*; delete it$/,
  ],
  [
    "an open brace",
    { "oneHot.ts": RIGHT.trimEnd().slice(0, -1) },
    /line 6 .*: expected '}', but the text ends at column \d+: .*; close what was opened/,
  ],
  [
    "the pack by a file's path",
    { "oneHot.ts": RIGHT.replace('"unrolled"', '"./unrolled"') },
    /^oneHot\.ts, line 1: "\.\/unrolled" is not among the files that were handed in: expected the package itself; write "unrolled" in its place$/,
  ],
  [
    "a helper that was not handed in",
    { "oneHot.ts": `import { h } from "./helpers";\n${RIGHT}` },
    /^oneHot\.ts, line 1: "\.\/helpers" is not among .*: expected a file of yours; hand it in too/,
  ],
  [
    "the pack from npm:",
    { "oneHot.ts": RIGHT.replace('"unrolled"', '"npm:unrolled"') },
    /^oneHot\.ts, line 1: .*"npm:unrolled".* can't be imported: a hand-in can import "unrolled"/,
  ],
  [
    "the pack from an address",
    { "oneHot.ts": RIGHT.replace('"unrolled"', '"https://esm.sh/unrolled"') },
    /^oneHot\.ts, line 1: "https:\/\/esm\.sh\/unrolled" can't be imported: a hand-in can import/,
  ],
];

/** A statement that fails before the function is there whole, and one behind it. */
const failing: readonly (readonly [name: string, text: string, says: RegExp])[] = [
  [
    "what the function needs",
    `${RIGHT.replace("return", "one;\n  return")}null!.x;\nconst one = 1;\n`,
    /a statement beside oneHot failed, and what stands behind it in the file is not there either: mend it/,
  ],
  [
    "nothing, in a starter as it was handed out",
    `import { NotImplementedError } from "unrolled";\nexport function oneHot() {\n  throw new NotImplementedError("oneHot");\n}\n`,
    /^oneHot is still as it was handed out, it throws NotImplementedError: write it in that/,
  ],
  [
    "what it does not need",
    `${RIGHT}null!.x;\nconst one = 1;\n`,
    /a statement beside oneHot failed, which costs nothing: TypeError/,
  ],
];

/** A file that is never loaded: what runs at its top level, and its line. */
const neverLoaded: readonly (readonly [name: string, files: Files, says: RegExp])[] = [
  [
    "a loop without an end",
    { "oneHot.ts": `${RIGHT}while (true) {\n}\n` },
    /^took too long: (?:no answer after|more than) \d+ s .*while the file was loaded, before oneHot was called: .* there is oneHot\.ts, line 8 \(`while \(true\) \{`\); delete it/,
  ],
  [
    "the end of the program",
    { "oneHot.ts": `${RIGHT}oneHot([1], 2);\nDeno.exit(0);\n` },
    /^the process ended before it answered \(code 0\) while the file was loaded, .* oneHot\.ts, line 9 \(`Deno\.exit\(0\);`\)/,
  ],
];

describe("code that can't be loaded", function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  before(async function () {
    sandbox = await sandboxOrSkip(this);
  });
  after(async () => {
    await sandbox?.close();
  });

  for (const [name, text, says] of failing) {
    it(`a statement that fails before ${name}: whether it costs anything`, async () => {
      const handIn = {
        ...{ student: "ada", assignment: "", remarks: [] },
        files: [{ path: "oneHot.ts", text }],
      };
      const { remarks } = await gradeHandIn(foundIn(handIn, ["oneHot"]), {
        ...{ sandbox, exercises: [exerciseOf("oneHot")], seed: 5 },
      });
      assert.match(remarks.map((one) => one.text).join("\n"), says);
    });
  }

  for (const [name, files, says] of [...failures, ...neverLoaded]) {
    it(`${name}: its place, what is wrong and what helps, in one line`, async () => {
      const handIn = {
        ...{ student: "ada", assignment: "", remarks: [] },
        files: Object.entries(files).map(([path, text]) => ({ path, text })),
      };
      const { results } = await gradeHandIn(foundIn(handIn, ["oneHot"]), {
        ...{ sandbox, exercises: [exerciseOf("oneHot")], seed: 5 },
      });
      const said = headline(results[0]!.verdict.cases[0]!) ?? "";
      assert.match(said, says);
      assert.doesNotMatch(said, /\n|globalThis|unrolled_|lexing|deno (?:add|run)|<eof>/i);
    });
  }
});
