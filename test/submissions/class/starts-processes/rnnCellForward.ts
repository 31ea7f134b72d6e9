// Tries to start other programs, to load native code, to signal other processes.
import { execFileSync } from "node:child_process";

// What "node:child_process" means here is decided by an import map; this goes past it.
declare const process: {
  getBuiltinModule(name: string): { execFileSync(path: string, args: string[]): unknown };
};
declare const Deno: {
  Command: new (path: string, options?: object) => { outputSync(): unknown };
  dlopen(path: string, symbols: object): unknown;
  kill(pid: number, signal: string): void;
  env: { toObject(): Record<string, string> };
  execPath(): string;
};

function attempt(what: string, act: () => unknown): void {
  try {
    const got = act();
    console.error(`LEAK ${what}: ${String(got)}`);
  } catch (error) {
    console.error(`refused ${what}: ${(error as Error).name}`);
  }
}

export function rnnCellForward(): null {
  attempt("command", () => new Deno.Command("/bin/deno", { args: ["--version"] }).outputSync());
  attempt("exec", () => execFileSync("/bin/deno", ["--version"]));
  attempt("built-in", () =>
    process.getBuiltinModule("node:child_process").execFileSync("/bin/deno", ["--version"]),
  );
  attempt("dlopen", () => Deno.dlopen("/lib/x86_64-linux-gnu/libc.so.6", {}));
  attempt("kill", () => Deno.kill(1, "SIGKILL"));
  attempt("env", () => Object.keys(Deno.env.toObject()));
  console.error("tried all");
  return null;
}
