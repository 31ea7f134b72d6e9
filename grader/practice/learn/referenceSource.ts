/** The library's own way to write an exercise's function, for those who have passed it. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { packRoot } from "#common/pack-root";

/** A function's source text, and the file that it stands in (relative to the pack). */
export interface ReferenceSource {
  readonly file: string;
  readonly text: string;
}

/** Finds `export function <name>` in the library; nothing where it is written otherwise. */
export function referenceSource(name: string): ReferenceSource | undefined {
  const folder = join(packRoot, "src");
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (!entry.endsWith(".ts")) continue;
    const file = join(folder, entry);
    const text = functionText(readFileSync(file, "utf8"), name);
    if (text !== undefined) return { file: relative(packRoot, file), text };
  }
  return undefined;
}

/** The function's lines: it starts and ends at the left margin, as the formatter leaves it. */
function functionText(source: string, name: string): string | undefined {
  const lines = source.split("\n");
  const start = lines.findIndex((line) => new RegExp(`^export function ${name}\\b`).test(line));
  if (start < 0) return undefined;
  const length = lines.slice(start).findIndex((line) => line === "}");
  return length < 0 ? undefined : lines.slice(start, start + length + 1).join("\n");
}
