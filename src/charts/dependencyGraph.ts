/** What a⟨t⟩ depends on, and along which ways its gradient comes back. */
import { OutOfRangeError } from "../core/errors.js";
import { type DiagramEdge, diagramLayers, type DiagramNode } from "./diagram.js";
import { textColour } from "../display/palette.js";
import {
  at,
  chart,
  type ChartOptions,
  defaultWidth,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** Options of {@link dependencyGraph}. */
export interface DependencyGraphOptions extends ChartOptions {
  /** The step whose gradient is shown first, 1 unless said. */
  readonly t?: number;
}

/**
 * The unrolled network forwards (grey) and the gradient's ways backwards (dashed): a slider picks
 * t, and every way from a loss L⟨s⟩ to a⟨t⟩ lights up.
 *
 * @param T - number of steps, 1 to 7
 * @param options - the title, the width in pixels, and the t that is picked at first
 * @returns the chart, with its alt text
 * @throws OutOfRangeError for any other T, or a t outside 1 … T
 */
export function dependencyGraph(T: number, options: DependencyGraphOptions = {}): VegaLiteSpec {
  requireChartOptions("dependencyGraph", options, "t");
  if (!Number.isInteger(T) || T < 1 || T > 7) {
    throw new OutOfRangeError(`dependencyGraph: expected T from 1 to 7, got ${T}`);
  }
  const first = options.t ?? 1;
  if (!Number.isInteger(first) || first < 1 || first > T) {
    throw new OutOfRangeError(`dependencyGraph: expected t from 1 to ${T}, got ${first}`);
  }
  const width = options.width ?? defaultWidth;
  const height = 320;
  const rows = { L: 55, a: 160, x: 260 };
  const column = (t: number): number => 30 + ((width - 90) * t) / T;
  const nodes: DiagramNode[] = [
    {
      id: "a0",
      label: at("a", 0),
      role: "neutral",
      x: column(0),
      y: rows.a,
      note: "a⟨0⟩ = 0",
      fields: { reach: 0 },
    },
  ];
  const edges: DiagramEdge[] = [];
  for (let t = 1; t <= T; t++) {
    const x = column(t);
    nodes.push(
      {
        id: `L${t}`,
        label: at("L", t),
        role: "loss",
        x,
        y: rows.L,
        note: `${at("L", t)}: the loss of ${at("ŷ", t)}, which reads ${at("a", t)}`,
        fields: { reach: t },
      },
      {
        id: `a${t}`,
        label: at("a", t),
        role: "state",
        x,
        y: rows.a,
        note: `${at("a", t)} takes gradient from ${t === T ? at("L", T) : `${at("L", t)} … ${at("L", T)}`}`,
        fields: { reach: t },
      },
      {
        id: `x${t}`,
        label: at("x", t),
        role: "input",
        x,
        y: rows.x,
        note: `${at("x", t)}: the input`,
        fields: { reach: 0 },
      },
    );
    edges.push(
      {
        from: `a${t - 1}`,
        to: `a${t}`,
        note: "forwards: the state is handed on",
        fields: { reach: 0 },
      },
      { from: `x${t}`, to: `a${t}`, note: "forwards: the input enters", fields: { reach: 0 } },
      {
        from: `a${t}`,
        to: `L${t}`,
        bend: 12,
        note: "forwards: output and loss",
        fields: { reach: 0 },
      },
      {
        from: `L${t}`,
        to: `a${t}`,
        bend: 12,
        role: "gradient",
        dashed: true,
        note: `backwards: ∂${at("L", t)}/∂${at("a", t)}`,
        fields: { reach: t },
      },
    );
    if (t > 1) {
      edges.push({
        from: `a${t}`,
        to: `a${t - 1}`,
        bend: 22,
        role: "gradient",
        dashed: true,
        note: `backwards: da⟨${t - 1}⟩ += Waaᵀ ((1 − a⟨${t}⟩²) ∗ da⟨${t}⟩)`,
        fields: { reach: t - 1 },
      });
    }
  }
  const captions = Array.from({ length: T }, (_, k) => ({
    t: k + 1,
    text: `∂L/∂${at("a", k + 1)} is a sum over ${T - k} ${T - k === 1 ? "loss" : "losses"}: ${k + 1 === T ? at("L", T) : `${at("L", k + 1)} … ${at("L", T)}`}`,
  }));
  return chart(
    `Backwards, a⟨1⟩ takes gradient from ${T} ${T === 1 ? "loss" : "losses"}, a⟨${T}⟩ from 1`,
    `Diagram of ${T} steps. Forwards: each x⟨t⟩ and a⟨t−1⟩ lead to a⟨t⟩, which leads to the loss L⟨t⟩. Backwards: the gradient goes from each loss L⟨s⟩ to a⟨s⟩ and from each state to the one before, so that a⟨t⟩ takes gradient from L⟨t⟩ to L⟨${T}⟩. A slider picks t and highlights those ways.`,
    {
      width,
      height,
      params: [
        {
          name: "t",
          value: first,
          bind: { input: "range", min: 1, max: T, step: 1, name: "gradient of a⟨t⟩, t: " },
        },
      ],
      layer: [
        ...diagramLayers(nodes, edges, { width, height, focus: "datum.reach >= t" }),
        {
          data: { values: captions },
          transform: [{ filter: "datum.t === t" }],
          mark: {
            type: "text",
            align: "left",
            baseline: "bottom",
            fontSize: 12.5,
            color: textColour,
          },
          encoding: {
            text: { field: "text", type: "nominal" },
            x: { value: 10 },
            y: { value: height },
          },
        },
      ],
    },
    options,
  );
}
