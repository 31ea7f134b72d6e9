import { strict as assert } from "node:assert";
import { exercise } from "../../../exercises/manifest.js";
import { withCases } from "../../../grader/class/course/ownCases.js";
import { gradeHandIn } from "../../../grader/class/gradeHandIn.js";
import { foundIn } from "../../../grader/class/intake/foundHandIn.js";
import { readHandIn } from "../../../grader/class/intake/readHandIn.js";
import type { Sandbox } from "../../../grader/sandbox/sandbox.js";
import { inFolder, sandboxOrSkip } from "../sandbox/box.js";

/** Ways in which a function could tell another one of its hand-in what it was asked. */
const WAYS: readonly (readonly [name: string, keep: string, tell: string])[] = [
  ["what a regular expression matched last", "/([^]*)/.exec(TEXT)", "RegExp.$1"],
  [
    "the marks of a clock",
    "performance.mark(TEXT)",
    "performance.getEntries().map((e) => e.name).join()",
  ],
  ["a name that is gone in the end", "globalThis.q = TEXT", "globalThis.q + (delete globalThis.q)"],
];

describe("cases that a teacher holds back", () => {
  let sandbox: Sandbox;

  before(async function () {
    this.timeout(60_000);
    sandbox = await sandboxOrSkip(this);
  });
  after(async () => {
    await sandbox?.close();
  });

  for (const [name, keep, tell] of WAYS) {
    it(`are not told by another exercise of the hand-in, through ${name}`, async function () {
      this.timeout(60_000);
      const secret = withCases(exercise("oneHot"), [{ name: "mine", size: { n_x: 47, m: 7 } }]);
      const files = {
        "oneHot.ts": `import { Mat } from "unrolled";
export function oneHot(indices: any, n_x: any): any {
  const TEXT = "KEPT" + n_x;
  ${keep};
  return Mat.zeros(n_x, indices.length);
}
`,
        "shapeOf.ts": `export function shapeOf(): any { throw new Error("GOT " + (${tell})); }\n`,
      };
      await inFolder(files, async (folder) => {
        const place = { student: "eve", assignment: "ps1", folder };
        const exercises = [secret, exercise("shapeOf")];
        const handIn = foundIn(
          await readHandIn(place),
          exercises.map(({ id }) => id),
        );
        const { results } = await gradeHandIn(handIn, { sandbox, exercises, seed: 7 });
        const told = JSON.stringify(results.map(({ verdict, console: said }) => [verdict, said]));
        assert.equal(results[0]!.verdict.cases.length, secret.cases.length);
        assert.match(told, /GOT /, "it ran");
        assert.doesNotMatch(told, /KEPT47/);
      });
    });
  }
});
