import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  installKernelspec,
  listKernelspecs,
  uninstallKernelspec,
  type Place,
} from "./kernelspec.js";
import { packFolder } from "./paths.js";
import { makeSnapshot } from "./snapshotFile.js";

const usage = `unrolled kernel install|uninstall|list [--user | --prefix FOLDER]

  install    makes the TypeScript kernel known to Jupyter
  uninstall  removes it again
  list       names the kernels installed there

  --user           in the user's Jupyter folder
  --prefix FOLDER  in the Python environment FOLDER (default: the project's .venv)`;

/**
 * The command `unrolled kernel`.
 *
 * @param args - the arguments after `kernel`
 * @returns the exit code: 0 done, 2 wrong usage, 4 the folder cannot be written
 */
export async function kernelCommand(args: string[]): Promise<number> {
  let action: string | undefined;
  let place: Place;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        user: { type: "boolean", default: false },
        prefix: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      return 0;
    }
    action = positionals[0];
    place = values.user ? { user: true } : { prefix: values.prefix ?? join(packFolder, ".venv") };
  } catch (error) {
    console.error(`kernel: ${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  try {
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

async function reportSnapshot(): Promise<void> {
  const problem = await makeSnapshot();
  if (problem !== undefined) console.log(problem);
}
