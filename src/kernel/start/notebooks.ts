import { nodeFiles } from "./nodeFiles.js";

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly source: string | readonly string[];
  }[];
}

/**
 * The code cells of a notebook.
 *
 * @param text - the notebook's file
 * @returns their texts; none when it is no notebook
 */
export function codeCells(text: string): string[] {
  try {
    return (JSON.parse(text) as Notebook).cells
      .filter(({ cell_type }) => cell_type === "code")
      .map(({ source }) => [source].flat().join(""));
  } catch {
    return [];
  }
}

/**
 * The code cells of the notebook in a folder that has a cell: a kernel is not told which notebook it serves.
 *
 * @param folder - the notebooks' folder
 * @param source - the cell
 * @returns the cells of the first notebook that has it
 */
export function notebookOf(folder: string, source: string): readonly string[] {
  for (const name of nodeFiles.files(folder).filter((one) => one.endsWith(".ipynb"))) {
    const cells = codeCells(nodeFiles.readFile(`${folder}/${name}`) ?? "");
    if (cells.includes(source)) return cells;
  }
  return [];
}
