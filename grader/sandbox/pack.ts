/**
 * The folder of code that goes into the box: the box's own program, what it needs, and the
 * "unrolled" and "mathjs" that a submission may import. It is made fresh from the built pack.
 *
 * Of the library it holds the students' subset (box/library.ts): neither references nor cases are ever inside.
 */
import { cp, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { CLOSED_MODULES, closedModule } from "../source/nodeModules.js";
import { OWN_PACKAGES, type Parts, surroundings } from "../source/surroundings.js";

/** The box's program, relative to the packed folder. */
export const BOX_PROGRAM = "grader/sandbox/box/main.js";
/** The program of a fork server, relative to the packed folder. */
export const FORK_SERVER = "grader/sandbox/box/forkServer.js";
/** What is imported before each exercise's module where several share a box, relative to the packed folder. */
export const TURN = "grader/sandbox/box/turn.js";
/** What the modules below and the box's program are made of, relative to the packed folder. */
export const SHARED_PARTS = ["src", "grader/source/absent.js"] as const;
/** What a submission gets for "unrolled" and "mathjs", relative to the packed folder. */
export const PACKED_PACKAGES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(OWN_PACKAGES.map((name) => [name, `${name.replace("/", "-")}.js`])),
  mathjs: "mathjs.js",
};

/** What stands for those of Node's modules that reach the machine, relative to the packed folder. */
export const PACKED_MODULES: Readonly<Record<string, string>> = Object.fromEntries(
  CLOSED_MODULES.map((name) => [name, `node-${name.replace("/", "-")}.js`]),
);

/** What the modules for submissions are made of. */
const PARTS: Parts = { student: "./src/student.js", absent: "./grader/source/absent.js" };

/**
 * Copies into `folder` what every box needs.
 *
 * @param folder - an empty one
 */
export async function packBox(folder: string): Promise<void> {
  await cp(inPack("dist", "box"), folder, { recursive: true }); // bin/setup/put-together.mjs
  for (const [name, text] of Object.entries(surroundings(PARTS))) {
    await writeFile(join(folder, PACKED_PACKAGES[name]!), text);
  }
  for (const [name, file] of Object.entries(PACKED_MODULES))
    await writeFile(join(folder, file), closedModule(name, PARTS));
}

/**
 * Adds mathjs; only where a submission asks for it, because it takes a second to load.
 *
 * @param folder - the one of {@link packBox}
 */
export async function packMathjs(folder: string): Promise<void> {
  await writeFile(join(folder, PACKED_PACKAGES["mathjs"]!), await mathjsModule());
}

/** The whole of mathjs as one module: its build for browsers, with its functions exported. */
async function mathjsModule(): Promise<string> {
  const file = createRequire(import.meta.url).resolve("mathjs/lib/browser/math.js");
  const source = await readFile(file, "utf8");
  const names = Object.keys(await import("mathjs")).filter((name) => name !== "default");
  return [
    "const module = { exports: {} }, exports = module.exports;",
    source.replace(/^\/\/# sourceMappingURL=.*$/m, ""),
    "const math = module.exports;",
    "export default math;",
    ...names.map((name) => `const out_${name} = math.${name};`),
    `export { ${names.map((name) => `out_${name} as ${name}`).join(", ")} };`,
    "",
  ].join("\n");
}
