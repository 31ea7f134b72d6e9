/** One example of each application as a timeline: what goes in at which step, what comes out. */
import { palette, type PaletteRole } from "./palette.js";
import { chart, type ChartOptions, defaultWidth, type VegaLiteSpec, wrap } from "./spec.js";

/** One example of one application; a number is drawn as a bar, a text as a labelled box. */
export interface TimelineRow {
  readonly application: string;
  /** x⟨1⟩, …, x⟨T_x⟩; empty where nothing is put in. */
  readonly inputs: readonly (string | number)[];
  /** y⟨1⟩, …, y⟨T_y⟩. */
  readonly outputs: readonly (string | number)[];
  /** What an input is, such as "words". */
  readonly inputKind: string;
  /** What an output is, such as "a rating from 1 to 5". */
  readonly outputKind: string;
}

interface Cell {
  readonly application: string;
  readonly role: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly colour: string;
  readonly label: string;
  readonly step: string;
  readonly value: string | number;
}

const rowTop = { input: 40, output: 130 } as const;
const rowHeight = 44;

/**
 * The applications' examples, one at a time (drop-down list); hovering a box tells its step.
 *
 * @throws RangeError when there is no row
 */
export function timeline(rows: readonly TimelineRow[], options: ChartOptions = {}): VegaLiteSpec {
  const [first] = rows;
  if (first === undefined) {
    throw new RangeError("timeline: expected at least one application, got none");
  }
  const width = options.width ?? defaultWidth;
  const height = rowTop.output + rowHeight + 4;
  const cells = rows.flatMap((row) => [
    ...rowCells(row, "input", width),
    ...rowCells(row, "output", width),
  ]);
  const captions = rows.flatMap((row) => [
    {
      application: row.application,
      y: rowTop.input - 9,
      text: `x: ${row.inputKind}, T_x = ${row.inputs.length}`,
    },
    {
      application: row.application,
      y: rowTop.output - 9,
      text: `y: ${row.outputKind}, T_y = ${row.outputs.length}`,
    },
  ]);
  const equal = rows.filter((row) => row.inputs.length === row.outputs.length).length;
  const names = rows.map((row) => row.application);
  const position = {
    x: { field: "left", type: "quantitative", axis: null, scale: { domain: [0, width] } },
    x2: { field: "right" },
    y: {
      field: "top",
      type: "quantitative",
      axis: null,
      scale: { domain: [0, height], reverse: true },
    },
    y2: { field: "bottom" },
  };
  const filter = [{ filter: "datum.application === application" }];
  return chart(
    `In ${equal} of ${rows.length} applications the example has as many outputs as inputs`,
    `Timelines of one example of each of ${rows.length} applications, one at a time. ${rows.map((row) => `${row.application}: ${row.inputs.length} inputs (${row.inputKind}), ${row.outputs.length} outputs (${row.outputKind})`).join("; ")}.`,
    {
      width,
      height,
      params: [
        {
          name: "application",
          value: first.application,
          bind: { input: "select", options: names, name: "application: " },
        },
      ],
      layer: [
        {
          data: { values: cells },
          transform: filter,
          mark: { type: "rect", cornerRadius: 2 },
          encoding: {
            ...position,
            color: { field: "colour", type: "nominal", scale: null },
            tooltip: [
              { field: "step", type: "nominal", title: "step" },
              { field: "value", type: "nominal", title: "value" },
            ],
          },
        },
        {
          data: { values: cells.filter((cell) => cell.label !== "") },
          transform: [
            ...filter,
            { calculate: "(datum.left + datum.right) / 2", as: "x" },
            { calculate: "(datum.top + datum.bottom) / 2", as: "y" },
          ],
          mark: { type: "text", color: "white", fontSize: 11, baseline: "middle" },
          encoding: {
            x: { ...position.x, field: "x" },
            y: { ...position.y, field: "y" },
            text: { field: "label", type: "nominal" },
          },
        },
        {
          data: { values: captions },
          transform: filter,
          mark: {
            type: "text",
            align: "left",
            baseline: "bottom",
            fontSize: 12,
            color: palette.neutral,
          },
          encoding: {
            x: { value: 0 },
            y: { ...position.y, field: "y" },
            text: { field: "text", type: "nominal" },
          },
        },
      ],
    },
    options,
  );
}

function rowCells(
  row: TimelineRow,
  role: PaletteRole & ("input" | "output"),
  width: number,
): Cell[] {
  const items = role === "input" ? row.inputs : row.outputs;
  const steps = Math.max(row.inputs.length, row.outputs.length);
  const cell = Math.min(90, width / steps);
  const gap = Math.min(3, cell / 5);
  const numbers = items.filter((item) => typeof item === "number");
  const low = Math.min(0, ...numbers);
  const span = Math.max(...numbers, low) - low || 1;
  const symbol = role === "input" ? "x" : "y";
  // a single box is as wide as its text; many boxes share the width
  const alone =
    items.length === 1 && typeof items[0] === "string" ? items[0].length * 7 + 16 : cell;
  const wide = Math.min(width, Math.max(cell, alone));
  return items.map((item, k) => {
    const top = rowTop[role];
    const bottom = top + rowHeight;
    const isNumber = typeof item === "number";
    return {
      application: row.application,
      role,
      left: k * wide,
      right: (k + 1) * wide - gap,
      top: isNumber ? bottom - Math.max(1, ((item - low) / span) * rowHeight) : top,
      bottom,
      colour: palette[role],
      label: isNumber ? "" : fitted(item, wide - gap),
      step: `${symbol}⟨${k + 1}⟩`,
      value: item,
    };
  });
}

/** The text if it fits into `width` pixels, its beginning if that says something, else nothing. */
function fitted(text: string, width: number): string {
  const room = Math.floor(width / 6.6);
  if (text.length <= Math.max(room, width >= 7 ? 1 : 0)) return text;
  return room >= 4 ? `${wrap(text, room)[0]!.slice(0, room - 1)}…` : "";
}
