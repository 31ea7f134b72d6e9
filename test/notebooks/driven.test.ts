/**
 * The learner's own functions drive the charts: with a wrong one in its place a chart looks wrong.
 *
 * Each lesson runs up to the chart's cell. Then the function that its exercise gave is replaced by a wrong one, and
 * the chart's cell runs again. Text that a chart shows counts for nothing here: its marks must have moved.
 */
import assert from "node:assert/strict";
import { basename } from "node:path";
import {
  lessonFiles,
  markOf,
  type Notebook,
  type NotebookCell,
  readLesson,
} from "../../grader/notebook/lessonCells.js";
import { requireOrSkip } from "../requirements.js";
import { charts, execute, outputText, pythonEnvironment } from "./execute.js";

/** A chart, the exercise that drives it, and a mistake in its solution. */
interface Driven {
  readonly lesson: string;
  readonly chart: string;
  readonly exercise: string;
  readonly mistake: string;
  /** The wrong function, in terms of `right`. */
  readonly wrong: string;
}

const driven: readonly Driven[] = [
  {
    lesson: "02",
    chart: "cell-23",
    exercise: "rnnCellForward",
    mistake: "the state before is not read",
    wrong: "(x_t, a_prev, parameters) => right(x_t, a_prev.times(0), parameters)",
  },
  {
    lesson: "03",
    chart: "cell-10",
    exercise: "binaryCrossEntropy",
    mistake: "labels and predictions are exchanged",
    wrong: "(yhat_t, y_t) => right(y_t, yhat_t)",
  },
  {
    lesson: "04",
    chart: "cell-13",
    exercise: "rnnCellBackward",
    mistake: "nothing is carried back",
    wrong: `(da_next, cache) => {
      const step = right(da_next, cache);
      return { ...step, da_prev: step.da_prev.times(0) };
    }`,
  },
  {
    lesson: "05",
    chart: "cell-34",
    exercise: "manyToManySynced",
    mistake: "each step starts from a state of zeros",
    wrong: `(x, a_0, parameters, cell, mask) =>
      right(x, a_0, parameters, (x_t, a_prev, p) => cell!(x_t, a_prev.times(0), p), mask)`,
  },
  {
    lesson: "06",
    chart: "cell-31",
    exercise: "sample",
    mistake: "the running sum starts one token late",
    wrong: "(yhat_t, u) => Math.min(right(yhat_t, u) + 1, yhat_t.rows - 1)",
  },
  {
    lesson: "07",
    chart: "cell-12",
    exercise: "jacobianProduct",
    mistake: "one factor is missing",
    wrong: "(a, Waa, k, t) => right(a, Waa, Math.min(k + 10, t), t)",
  },
  {
    lesson: "08",
    chart: "cell-15",
    exercise: "gruCellForward",
    mistake: "the memory before is not read",
    wrong: "(x_t, a_prev, parameters) => right(x_t, a_prev.times(0), parameters)",
  },
  {
    lesson: "09",
    chart: "cell-12",
    exercise: "lstmCellForward",
    mistake: "the memory before is not read",
    wrong: "(x_t, a_prev, c_prev, parameters) => right(x_t, a_prev, c_prev.times(0), parameters)",
  },
  {
    lesson: "10",
    chart: "cell-10",
    exercise: "bidirectionalForward",
    mistake: "the backward layer's states are not turned back",
    wrong: `(x, parameters, mask, layer) => {
      const { a, yhat } = right(x, parameters, mask, layer);
      const backward = a.backward.map((_, t) => a.backward.at(x.T_x + 1 - t));
      return { a: { ...a, backward }, yhat };
    }`,
  },
  {
    lesson: "11",
    chart: "cell-10",
    exercise: "deepForward",
    mistake: "every layer gives the first layer's states",
    wrong: `(x, parameters, mask, layer) => {
      const { a, ...rest } = right(x, parameters, mask, layer);
      return { ...rest, a: a.map((_, l) => a[a.length - 1 - l]!) };
    }`,
  },
];

