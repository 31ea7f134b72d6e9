// Running other programs: always without a shell, and with their output kept for the error message.
import { spawn } from "node:child_process";
import process from "node:process";
import { root } from "./places.mjs";

/** The programs that {@link run} has not yet seen the end of. */
const running = new Set();

/** Ends all programs that {@link run} still waits for: what they were for has failed elsewhere. */
export function stopRunning() {
  for (const child of running) end(child, "SIGTERM");
}

/** Ends a program and those that it has started, such as the pip that Python's venv waits for. */
function end(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal); // it has ended, or this system has no groups
  }
}

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, seconds?: number }} options
 *   onLine is told each line of output as it comes; after `seconds` the program is killed.
 * @returns {Promise<{ code: number, output: string, missing: boolean }>}
 *   output: both streams in the order they came; missing: there is no such program.
 */
export function run(program, args, { cwd = root, env = process.env, onLine, seconds } = {}) {
  return new Promise((resolve) => {
    // A group of its own, so that all that it starts can be ended with it.
    const detached = process.platform !== "win32";
    const child = spawn(program, args, { cwd, env, detached, stdio: ["ignore", "pipe", "pipe"] });
    const timer =
      seconds === undefined ? undefined : setTimeout(() => end(child, "SIGKILL"), seconds * 1000);
    const letGo = endWith(child);
    // Not before it runs: the signal for a program that could not start would go to our whole group.
    child.once("spawn", () => running.add(child));
    let output = "";
    let unfinished = "";
    const take = (chunk) => {
      output += chunk;
      const lines = (unfinished + chunk).split("\n");
      unfinished = lines.pop() ?? "";
      if (onLine) for (const line of lines) onLine(line);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.on("error", (error) => {
      clearTimeout(timer);
      running.delete(child);
      letGo();
      resolve({ code: 127, output: error.message, missing: error.code === "ENOENT" });
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      running.delete(child);
      letGo();
      resolve({ code: code ?? 1, output, missing: false });
    });
  });
}

/**
 * A signal that ends this process ends the program too, also one that the terminal did not send to both.
 * @returns {() => void} To be called when the program has ended.
 */
function endWith(child) {
  const handlers = Object.entries(endings).map(([signal, exitCode]) => {
    const stop = () => {
      end(child, signal);
      process.exit(exitCode);
    };
    process.once(signal, stop);
    return () => process.off(signal, stop);
  });
  return () => {
    for (const remove of handlers) remove();
  };
}

const endings = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Runs a program with the user's own terminal, and returns its exit code.
 * A signal that ends this process is the program's too: the terminal sends it to both.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
export function runInTerminal(program, args, { env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env, stdio: "inherit" });
    const wait = () => {};
    process.on("SIGINT", wait);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("SIGINT", wait);
      resolve(code ?? (signal === "SIGINT" ? 130 : 1));
    });
  });
}
