import { strict as assert } from "node:assert";
import { exercise as exerciseOf } from "../../../exercises/manifest.js";
import { gradeHandIn } from "../../../grader/class/gradeHandIn.js";
import { foundIn } from "../../../grader/class/intake/foundHandIn.js";
import type { HandIn } from "../../../grader/class/intake/readHandIn.js";
import type { Sandbox } from "../../../grader/sandbox/sandbox.js";
import { headline } from "../../../grader/words/sentences.js";
import { sandboxOrSkip } from "../sandbox/box.js";

/** Types, of which nothing is left when it runs, and an error on line 8. */
const THROWS = `interface Gone {
  readonly a: number;
}

/** A comment. */
export function shapeOf(): unknown {
  const caches: Gone[] = [];
  const a = caches.at(-1)!.a; // line 8
  return a;
}`;

describe("the line of an error in a class", function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  before(async function () {
    sandbox = await sandboxOrSkip(this);
  });
  after(async () => {
    await sandbox?.close();
  });

  async function said(path: string, text: string, ...more: [string, string][]): Promise<string> {
    const files = [[path, text] as const, ...more].map(([at, source]) => ({
      path: at,
      text: source,
    }));
    const handIn: HandIn = { student: "ada", assignment: "", files, remarks: [] };
    const exercises = [exerciseOf("shapeOf")];
    const { results } = await gradeHandIn(
      foundIn(
        handIn,
        exercises.map(({ id }) => id),
      ),
      { sandbox, exercises, seed: 5 },
    );
    return headline(results[0]!.verdict.cases[0]!) ?? "";
  }

  const message = "it threw TypeError: Cannot read properties of undefined (reading 'a')";

  it("is the student's own, with its text", async () => {
    assert.equal(
      await said("sub/my shapes.ts", THROWS),
      `${message} at sub/my shapes.ts, line 8: \`const a = caches.at(-1)!.a; // line 8\``,
    );
  });

  it("is that of a helper's file where the helper threw", async () => {
    const helper = "export function deep(xs: { a: number }[]): number {\n  return xs[0]!.a;\n}";
    assert.equal(
      await said(
        "shapeOf.ts",
        'import { deep } from "./helper";\nexport const shapeOf = () => deep([]);',
        ["helper.ts", helper],
      ),
      `${message} at helper.ts, line 2: \`return xs[0]!.a;\``,
    );
  });

  it("is a cell's, also where two lines read the same", async () => {
    const notebook = (...sources: string[]): string =>
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: {},
        cells: sources.map((source, n) => ({
          cell_type: "code",
          id: `c${n}`,
          execution_count: null,
          metadata: {},
          outputs: [],
          source,
        })),
      });
    const text = "`const a = caches.at(-1)!.a; // line 8`";
    assert.equal(
      await said("01.ipynb", notebook("const one = 1;", THROWS)),
      `${message} at 01.ipynb, cell 2, line 8: ${text}`,
    );
    const twice = notebook(
      "function other(caches: any[]) {\n  const a = caches.at(-1)!.a; // line 8\n}",
      THROWS,
    );
    assert.equal(await said("01.ipynb", twice), `${message} at 01.ipynb, cell 2, line 8: ${text}`);
  });

  it("is left out where the box says what can't be, and never names a file of ours", async () => {
    const forged = `export function shapeOf() {
      const error = new Error("mine");
      error.stack = "Error: mine\\n    at f (file:///etc/passwd:1:1)\\n    at g (file:///submission/files/no.ts:1:1)";
      throw error;
    }`;
    assert.equal(await said("shapeOf.ts", forged), "it threw Error: mine");
    const inLibrary =
      'import { Mat } from "unrolled";\nexport const shapeOf = () =>\n  Mat.from([[1], [1, 2]]);';
    assert.match(
      await said("shapeOf.ts", inLibrary),
      /^it threw ShapeError: .* at shapeOf\.ts, line 3: `Mat\.from/,
    );
    assert.equal(
      await said("shapeOf.ts", 'export function shapeOf() {\n  throw "a text";\n}'),
      'it threw the text "a text"',
    );
  });
});
