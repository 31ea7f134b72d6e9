import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import {
  foreignKernelspec,
  installKernelspec,
  listKernelspecs,
  uninstallKernelspec,
  type Place,
} from "./kernelspec.js";
import { packFolder } from "./paths.js";
import { makeSnapshot } from "./snapshotFile.js";

const usage = `unrolled kernel install|uninstall|list [--user | --prefix FOLDER] [--replace]

  install    makes the TypeScript kernel known to Jupyter
  uninstall  removes it again
  list       names the kernels installed there

  --user           in the user's Jupyter folder
  --prefix FOLDER  in the Python environment FOLDER (default: the project's .venv)
  --replace        without asking, also where the kernel of this name (tslab) is another program's`;

/**
 * The command `unrolled kernel`.
 *
 * @param args - the arguments after `kernel`
 * @returns the exit code: 0 done, 1 another program's kernel stays, 2 wrong usage, 4 the folder cannot be written
 */
export async function kernelCommand(args: string[]): Promise<number> {
  let action: string | undefined;
  let place: Place;
  let replace: boolean;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        user: { type: "boolean", default: false },
        prefix: { type: "string" },
        replace: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      return 0;
    }
    action = positionals[0];
    replace = values.replace;
    place = values.user ? { user: true } : { prefix: values.prefix ?? join(packFolder, ".venv") };
  } catch (error) {
    console.error(`kernel: ${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  try {
    if ((action === "install" || action === "uninstall") && !replace && !(await mayReplace(place)))
      return 1;
    switch (action) {
      case "install":
        console.log(`The kernel is installed in ${installKernelspec(place)}`);
        await reportSnapshot();
        return 0;
      case "uninstall":
        console.log(
          uninstallKernelspec(place) ? "The kernel is uninstalled" : "The kernel was not installed",
        );
        return 0;
      case "list":
        for (const { name, displayName, folder } of listKernelspecs(place)) {
          console.log(`${name}\t${displayName}\t${folder}`);
        }
        return 0;
      default:
        console.error(usage);
        return 2;
    }
  } catch (error) {
    console.error(
      `kernel ${action}: ${(error as Error).message}; choose another place with --prefix or --user`,
    );
    return 4;
  }
}

/** Whether a kernel of this name that another program has installed may go. */
async function mayReplace(place: Place): Promise<boolean> {
  const foreign = foreignKernelspec(place);
  if (foreign === undefined) return true;
  const { displayName, folder } = foreign;
  const what = `another program's kernel of this name is installed: "${displayName}" in ${folder}`;
  if (process.stdin.isTTY && process.stdout.isTTY) {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await terminal.question(`${what}. Replace it? [y/N] `);
    terminal.close();
    if (/^y(es)?$/i.test(answer.trim())) return true;
  }
  console.error(
    `kernel: ${what}; it stays; add --replace to replace it, or choose another place with --prefix`,
  );
  return false;
}

async function reportSnapshot(): Promise<void> {
  const problem = await makeSnapshot();
  if (problem !== undefined) console.log(problem);
}
