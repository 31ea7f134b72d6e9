/** The Deno that runs student code: npm brings it as one program for this platform. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Where npm put the Deno program, or undefined when it has none for this platform.
 *
 * @returns a path; undefined where there is none
 */
export function findDeno(): string | undefined {
  const { platform, arch } = process;
  const name = platform === "linux" ? `linux-${arch}-glibc` : `${platform}-${arch}`;
  const program = platform === "win32" ? "deno.exe" : "deno";
  const require = createRequire(import.meta.url);
  try {
    const file = join(dirname(require.resolve(`@deno/${name}/package.json`)), program);
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The shared libraries that a program needs, and the loader that finds them.
 *
 * @param program - its path
 * @returns their paths
 */
export async function librariesOf(program: string): Promise<readonly string[]> {
  const { stdout } = await run("ldd", [program]);
  const paths = stdout
    .split("\n")
    .map((line) => /(?:=>\s*|^\s*)(\/\S+)\s+\(0x/.exec(line)?.[1])
    .filter((path) => path !== undefined);
  return Array.from(new Set(paths));
}

/**
 * Where a command is on the PATH, or undefined.
 *
 * @param name - the command's
 * @returns a path; undefined where there is none
 */
export function findCommand(name: string): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(":")
    .filter((folder) => folder.startsWith("/"))
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}
