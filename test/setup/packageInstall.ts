/**
 * The package as its user has it, from the registries: installed in an empty folder with one command, its kernel in a
 * JupyterLab that is not ours. `npm run package-test [-- ENVIRONMENT]`; ENVIRONMENT is a Python environment with
 * JupyterLab and nbconvert, else one is made. Takes minutes and a network, so no test does it.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packRoot } from "#common/pack-root";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "unrolled-install-")));
const empty = join(folder, "empty");
mkdirSync(empty);
const env = {
  ...process.env,
  JUPYTER_DATA_DIR: join(folder, "data"),
  JUPYTER_CONFIG_DIR: join(folder, "config"),
  JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
};

function run(program: string, args: readonly string[], cwd = empty): string {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}:\n${stdout}${stderr}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${[program, ...args].join(" ").replaceAll(folder, "…")}: ${seconds} s`);
  return stdout;
}

try {
  const packed = run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], packRoot);
  const tarball = join(folder, packed.trim().split("\n").at(-1)!);
  run("npm", ["install", tarball, "--ignore-scripts", "--no-audit", "--no-fund"]);
  run("npx", ["unrolled", "kernel", "install", "--user"]);
  const environment = process.argv[2] ?? join(folder, "python");
  if (process.argv[2] === undefined) {
    run("python3", ["-m", "venv", environment]);
    run(join(environment, "bin", "pip"), ["install", "--quiet", "jupyterlab", "nbconvert"]);
  }
  const jupyter = join(environment, "bin", "jupyter");
  const cells = [
    'import { Mat } from "unrolled";',
    "const kept: number = Mat.zeros(2, 3).cols;",
    "kept * 2",
  ];
  const notebook = {
    ...{ nbformat: 4, nbformat_minor: 5 },
    metadata: { kernelspec: { name: "tslab", display_name: "TypeScript (Unrolled)" } },
    cells: cells.map((source, i) => ({
      ...{
        cell_type: "code",
        id: `c${i}`,
        metadata: {},
        source,
        execution_count: null,
        outputs: [],
      },
    })),
  };
  const path = join(empty, "notebook.ipynb");
  writeFileSync(path, JSON.stringify(notebook));
  run(jupyter, ["nbconvert", "--execute", "--to", "notebook", "--inplace", path]);
  assert.match(readFileSync(path, "utf8"), /"text\/plain": \[\s*"6"/);
  await startInLab(join(environment, "bin", "jupyter-lab"));
  console.log("the package installs, and its kernel runs in a JupyterLab of its own");
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** JupyterLab starts the kernel and says that it is idle. */
async function startInLab(lab: string): Promise<void> {
  const args = ["--no-browser", "--allow-root", "--port=0", "--IdentityProvider.token=t"];
  const server = spawn(lab, args, { cwd: empty, env, stdio: ["ignore", "ignore", "pipe"] });
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let said = "";
      server.stderr.on("data", (text: Buffer) => {
        said += text.toString();
        const found = /(http:\/\/(?:localhost|127\.0\.0\.1):\d+)\/lab/.exec(said);
        if (found !== null) resolve(found[1]!);
      });
      server.on("exit", () => reject(new Error(said)));
    });
    const ask = async (way: string, init: RequestInit = {}): Promise<Record<string, unknown>> => {
      const headers = { authorization: "token t" };
      return (await (await fetch(`${address}${way}`, { ...init, headers })).json()) as Record<
        string,
        unknown
      >;
    };
    const body = JSON.stringify({ name: "tslab" });
    const { id } = await ask("/api/kernels", { method: "POST", body });
    assert.equal((await ask(`/api/kernels/${String(id)}`))["name"], "tslab");
    console.log("JupyterLab has started the kernel");
  } finally {
    server.kill("SIGINT");
    server.kill("SIGTERM");
  }
}
