// Step 3: the project under its own name in node_modules, so that a notebook can
// import "unrolled" and `npx unrolled` finds the command.
import { lstatSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { inProject } from "./places.mjs";
import { packagesStep } from "./packages.mjs";

const links = [
  { path: inProject("node_modules", "unrolled"), target: ".." },
  { path: inProject("node_modules", ".bin", "unrolled"), target: "../../bin/unrolled.mjs" },
];

/** @type {import("./steps.mjs").Step} */
export const linksStep = {
  title: "Linking the package",
  needs: [packagesStep],
  made: undefined,
  where: "node_modules/unrolled",
  isDone: () => Promise.resolve(links.every(({ path, target }) => targetOf(path) === target)),
  run() {
    for (const { path, target } of links) {
      if (targetOf(path) === target) continue;
      rmSync(path, { recursive: true, force: true });
      symlinkSync(target, path);
    }
    return Promise.resolve();
  },
};

function targetOf(path) {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : "";
  } catch {
    return "";
  }
}
