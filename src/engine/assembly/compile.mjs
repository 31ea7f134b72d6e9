// Compiles operations.ts with AssemblyScript and writes the bytes into ../operationBytes.ts (`--check`: says whether they
// are those). The compiler is large and only for this: its packages stand in this folder, not in the pack's own.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const folder = dirname(fileURLToPath(import.meta.url));
const target = join(folder, "..", "operationBytes.ts");

const { error, stderr, binary } = await asc.compileString(
  readFileSync(join(folder, "operations.ts"), "utf8"),
  {
    optimizeLevel: 3,
    noAssert: true,
    runtime: "stub",
    enable: ["simd", "bulk-memory", "threads", "sign-extension", "nontrapping-f2i"],
    importMemory: true,
    sharedMemory: true,
    initialMemory: 1,
    maximumMemory: 65536,
    use: ["abort="],
  },
);
if (error) {
  console.error(String(stderr ?? error));
  process.exit(1);
}
const text = `/** assembly/operations.ts, compiled: \`npm run build:operations\`. */
export const operationBytes: string =
  // prettier-ignore
  "${Buffer.from(binary).toString("base64")}";
`;
if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
  console.log(`src/engine/operationBytes.ts: ${binary.length} bytes of WebAssembly`);
} else if (readFileSync(target, "utf8") !== text) {
  console.error(
    "src/engine/operationBytes.ts is not what operations.ts compiles to: npm run build:operations",
  );
  process.exit(1);
}
