import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inPack, packRoot } from "#common/pack-root";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { kernelCommand } from "../../src/kernel/start/command.js";
import { KernelClient } from "../kernel/kernelClient.js";

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  assert.equal(status, 0, `${program} ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

describe("the package of its own", function () {
  this.timeout(180_000);
  let folder: string;
  let packed: Packed;

  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "unrolled-package-")));
    const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
    [packed] = JSON.parse(run("npm", args, packRoot)) as [Packed];
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("holds what runs: no tests, no hand-ins, no sources but those that run as they are", () => {
    const allowed =
      /^(bin\/.*\.(mjs|cjs|py|json)|dist\/(bin\/common|box|src|exercises|grader|notebook)\/.*\.(m|c)?(js|d\.m?c?ts|ts|json)|exercises\/\w+\/starter\.ts|src\/kernel\/(logos\/.*|start\/start\.sh|types\/.*\.d\.ts)|package\.json|README\.md|LICENSE)$/;
    const paths = packed.files.map(({ path }) => path);
    assert.deepEqual(
      paths.filter((path) => !allowed.test(path)),
      [],
    );
    for (const needed of [
      "bin/unrolled.mjs",
      "dist/box/grader/sandbox/box/main.js",
      "dist/src/index.js",
      "dist/src/index.d.ts",
      "dist/notebook/src/index.js",
      "dist/notebook/src/kernel/start/main.js",
      "src/kernel/start/start.sh",
    ])
      assert.ok(paths.includes(needed), needed);
    assert.ok(packed.size < 1_500_000, `${packed.size} bytes`);
  });

  it("is what package managers and bundlers expect (publint)", async () => {
    const { messages, pkg } = await publint({ pkgDir: packRoot, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg ?? {})),
      [],
    );
  });

  it("depends on nothing whose installation can hang: tfjs-node", () => {
    const { dependencies, optionalDependencies = {} } = JSON.parse(
      readFileSync(inPack("package.json"), "utf8"),
    ) as Record<string, Record<string, string>>;
    assert.ok(!("@tensorflow/tfjs-node" in { ...dependencies, ...optionalDependencies }));
  });

  it("in an empty folder: the library is imported, and the kernel that it installs runs, checks and completes", async () => {
    const empty = join(folder, "empty");
    const place = join(empty, "node_modules", "unrolled");
    mkdirSync(empty);
    // As npm lays it out: its packages beside it.
    const linking = process.platform === "linux" ? "-al" : "-ac";
    run("cp", [linking, inPack("node_modules"), join(empty, "node_modules")], folder);
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place);
    run("tar", ["-xzf", packed.filename, "-C", place, "--strip-components=1"], folder);
    const library =
      'import { Mat } from "unrolled"; for (const part of ["charts", "data", "display", "check", "engine", "tensorflow"]) await import(`unrolled/${part}`); console.log(Mat.zeros(2, 3).cols)';
    assert.equal(run(process.execPath, ["--input-type=module", "-e", library], empty), "3\n");
    const command = join(place, "bin", "unrolled.mjs");
    run(process.execPath, [command, "kernel", "install", "--prefix", folder], empty);
    const { argv } = JSON.parse(
      readFileSync(join(folder, "share/jupyter/kernels/tslab/kernel.json"), "utf8"),
    ) as { readonly argv: readonly string[] };
    assert.ok(argv.includes(join(place, "src/kernel/start/start.sh")));
    const kernel = await KernelClient.start({ argv });
    try {
      assert.equal(kernel.log, "", "it starts from its snapshot");
      const cell =
        'import { Mat } from "unrolled"; import { sqrt } from "mathjs"; Mat.zeros(2, 3).cols + Number(sqrt(16))';
      const { result, traceback } = await kernel.run(cell);
      assert.equal(result, "7", traceback);
      assert.match((await kernel.run('Mat.zeros("2", 3)')).evalue, /not assignable to parameter/);
      const code = 'import {} from "mathj';
      const reply = await kernel.request("complete_request", { code, cursor_pos: code.length });
      assert.deepEqual(reply.content["matches"], ["mathjs"]);
    } finally {
      await kernel.stop();
    }
    const refused = spawnSync(process.execPath, [command, "start"], { encoding: "utf8" });
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /start needs the whole project/);
  });

  it("another program's kernel of the same name stays, unless --replace says otherwise", async () => {
    const prefix = join(folder, "foreign");
    const spec = join(prefix, "share/jupyter/kernels/tslab");
    mkdirSync(spec, { recursive: true });
    const stock = JSON.stringify({ argv: ["tslab", "kernel"], display_name: "TypeScript" });
    writeFileSync(join(spec, "kernel.json"), stock);
    const text = (): string => readFileSync(join(spec, "kernel.json"), "utf8");
    for (const action of ["install", "uninstall"]) {
      assert.equal(await quietly(() => kernelCommand([action, "--prefix", prefix])), 1);
      assert.equal(text(), stock);
    }
    assert.equal(
      await quietly(() => kernelCommand(["install", "--prefix", prefix, "--replace"])),
      0,
    );
    assert.match(text(), /start\.sh/);
    assert.equal(await quietly(() => kernelCommand(["install", "--prefix", prefix])), 0);
    assert.equal(await quietly(() => kernelCommand(["uninstall", "--prefix", prefix])), 0);
    assert.ok(!existsSync(spec));
  });
});

/** Runs something that writes to the console for its user. */
async function quietly(call: () => Promise<number>): Promise<number> {
  const { log, error } = console;
  console.log = console.error = () => undefined;
  try {
    return await call();
  } finally {
    Object.assign(console, { log, error });
  }
}
