/** Commands run within a test, and what they print; and a hand-in for them. */
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { main } from "../../../grader/cli.js";

/** What a command did. */
export interface CommandRun {
  readonly code: number;
  /** All that it printed, wherever that went. */
  readonly out: string;
  /** The same without its progress. */
  readonly told: string;
}

/** Runs a command as it is given in a terminal. */
export async function runCommand(...args: readonly string[]): Promise<CommandRun> {
  const lines: string[] = [];
  const progress = new Set<number>();
  const { log, error } = console;
  const { stdout, stderr } = process;
  const [print, warn] = [stdout.write.bind(stdout), stderr.write.bind(stderr)];
  console.log = console.error = (text: string) => void lines.push(text);
  stdout.write = (text: string | Uint8Array) => lines.push(String(text)) > 0;
  stderr.write = (text: string | Uint8Array) => {
    progress.add(lines.length);
    return lines.push(String(text)) > 0;
  };
  try {
    const code = await main(args);
    const told = lines.filter((_, n) => !progress.has(n));
    return { code, out: lines.join("\n"), told: told.join("\n") };
  } finally {
    Object.assign(console, { log, error });
    Object.assign(stdout, { write: print });
    Object.assign(stderr, { write: warn });
  }
}

/** Writes a student's hand-in of oneHot, right or wrong. */
export async function handInOneHot(
  hands: string,
  student: string,
  isRight: boolean,
): Promise<void> {
  await mkdir(join(hands, student), { recursive: true });
  const file = join(hands, student, "oneHot.ts");
  if (isRight) await copyFile(inPack("exercises/oneHot/solution.ts"), file);
  else await writeFile(file, "export function oneHot() { return null; }\n");
}
