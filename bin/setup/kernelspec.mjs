// Step 5: the TypeScript kernel, registered in .venv/ and nowhere else.
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { inProject, venv } from "./places.mjs";
import { Problem } from "./problem.mjs";
import { digest, stamp, stampState } from "./stamp.mjs";

const spec = join(venv, "share", "jupyter", "kernels", "tslab");
const stampFile = join(venv, ".installed-kernel");
const commandModule = inProject("dist", "src", "kernel", "command.js");

// The specification names this Node and this folder by their absolute paths.
const inputs = () => digest({ values: [process.execPath, commandModule], files: [commandModule] });

/** @type {import("./steps.mjs").Step} */
export const kernelStep = {
  title: "Registering the kernel",
  made: "TypeScript kernel",
  where: ".venv/share/jupyter/kernels/tslab",
  isDone: () =>
    Promise.resolve(
      existsSync(commandModule) &&
        existsSync(join(spec, "kernel.json")) &&
        stampState(stampFile, inputs()) === "fresh",
    ),
  async run() {
    const { kernelCommand } = await import(pathToFileURL(commandModule).href);
    const code = await kernelCommand(["install", "--prefix", venv]);
    if (code !== 0) {
      throw new Problem({
        what: "The kernel could not be registered",
        why: `kernel install ended with exit code ${code}`,
        mend: `npx unrolled kernel install --prefix ${venv}`,
      });
    }
    stamp(stampFile, inputs());
  },
};
