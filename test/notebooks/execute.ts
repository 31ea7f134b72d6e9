/** Runs a notebook in a fresh kernel through nbclient and gives what its cells showed. */
import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { inPack } from "#common/pack-root";

/** An output of a code cell (nbformat 4.5). */
export interface Output {
  readonly output_type: "stream" | "display_data" | "execute_result" | "error";
  readonly name?: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
  readonly ename?: string;
  readonly evalue?: string;
}

/** A code cell that has run. */
export interface ExecutedCell {
  readonly id: string;
  readonly source: string;
  readonly executionCount: number | null;
  readonly outputs: readonly Output[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A notebook that has run. */
export interface ExecutedNotebook {
  readonly cells: readonly ExecutedCell[];
  /** From the first cell to the last one's reply, in seconds; the kernel's start counts. */
  readonly seconds: number;
}

/** How to run a notebook. */
export interface ExecuteOptions {
  readonly kernel?: string;
  /** Seconds after which a cell counts as hung. */
  readonly limit?: number;
  /** Where it runs; it stays. */
  readonly folder?: string;
}

/** The Python of the project's environment. */
export const python: string = inPack(".venv", "bin", "python");

/** The kernel's name of the stock tslab, for {@link execute}. */
export const stockKernel = "tslab-stock";

/** Whether the project's environment has been set up. */
export const pythonEnvironment: boolean = existsSync(python);

/** A folder outside the pack. */
export function foreignFolder(): string {
  return mkdtempSync(join(tmpdir(), "unrolled-lesson-"));
}

/**
 * Runs `notebook` (its JSON) with `kernel` in a folder of its own outside the pack, or in `folder`.
 *
 * @param limit - seconds after which a cell counts as hung
 */
export async function execute(
  notebook: object,
  { kernel = "tslab", limit = 120, folder: given }: ExecuteOptions = {},
): Promise<ExecutedNotebook> {
  const folder = given ?? foreignFolder();
  try {
    const input = join(folder, "lesson.ipynb");
    const output = join(folder, "executed.ipynb");
    writeFileSync(input, JSON.stringify(notebook));
    const script = inPack("test", "notebooks", "execute.py");
    if (kernel === stockKernel) addStockKernel(folder);
    const env = { ...process.env, JUPYTER_PATH: folder };
    const start = performance.now();
    const args = [script, input, output, kernel, folder, String(limit)];
    await promisify(execFile)(python, args, { env });
    const seconds = (performance.now() - start) / 1000;
    return { cells: executedCells(readFileSync(output, "utf8")), seconds };
  } finally {
    if (given === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** Registers the stock kernel in the folder, and lets it find the pack there; ours finds it from anywhere. */
function addStockKernel(folder: string): void {
  const packages = inPack("node_modules");
  symlinkSync(packages, join(folder, "node_modules"));
  const spec = join(folder, "kernels", stockKernel);
  mkdirSync(spec, { recursive: true });
  const tslab = join(packages, "tslab", "bin", "tslab");
  const argv = [process.execPath, tslab, "kernel", "--config-path={connection_file}"];
  const content = { argv, display_name: "tslab", language: "typescript" };
  writeFileSync(join(spec, "kernel.json"), JSON.stringify(content));
}

/** All text that an output shows, whatever its kind. */
export function outputText(output: Output): string {
  const parts = [joined(output.text), output.ename, output.evalue];
  for (const type of ["text/plain", "text/html", "text/markdown", "text/latex"]) {
    parts.push(joined(output.data?.[type]));
  }
  return parts.filter((part) => part !== undefined).join("\n");
}

/** The charts (Vega-Lite specifications) among a cell's outputs. */
export function charts({ outputs }: Pick<ExecutedCell, "outputs">): object[] {
  return outputs.flatMap((output) => {
    const spec = output.data?.["application/vnd.vegalite.v5+json"];
    return typeof spec === "object" && spec !== null ? [spec] : [];
  });
}

function executedCells(text: string): ExecutedCell[] {
  const notebook = JSON.parse(text) as {
    cells: {
      id: string;
      cell_type: string;
      source: string | string[];
      execution_count: number | null;
      outputs: Output[];
      metadata: Record<string, unknown>;
    }[];
  };
  return notebook.cells
    .filter((cell) => cell.cell_type === "code")
    .map((cell) => ({
      id: cell.id,
      source: joined(cell.source) ?? "",
      executionCount: cell.execution_count,
      outputs: cell.outputs,
      metadata: cell.metadata,
    }));
}

/** A text as nbformat keeps it, in one piece. */
export function joined(text: unknown): string | undefined {
  if (Array.isArray(text)) return text.join("");
  return typeof text === "string" ? text : undefined;
}
