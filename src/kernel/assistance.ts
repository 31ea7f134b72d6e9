import type TypeScript from "@tslab/typescript-for-tslab";
import type { Executor } from "tslab/dist/executor.js";
import type { Bundle, Completion } from "./threadMessages.js";

/** A longer list helps nobody, and costs time on its way. */
const matchLimit = 500;

/**
 * What could stand at the cursor.
 *
 * @param executor - knows what earlier cells declared
 * @param code - the cell
 * @param cursor - the cursor's place, in UTF-16 units
 * @returns the candidates and the range that they replace
 */
export function complete(executor: Executor, code: string, cursor: number): Completion {
  const found = executor.complete(code, cursor);
  const typed = code.slice(found.start, cursor);
  const exact = found.candidates.filter((name) => name.startsWith(typed));
  const matches = (exact.length > 0 ? exact : found.candidates).slice(0, matchLimit);
  const kinds = new Map(found.original?.entries.map((entry) => [entry.name, String(entry.kind)]));
  return {
    matches,
    kinds: matches.map((name) => kinds.get(name) ?? ""),
    start: found.start,
    end: found.end,
  };
}

/**
 * The type and documentation of the name at the cursor.
 *
 * @param ts - TypeScript
 * @param executor - knows what earlier cells declared
 * @param code - the cell
 * @param cursor - the cursor's place, in UTF-16 units
 * @returns text and Markdown, or null when there is no name
 */
export function inspect(
  ts: typeof TypeScript,
  executor: Executor,
  code: string,
  cursor: number,
): Bundle | null {
  // With the cursor behind a name or its opening bracket, the name before it is meant.
  for (const place of [cursor, cursor - 1, cursor - 2]) {
    if (place < 0) break;
    const info = executor.inspect(code, place) as TypeScript.QuickInfo | undefined;
    if (info !== undefined) return describe(ts, info);
  }
  return null;
}

function describe(ts: typeof TypeScript, info: TypeScript.QuickInfo): Bundle {
  const signature = ts.displayPartsToString(info.displayParts);
  const documentation = ts.displayPartsToString(info.documentation);
  const tags = (info.tags ?? []).map(({ name, text }) => ({
    name,
    text: ts.displayPartsToString(text),
  }));
  const plain = [signature, documentation, ...tags.map(({ name, text }) => `@${name} ${text}`)];
  const markdown = [
    "```typescript\n" + signature + "\n```",
    documentation,
    ...tags.map(({ name, text }) => `*@${name}* ${text}`),
  ];
  const filled = (parts: readonly string[]): string =>
    parts.filter((part) => part !== "").join("\n\n");
  return { "text/plain": filled(plain), "text/markdown": filled(markdown) };
}
