import { basename, dirname, join } from "node:path";
import { packRoot } from "#common/pack-root";

/** The pack's own folder: what a notebook's folder does not have is looked for in its node_modules. */
export const packFolder: string = packRoot;

/** The compiled kernel's folder, file by file; what runs in a notebook is put together in fewer (start.sh). */
export const kernelFolder: string = join(packFolder, "dist", "src", "kernel");

/** Where the pack's packages lie: in its own folder, and, where it is a package itself, beside it. */
export const packagesFolders: readonly string[] = [
  join(packFolder, "node_modules"),
  ...(basename(dirname(packFolder)) === "node_modules" ? [dirname(packFolder)] : []),
];

/** A file of the pack's, real or not, from which its packages are found. */
export const packFile: string = join(packFolder, "package.json");

/** The kernel's pictures, named as Jupyter names them. */
export const logosFolder: string = join(packFolder, "src", "kernel", "logos");

/** Starts the kernel. */
export const startScript: string = join(packFolder, "src", "kernel", "start", "start.sh");

const comeWithPack = ["node_modules", "dist", "src/kernel/types"].map(
  (own) => `${packFolder.replaceAll("\\", "/")}/${own}/`,
);

/**
 * Whether a file comes with the pack: it changes with an installation or a build alone.
 *
 * @param path - its real path, with slashes
 * @returns whether it is a package's, the compiled library's or a declaration of the kernel's own
 */
export function comesWithPack(path: string): boolean {
  return comeWithPack.some((folder) => path.startsWith(folder));
}
