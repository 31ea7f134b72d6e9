/** A bidirectional RNN over time: one layer from the start, one from the end, and what each output has seen. */
import { OutOfRangeError } from "../core/errors.js";
import { textColour } from "../display/palette.js";
import { type DiagramEdge, diagramLayers, type DiagramNode } from "./diagram.js";
import {
  at,
  chart,
  type ChartOptions,
  defaultWidth,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** Options of {@link bothDirections}. */
export interface BothDirectionsOptions extends ChartOptions {
  /** The inputs to write beside x⟨t⟩ when hovered, such as words: one a time step. */
  readonly tokens?: readonly string[];
  /** The output that is picked at first, the middle one unless said. */
  readonly t?: number;
}

const views = ["both", "from the start", "from the end"] as const;
type View = (typeof views)[number];

/**
 * The unrolled bidirectional RNN: a slider picks ŷ⟨t⟩, and all that it was computed from lights up; a switch
 * takes one of the two layers away.
 *
 * @param T_x - number of time steps, 2 to 6
 * @param options - the tokens that are read, the output that is picked at first, the title, the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError for any other T_x, a t outside 1 … T_x, or another number of tokens
 */
export function bothDirections(T_x: number, options: BothDirectionsOptions = {}): VegaLiteSpec {
  requireChartOptions("bothDirections", options, "tokens", "t");
  const { tokens, t: first = Math.ceil(T_x / 2), width = defaultWidth } = options;
  if (!Number.isInteger(T_x) || T_x < 2 || T_x > 6) {
    throw new OutOfRangeError(`bothDirections: expected T_x from 2 to 6, got ${T_x}`);
  }
  if (!Number.isInteger(first) || first < 1 || first > T_x) {
    throw new OutOfRangeError(`bothDirections: expected t from 1 to ${T_x}, got ${first}`);
  }
  if (tokens !== undefined && tokens.length !== T_x) {
    throw new OutOfRangeError(
      `bothDirections: expected one token a step, ${T_x}, got ${tokens.length}`,
    );
  }
  const height = 345;
  const nodes: DiagramNode[] = [];
  const edges: DiagramEdge[] = [];
  for (const view of views) {
    for (let t = 1; t <= T_x; t++) {
      const step = stepOf(view, t, T_x, (width - 60) / T_x, tokens);
      nodes.push(...step.nodes);
      edges.push(...step.edges);
    }
  }
  const captions = views.flatMap((view) =>
    Array.from({ length: T_x }, (_, k) => ({ view, t: k + 1, text: captionOf(view, k + 1, T_x) })),
  );
  return chart(
    `Each of the ${T_x} outputs is computed from all ${T_x} inputs; with one layer they see 1 to ${T_x} of them`,
    `Diagram of ${T_x} steps. A layer from the start hands its state a→⟨t⟩ to the right, a layer from the end its state a←⟨t⟩ to the left; both read x⟨t⟩, and ŷ⟨t⟩ reads both states. No arrow leads from one layer to the other. A slider picks an output and highlights what it was computed from; a switch leaves one layer alone: then ŷ⟨t⟩ sees x⟨1⟩ … x⟨t⟩, or x⟨t⟩ … x⟨${T_x}⟩.`,
    {
      width,
      height,
      params: [
        {
          name: "view",
          value: "both",
          bind: { input: "radio", options: views, name: "layers: " },
        },
        {
          name: "t",
          value: first,
          bind: { input: "range", min: 1, max: T_x, step: 1, name: "output ŷ⟨t⟩, t: " },
        },
      ],
      layer: [
        ...diagramLayers(nodes, edges, {
          width,
          height,
          radius: 22,
          filter: "datum.view === view",
          focus: "datum.low <= t && t <= datum.high",
        }),
        {
          data: { values: captions },
          transform: [{ filter: "datum.view === view && datum.t === t" }],
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

/** The nodes and arrows of one step; `low` and `high` bound the outputs that each of them reaches. */
function stepOf(
  view: View,
  t: number,
  T_x: number,
  gap: number,
  tokens: readonly string[] | undefined,
): { readonly nodes: readonly DiagramNode[]; readonly edges: readonly DiagramEdge[] } {
  const id = (symbol: string, step = t): string => `${symbol} ${view} ${step}`;
  const x = 30 + gap * (t - 0.5);
  const reach = {
    there: { view, low: t, high: T_x },
    back: { view, low: 1, high: t },
    here: { view, low: t, high: t },
  };
  const [hasThere, hasBack] = [view !== "from the end", view !== "from the start"];
  const word = tokens === undefined ? "" : ` = “${tokens[t - 1]}”`;
  const ends = { view, low: hasBack ? 1 : t, high: hasThere ? T_x : t };
  const nodes: DiagramNode[] = [
    node(id("x"), at("x", t), "input", x, 280, `${at("x", t)}${word}: input, (n_x, m)`, ends),
    node(id("y"), at("ŷ", t), "output", x, 35, noteOfOutput(view, t), reach.here),
  ];
  const edges: DiagramEdge[] = [];
  const layer = (symbol: "a→" | "a←", place: number, y: number, before: number): void => {
    const fields = symbol === "a→" ? reach.there : reach.back;
    const has = `${at(symbol, t)} has read ${symbol === "a→" ? `x⟨1⟩ … x⟨${t}⟩` : `x⟨${T_x}⟩ … x⟨${t}⟩`}`;
    nodes.push(node(id(symbol), at(symbol, t), "state", place, y, `${has}, (n_a, m)`, fields));
    edges.push({ from: id("x"), to: id(symbol), note: "the input enters", fields });
    edges.push({ from: id(symbol), to: id("y"), note: "the output reads it", fields: reach.here });
    if (before < 1 || before > T_x) return;
    edges.push({ from: id(symbol, before), to: id(symbol), note: "the state goes on", fields });
  };
  if (hasThere) layer("a→", x - (hasBack ? 22 : 0), 200, t - 1);
  if (hasBack) layer("a←", x + (hasThere ? 22 : 0), 115, t + 1);
  return { nodes, edges };
}

function node(
  id: string,
  label: string,
  role: DiagramNode["role"],
  x: number,
  y: number,
  note: string,
  fields: NonNullable<DiagramNode["fields"]>,
): DiagramNode {
  return { id, label, role, x, y, note, fields };
}

function noteOfOutput(view: View, t: number): string {
  const states = { both: `[${at("a→", t)}; ${at("a←", t)}]`, ...oneLayer(t) }[view];
  return `${at("ŷ", t)} = softmax(Wya ${states} + by), (n_y, m)`;
}

function oneLayer(t: number): Readonly<Record<Exclude<View, "both">, string>> {
  return { "from the start": at("a→", t), "from the end": at("a←", t) };
}

function captionOf(view: View, t: number, T_x: number): string {
  const from = view === "from the end" ? t : 1;
  const to = view === "from the start" ? t : T_x;
  const inputs = from === to ? at("x", from) : `${at("x", from)} … ${at("x", to)}`;
  return `${at("ŷ", t)} is computed from ${inputs}: ${to - from + 1} of ${T_x} inputs`;
}
