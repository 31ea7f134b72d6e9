import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { logosFolder, startScript } from "./paths.js";

/** The kernel's name: tslab's, so that a notebook opens on either. */
export const kernelName: string = "tslab";

/** What a notebook of this kernel has in its metadata. */
export const kernelspecMetadata: Readonly<Record<"name" | "display_name" | "language", string>> = {
  name: kernelName,
  display_name: "TypeScript (Unrolled)",
  language: "typescript",
};

/** How the path of {@link startScript} ends, wherever this pack or another copy of it lies. */
const ownScript = "src/kernel/start/start.sh";

/** Where kernelspecs live: below a Python environment's prefix, or the user's own. */
export type Place = { readonly prefix: string } | { readonly user: true };

/**
 * A specification of the kernel's name that another program has installed, such as the stock tslab.
 *
 * @param place - a Python environment, or the user's folder
 * @returns its folder and the name that it shows, or undefined
 */
export function foreignKernelspec(
  place: Place,
): { readonly displayName: string; readonly folder: string } | undefined {
  const found = listKernelspecs(place).find(({ name }) => name === kernelName);
  return found === undefined || found.argv.some((part) => part.endsWith(ownScript))
    ? undefined
    : found;
}

/**
 * Installs the kernel's specification; one that is there is replaced whole.
 *
 * @param place - a Python environment, or the user's folder
 * @returns the folder written
 */
export function installKernelspec(place: Place): string {
  const folder = join(kernelsFolder(place), kernelName);
  const temporary = `${folder}.${process.pid}.tmp`;
  cpSync(logosFolder, temporary, { recursive: true });
  writeFileSync(join(temporary, "kernel.json"), `${JSON.stringify(kernelspec(), null, 2)}\n`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(temporary, folder);
  return folder;
}

/**
 * Removes the kernel's specification.
 *
 * @param place - a Python environment, or the user's folder
 * @returns whether there was one
 */
export function uninstallKernelspec(place: Place): boolean {
  const folder = join(kernelsFolder(place), kernelName);
  const present = existsSync(folder);
  rmSync(folder, { recursive: true, force: true });
  return present;
}

/**
 * The kernels installed at a place.
 *
 * @param place - a Python environment, or the user's folder
 * @returns name, display name and folder of each
 */
export function listKernelspecs(place: Place): {
  readonly name: string;
  readonly displayName: string;
  readonly folder: string;
  readonly argv: readonly string[];
}[] {
  const kernels = kernelsFolder(place);
  if (!existsSync(kernels)) return [];
  return readdirSync(kernels)
    .filter((name) => existsSync(join(kernels, name, "kernel.json")))
    .map((name) => {
      const folder = join(kernels, name);
      const { display_name: displayName = name, argv = [] } = JSON.parse(
        readFileSync(join(folder, "kernel.json"), "utf8"),
      ) as { readonly display_name?: string; readonly argv?: readonly string[] };
      return { name, displayName, folder, argv };
    });
}

function kernelspec(): object {
  const { display_name, language } = kernelspecMetadata;
  return {
    argv: ["/bin/sh", startScript, process.execPath, "{connection_file}"],
    display_name,
    language,
    interrupt_mode: "message",
  };
}

function kernelsFolder(place: Place): string {
  if ("prefix" in place) return join(place.prefix, "share", "jupyter", "kernels");
  const data =
    process.env["JUPYTER_DATA_DIR"] ??
    (process.platform === "darwin"
      ? join(homedir(), "Library", "Jupyter")
      : join(process.env["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share"), "jupyter"));
  return join(data, "kernels");
}
