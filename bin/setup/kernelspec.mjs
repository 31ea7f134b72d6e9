// Step 5: the TypeScript kernel, registered in .venv/ and nowhere else.
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { inProject, venv } from "./places.mjs";
import { digest, stamp, stampState } from "./stamp.mjs";
import { buildStep } from "./build.mjs";
import { linksStep } from "./links.mjs";
import { pythonStep } from "./python.mjs";

const snapshotModule = inProject("dist", "src", "kernel", "start", "snapshotFile.js");
const spec = join(venv, "share", "jupyter", "kernels", "tslab");
const stampFile = join(venv, ".installed-kernel");
const kernelModule = inProject("dist", "src", "kernel", "start", "kernelspec.js");

// The specification names this Node and this folder by their absolute paths.
const inputs = () => digest({ values: [process.execPath, kernelModule], files: [kernelModule] });

/** @type {import("./steps.mjs").Step} */
export const kernelStep = {
  title: "Registering the kernel",
  needs: [buildStep, linksStep, pythonStep],
  made: "TypeScript kernel",
  where: ".venv/share/jupyter/kernels/tslab",
  isDone: () =>
    Promise.resolve(
      existsSync(kernelModule) &&
        existsSync(join(spec, "kernel.json")) &&
        stampState(stampFile, inputs()) === "fresh",
    ),
  async run() {
    const { installKernelspec } = await import(pathToFileURL(kernelModule).href);
    installKernelspec({ prefix: venv });
    const { makeSnapshot } = await import(pathToFileURL(snapshotModule).href);
    const problem = await makeSnapshot();
    if (problem !== undefined) console.log(`  ${problem}`);
    stamp(stampFile, inputs());
  },
};