/** A mark that moves by this share of its axis is seen. */
const visible = 0.1;

function cell(id: string, source: string): NotebookCell {
  return {
    id,
    cell_type: "code",
    metadata: {},
    source: [source],
    outputs: [],
    execution_count: null,
  };
}

/** The lesson up to the chart, and the chart once more with the wrong function. */
function withWrong({ lesson, chart, exercise, wrong }: Driven): Notebook {
  const file = lessonFiles().find((one) => basename(one).startsWith(lesson))!;
  const notebook = readLesson(file);
  const end = notebook.cells.findIndex(({ id }) => id === chart);
  const source = [notebook.cells[end]!.source].flat().join("");
  assert.ok(
    notebook.cells.some((one) => markOf(one)?.exercise === exercise),
    exercise,
  );
  return {
    ...notebook,
    cells: [
      ...notebook.cells.slice(0, end + 1),
      cell("right", `const right = my_${exercise};`),
      cell("wrong", `const my_${exercise}: typeof right = ${wrong};`),
      cell("again", source),
    ],
  };
}

/** The numbers that a chart draws, by the names of their fields. */
function drawn(spec: unknown, numbers = new Map<string, number[]>()): Map<string, number[]> {
  if (typeof spec !== "object" || spec === null) return numbers;
  for (const [key, value] of Object.entries(spec)) {
    if (key === "values" && Array.isArray(value)) addRows(value, numbers);
    else drawn(value, numbers);
  }
  return numbers;
}

function addRows(rows: readonly unknown[], numbers: Map<string, number[]>): void {
  for (const row of rows) {
    for (const [field, value] of Object.entries(row as object)) {
      if (typeof value === "number") numbers.set(field, [...(numbers.get(field) ?? []), value]);
    }
  }
}

/** How far a chart's numbers have moved: the largest step of one, as a share of its field's range; 1 for other data. */
function moved(before: object, after: object): number {
  const [one, other] = [drawn(before), drawn(after)];
  const shares = Array.from(one, ([field, values]) => {
    const changed = other.get(field);
    if (changed?.length !== values.length) return 1;
    const all = [...values, ...changed];
    const range = Math.max(...all) - Math.min(...all);
    const steps = values.map((value, k) => Math.abs(value - changed[k]!));
    return range === 0 ? 0 : Math.max(...steps) / range;
  });
  return Math.max(0, ...shares);
}

describe("a chart of a lesson", function () {
  this.timeout(240_000);

  before(function () {
    requireOrSkip(this, "the Python environment", pythonEnvironment, "npm run setup");
  });

  for (const one of driven) {
    it(`in ${one.lesson} looks wrong where, in ${one.exercise}, ${one.mistake}`, async () => {
      const { cells } = await execute(withWrong(one));
      for (const { id, outputs } of cells) {
        const error = outputs.find(({ output_type }) => output_type === "error");
        assert.equal(error, undefined, `${id}: ${error === undefined ? "" : outputText(error)}`);
      }
      const chartsOf = (id: string): object[] => charts(cells.find((ran) => ran.id === id)!);
      const [right, wrong] = [chartsOf(one.chart), chartsOf("again")];
      assert.ok(right.length > 0 && right.length === wrong.length);
      const most = Math.max(...right.map((spec, k) => moved(spec, wrong[k]!)));
      assert.ok(most >= visible, `the chart's marks moved by ${(100 * most).toFixed(1)}% at most`);
    });
  }

  it("has moved by nothing where its numbers are the same", () => {
    const spec = { data: { values: [{ x: 1, y: 2 }] } };
    assert.equal(moved(spec, structuredClone(spec)), 0);
    assert.ok(moved(spec, { data: { values: [{ x: 1, y: 3 }] } }) >= visible);
  });
});
