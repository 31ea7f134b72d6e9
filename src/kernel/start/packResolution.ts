import Module from "node:module";
import { packagesFolders } from "./paths.js";

/** Lets cells in any folder load the pack and its packages; the notebook's own node_modules come first. */
export function makePackResolvable(): void {
  const before = process.env["NODE_PATH"];
  process.env["NODE_PATH"] = [before, ...packagesFolders].filter(Boolean).join(":");
  // Node reads NODE_PATH once, at its start; this reads it again.
  (Module as unknown as { _initPaths(): void })._initPaths();
  // Programs that a cell starts get the environment as it was.
  if (before === undefined) delete process.env["NODE_PATH"];
  else process.env["NODE_PATH"] = before;
}
