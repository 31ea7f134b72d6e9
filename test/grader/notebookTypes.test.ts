import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packRoot } from "#common/pack-root";
import { manifest } from "../../exercises/manifest.js";

// The stock tslab kernel compiles cells with its own fork of TypeScript, without a tsconfig.
const fromTslab = createRequire(createRequire(import.meta.url).resolve("tslab/package.json"));
const ts = fromTslab("@tslab/typescript-for-tslab") as typeof import("typescript");

describe("check's types in the stock kernel", function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), "unrolled-types-"));
  before(() => {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(packRoot, join(folder, "node_modules", "unrolled"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What that compiler says of a cell that checks this function. */
  function messagesOn(cell: string, options: { strict?: boolean } = {}): string[] {
    const file = join(folder, "cell.ts");
    writeFileSync(
      file,
      `import { check } from "unrolled/check";\nimport { Mat } from "unrolled";\n${cell}\nexport {};\n`,
    );
    const program = ts.createProgram([file], {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: 2, // Node10, as tslab has it
      types: [],
      skipLibCheck: true,
      noEmit: true,
      ...options,
    });
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  }

  it("are read by TypeScript 5.0", () => {
    assert.match(ts.version, /^5\.0\./);
    assert.deepEqual(
      messagesOn(`const stack = (Waa: Mat, Wax: Mat): Mat => Waa;
const mine = await check("stackWeights", stack);
const W: Mat = mine(Mat.zeros(1, 1), Mat.zeros(1, 2));`),
      [],
    );
  });

  it("take the library's own function for every exercise", () => {
    const ids = manifest.map(({ id }) => id);
    const checks = ids.map((id) => `const my_${id} = await check("${id}", ${id});`);
    const imported = `import { ${ids.join(", ")} } from "unrolled";`;
    assert.deepEqual(messagesOn([imported, ...checks].join("\n"), { strict: true }), []);
  });

  it("take any function: the verdict says what it should take and give", () => {
    const takes = `await check("stackWeights", (Waa: string, Wax: Mat): Mat => Wax);`;
    const gives = `await check("stackWeights", (Waa: Mat, Wax: Mat): number => 1);`;
    const isAsync = `await check("stackWeights", async (Waa: Mat): Promise<Mat> => Waa);`;
    assert.deepEqual(messagesOn([takes, gives, isAsync].join("\n"), { strict: true }), []);
    assert.match(messagesOn(`await check("stackWeights", 1);`)[0] ?? "", /'number' is not/);
  });

  it("know the arguments of a function that is written in the check itself", () => {
    const inline = `await check("stackWeights", (Waa, Wax) => { const W: Mat = Wax; return W; });`;
    assert.deepEqual(messagesOn(inline, { strict: true }), []);
  });

  it("underline an id that does not exist, and a wrong use of what comes back", () => {
    assert.match(messagesOn(`await check("stakWeights", () => 1);`)[0] ?? "", /stakWeights/);
    const [used] = messagesOn(`const mine = await check("stackWeights", (Waa: Mat): Mat => Waa);
const W: string = mine(Mat.zeros(1, 1), Mat.zeros(1, 2));`);
    assert.match(used ?? "", /is not assignable to type 'string'/);
  });
});
