/** The RNN as one cell with a loop, and the same cell once a time step. */
import { OutOfRangeError } from "../core/errors.js";
import { type DiagramEdge, diagramLayers, type DiagramNode } from "./diagram.js";
import {
  at,
  chart,
  type ChartOptions,
  defaultWidth,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** What the diagram draws. */
export interface RolledUnrolledOptions extends ChartOptions {
  /** Number of time steps, 1 to 8. */
  readonly T_x: number;
  /** The inputs to write under the squares, such as the letters of a word: one a time step. */
  readonly tokens?: readonly string[];
  /** What is drawn first, "unrolled" unless said. */
  readonly view?: "rolled" | "unrolled";
}

const notes = {
  Wax: "Wax (n_a, n_x): from the input to the state, the same matrix at every step",
  Waa: "Waa (n_a, n_a): from the state to the next state, the same matrix at every step",
  Wya: "Wya (n_y, n_a): from the state to the output, the same matrix at every step",
} as const;

/**
 * The rolled and the unrolled RNN, with a switch; a slider picks the step t, and hovering an arrow
 * lights up every arrow that has the same parameters.
 *
 * @param options - T_x, the tokens that are read, what is drawn first, the title, and the width in
 *   pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when T_x is not a whole number from 1 to 8 or the tokens' count differs
 */
export function rolledUnrolled(options: RolledUnrolledOptions): VegaLiteSpec {
  requireChartOptions("rolledUnrolled", options, "T_x", "tokens", "view");
  const { T_x, tokens } = options;
  if (!Number.isInteger(T_x) || T_x < 1 || T_x > 8) {
    throw new OutOfRangeError(
      `rolledUnrolled: expected T_x from 1 to 8, got ${T_x}; draw a few steps, they are all alike`,
    );
  }
  if (tokens !== undefined && tokens.length !== T_x) {
    throw new OutOfRangeError(
      `rolledUnrolled: expected one token a step, ${T_x}, got ${tokens.length}`,
    );
  }
  const width = options.width ?? defaultWidth;
  const height = 250;
  const rows = { yhat: 40, a: 125, x: 210 };
  const column = (t: number): number => 40 + ((width - 80) * t) / T_x;

  const nodes: DiagramNode[] = [];
  const edges: DiagramEdge[] = [];
  const add = (view: string, t: number, x: number, label: (symbol: string) => string): void => {
    const fields = { view, t };
    const id = (symbol: string): string => `${symbol} ${view} ${t}`;
    const word = tokens === undefined || t === 0 ? "" : ` = “${tokens[t - 1]}”`;
    nodes.push(
      {
        id: id("x"),
        label: label("x"),
        role: "input",
        x,
        y: rows.x,
        note: `${at("x", t || "t")}${word}: input, (n_x, m)`,
        fields,
      },
      {
        id: id("a"),
        label: label("a"),
        role: "state",
        x,
        y: rows.a,
        note: `${at("a", t || "t")} = tanh(Wax ${at("x", t || "t")} + Waa ${at("a", t ? t - 1 : "t−1")} + ba), (n_a, m)`,
        fields,
      },
      {
        id: id("y"),
        label: label("ŷ"),
        role: "output",
        x,
        y: rows.yhat,
        note: `${at("ŷ", t || "t")} = softmax(Wya ${at("a", t || "t")} + by), (n_y, m)`,
        fields,
      },
    );
    edges.push(
      {
        from: id("x"),
        to: id("a"),
        label: "Wax",
        labelAt: 0.32,
        note: notes.Wax,
        fields: { ...fields, parameter: "Wax" },
      },
      {
        from: id("a"),
        to: id("y"),
        label: "Wya",
        labelAt: 0.6,
        note: notes.Wya,
        fields: { ...fields, parameter: "Wya" },
      },
    );
  };

  const start = { view: "unrolled", t: 0 };
  nodes.push({
    id: "a unrolled 0",
    label: at("a", 0),
    role: "neutral",
    x: column(0),
    y: rows.a,
    note: "a⟨0⟩ = 0: the state before the first step, (n_a, m)",
    fields: start,
  });
  for (let t = 1; t <= T_x; t++) {
    add("unrolled", t, column(t), (symbol) => at(symbol, t));
    edges.push({
      from: `a unrolled ${t - 1}`,
      to: `a unrolled ${t}`,
      label: "Waa",
      note: notes.Waa,
      fields: { view: "unrolled", t, parameter: "Waa" },
    });
  }
  add("rolled", 0, width / 2 - 20, (symbol) => at(symbol, "t"));
  edges.push({
    from: "a rolled 0",
    to: "a rolled 0",
    label: "Waa: one step later",
    note: notes.Waa,
    fields: { view: "rolled", t: 0, parameter: "Waa" },
  });

  const focus =
    "isValid(shared.parameter) ? datum.parameter === shared.parameter[0] : datum.t === 0 || datum.t <= t";
  return chart(
    `Unrolled over T_x = ${T_x} steps the RNN uses ${T_x} × (Wax, Waa, Wya), but it has each of them once`,
    `Diagram of a recurrent network. Rolled: one cell whose state a⟨t⟩ takes the input x⟨t⟩ through Wax and itself, one step later, through Waa, and gives ŷ⟨t⟩ through Wya. Unrolled: ${T_x} copies of the cell from left to right, from a⟨0⟩ to a⟨${T_x}⟩, all with the same Wax, Waa and Wya. A switch changes the view, a slider shows the network up to step t, and hovering an arrow highlights all arrows with its parameters.`,
    {
      width,
      height,
      params: [
        {
          name: "view",
          value: options.view ?? "unrolled",
          bind: { input: "radio", options: ["unrolled", "rolled"], name: "view: " },
        },
        {
          name: "t",
          value: T_x,
          bind: { input: "range", min: 1, max: T_x, step: 1, name: "up to step t: " },
        },
      ],
      layer: diagramLayers(nodes, edges, {
        width,
        height,
        filter: "datum.view === view",
        focus,
        edgeParams: [
          {
            name: "shared",
            select: { type: "point", on: "mouseover", clear: "mouseout", fields: ["parameter"] },
          },
        ],
      }),
    },
    options,
  );
}
