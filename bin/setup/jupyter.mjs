// JupyterLab, started and ended. All that it writes (settings, workspaces, its log) is kept in
// my-work/.unrolled/, so that the user's own Jupyter, if there is one, is not touched.
import { spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { inMyWork, inVenv, myWork, venv } from "./places.mjs";
import { Problem } from "./problem.mjs";
import { withoutPythonSettings } from "./python.mjs";

const state = (...parts) => inMyWork(".unrolled", "jupyter", ...parts);
const logFile = state("jupyterlab.log");

/** The environment in which anything of Jupyter runs. */
export function jupyterEnvironment() {
  return {
    ...withoutPythonSettings(process.env),
    PATH: `${join(venv, "bin")}${delimiter}${process.env.PATH ?? ""}`,
    VIRTUAL_ENV: venv,
    JUPYTER_PREFER_ENV_PATH: "1",
    JUPYTER_NO_CONFIG: "1",
    JUPYTER_PATH: "",
    JUPYTER_CONFIG_PATH: "",
    JUPYTER_CONFIG_DIR: state("config"),
    JUPYTER_DATA_DIR: state("data"),
    JUPYTER_RUNTIME_DIR: state("runtime"),
    JUPYTERLAB_SETTINGS_DIR: state("settings"),
    JUPYTERLAB_WORKSPACES_DIR: state("workspaces"),
    IPYTHONDIR: state("ipython"),
  };
}

/**
 * The server that already runs on my-work/, if there is one.
 * @returns {Promise<string | undefined>} Its address, with the token.
 */
export async function runningServer() {
  for (const info of serverInfos()) {
    if (isAlive(info.pid) && (await answers(info))) return addressOf(info);
  }
  return undefined;
}

/**
 * Starts JupyterLab on my-work/ and waits until it answers. A signal that ends this process ends JupyterLab.
 * @param {{ browser: boolean, first?: string, extra: readonly string[] }} options
 *   first: the notebook to open, relative to my-work/; extra: further arguments for JupyterLab.
 * @returns {Promise<{ address: string | undefined, ended: Promise<number> }>}
 *   address: undefined when a signal came before JupyterLab answered.
 */
export async function startJupyterLab({ browser, first, extra }) {
  mkdirSync(state("runtime"), { recursive: true, mode: 0o700 });
  writeFileSync(logFile, "");
  const log = openSync(logFile, "a");
  const args = [
    "-m",
    "jupyterlab",
    `--ServerApp.root_dir=${myWork}`,
    "--ServerApp.ip=127.0.0.1",
    "--LabApp.extension_manager=readonly",
    // Otherwise it starts each language server that it finds on the machine, to see which answer.
    "--LanguageServerManager.autodetect=False",
    "--MultiKernelManager.default_kernel_name=tslab",
    ...(first === undefined ? [] : [`--LabApp.default_url=/lab/tree/${first}`]),
    ...(browser ? [] : ["--no-browser"]),
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
    ...extra,
  ];
  let asked = false;
  const stop = () => {
    asked = true;
    signalGroup(server.pid, "SIGTERM");
    setTimeout(() => signalGroup(server.pid, "SIGKILL"), 8000).unref();
  };

  // Before it starts: from its first moment on there is something to end.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);

  // In a process group of its own, so that Ctrl-C reaches only us, and we end it without its
  // question "Shutdown this Jupyter server?".
  const server = spawn(inVenv("python"), args, {
    cwd: myWork,
    env: jupyterEnvironment(),
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);

  let over = false;
  const ended = new Promise((resolve) => {
    server.on("error", () => resolve(127));
    server.on("exit", (code) => resolve(code ?? 0));
  }).finally(() => {
    over = true;
  });
  const deadline = Date.now() + 60_000;
  while (!over && !asked && Date.now() < deadline) {
    const info = serverInfos().find(({ pid }) => pid === server.pid);
    if (info !== undefined && (await answers(info)))
      return { address: addressOf(info, first), ended };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (asked) return { address: undefined, ended };
  stop();
  throw new Problem({
    what: "JupyterLab did not start",
    why: `it ${over ? "ended at once" : "did not answer within 60 s"}; its last words are below, all of them in ${logFile}`,
    mend: "npx unrolled doctor",
    details: readFileSync(logFile, "utf8").trim().split("\n").slice(-12).join("\n"),
  });
}

/** Jupyter writes down each server that runs; a killed one leaves its file behind. */
function serverInfos() {
  const folder = state("runtime");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^jpserver-\d+\.json$/.test(name));
  return names.flatMap((name) => {
    try {
      return [JSON.parse(readFileSync(join(folder, name), "utf8"))];
    } catch {
      return []; // being written just now
    }
  });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function answers({ url, token }) {
  try {
    const response = await fetch(`${url}api/status`, {
      headers: { authorization: `token ${token}` },
      signal: AbortSignal.timeout(2000),
    });
    return response.ok;
  } catch {
    return false;
  }
}

/** The page that opens the first notebook, when there is one. */
function addressOf({ url, token }, first) {
  return `${url}lab${first === undefined ? "" : `/tree/${first}`}?token=${token}`;
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // already gone
  }
}
