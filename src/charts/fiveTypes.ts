/** The five types of RNN in one diagram, drawn from one table of what is there at which step. */
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

/** One of the five types. */
interface NetworkType {
  readonly name: string;
  readonly example: string;
  /** Steps of the state. */
  readonly steps: number;
  /** Steps that read an input. */
  readonly inputs: readonly number[];
  /** Steps that give an output. */
  readonly outputs: readonly number[];
  /** Steps whose input is the output before. */
  readonly fedBack: readonly number[];
}

const types: readonly NetworkType[] = [
  {
    name: "one-to-one",
    example: "a plain network: one input, one output, no state that is handed on",
    steps: 1,
    inputs: [1],
    outputs: [1],
    fedBack: [],
  },
  {
    name: "one-to-many",
    example: "music generation: ŷ⟨t⟩ is the next step's input",
    steps: 4,
    inputs: [1],
    outputs: [1, 2, 3, 4],
    fedBack: [2, 3, 4],
  },
  {
    name: "many-to-one",
    example: "sentiment or video activity: read everything, answer once",
    steps: 4,
    inputs: [1, 2, 3, 4],
    outputs: [4],
    fedBack: [],
  },
  {
    name: "many-to-many, T_x = T_y",
    example: "named entities: one answer for each word",
    steps: 4,
    inputs: [1, 2, 3, 4],
    outputs: [1, 2, 3, 4],
    fedBack: [],
  },
  {
    name: "many-to-many, T_x ≠ T_y",
    example: "translation: the encoder reads all of x, then the decoder writes",
    steps: 5,
    inputs: [1, 2, 3],
    outputs: [4, 5],
    fedBack: [5],
  },
];

/** Options of {@link fiveTypes}. */
export interface FiveTypesOptions extends ChartOptions {
  /** The type that is shown first, one of the names in the drop-down list. */
  readonly first?: string;
}

/** The names of the five types, in the drop-down list's order. */
export const fiveTypeNames: readonly string[] = types.map((type) => type.name);

/**
 * The five types of RNN, one at a time (drop-down list); hovering an output lights up everything
 * that it was computed from.
 *
 * @param options - the title, the width in pixels, and the type that is shown at first
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when `first` names no type
 */
export function fiveTypes(options: FiveTypesOptions = {}): VegaLiteSpec {
  requireChartOptions("fiveTypes", options, "first");
  const first = options.first ?? fiveTypeNames[1]!;
  if (!fiveTypeNames.includes(first)) {
    throw new OutOfRangeError(
      `fiveTypes: no type "${first}"; expected one of ${fiveTypeNames.join(", ")}`,
    );
  }
  const width = options.width ?? defaultWidth;
  const height = 285;
  const parts = types.map((type) => drawType(type, width));
  const nodes = parts.flatMap((part) => part.nodes);
  const edges = parts.flatMap((part) => part.edges);
  const feeds = ancestors(edges);
  const layers = diagramLayers(
    nodes.map((node) => ({
      ...node,
      fields: { ...node.fields, usedBy: feeds.get(node.id) ?? [] },
    })),
    edges.map((edge) => ({
      ...edge,
      fields: { ...edge.fields, usedBy: feeds.get(edge.to) ?? [] },
    })),
    {
      width,
      height,
      filter: "datum.type === type",
      focus: "!isValid(hovered.id) || indexof(datum.usedBy, hovered.id[0]) >= 0",
      nodeParams: [
        {
          name: "hovered",
          select: { type: "point", on: "mouseover", clear: "mouseout", fields: ["id"] },
        },
      ],
    },
  );
  const captions = types.map((type) => ({ type: type.name, text: caption(type) }));
  return chart(
    `Inputs and outputs at one step or at many make ${types.length} types of RNN; ${types.filter((type) => type.fedBack.length > 0).length} of them feed ŷ back`,
    `Diagram of the five types of recurrent network, one at a time. ${types.map((type) => `${type.name}: ${caption(type)}`).join(". ")}. A drop-down list picks the type; hovering an output highlights everything that it depends on.`,
    {
      width,
      height,
      params: [
        {
          name: "type",
          value: first,
          bind: { input: "select", options: fiveTypeNames, name: "type: " },
        },
      ],
      layer: [
        ...layers,
        {
          data: { values: captions },
          transform: [{ filter: "datum.type === type" }],
          mark: {
            type: "text",
            align: "left",
            baseline: "bottom",
            fontSize: 12,
            color: textColour,
          },
          encoding: {
            text: { field: "text", type: "nominal" },
            x: { value: 0 },
            y: { value: height },
          },
        },
      ],
    },
    options,
  );
}

function caption(type: NetworkType): string {
  return `T_x = ${type.inputs.length}, T_y = ${type.outputs.length}: ${type.example}`;
}

function drawType(
  type: NetworkType,
  width: number,
): { nodes: DiagramNode[]; edges: DiagramEdge[] } {
  const rows = { yhat: 35, a: 120, x: 205 };
  const gap = Math.min(110, (width - 80) / type.steps);
  const left = (width - gap * type.steps) / 2;
  const column = (t: number): number => left + gap * t;
  const decoderFrom = type.name.endsWith("≠ T_y") ? type.outputs[0]! : Infinity;
  const fields = { type: type.name };
  const nodes: DiagramNode[] = [];
  const edges: DiagramEdge[] = [];
  const id = (symbol: string, t: number): string => `${symbol}${t} of ${type.name}`;

  for (let t = 1; t <= type.steps; t++) {
    const decoding = t >= decoderFrom;
    const state = decoding ? at("s", t - decoderFrom + 1) : at("a", t);
    const alone = type.steps === 1;
    nodes.push({
      id: id("a", t),
      label: alone ? "a" : state,
      role: "state",
      x: column(t) - (alone ? gap / 2 : 0),
      y: rows.a,
      note: decoding ? `${state}: the decoder's state` : `${state}: the state`,
      fields,
    });
    if (t > 1) {
      edges.push({ from: id("a", t - 1), to: id("a", t), note: "the state is handed on", fields });
    } else if (!alone) {
      nodes.push({
        id: id("a", 0),
        label: at("a", 0),
        role: "neutral",
        x: column(0),
        y: rows.a,
        note: "a⟨0⟩ = 0",
        fields,
      });
      edges.push({ from: id("a", 0), to: id("a", 1), note: "the state starts at zero", fields });
    }
  }
  type.inputs.forEach((t) => {
    const alone = type.steps === 1;
    nodes.push({
      id: id("x", t),
      label: type.inputs.length === 1 ? "x" : at("x", t),
      role: "input",
      x: column(t) - (alone ? gap / 2 : 0),
      y: rows.x,
      note: type.inputs.length === 1 ? "x: the only input" : `${at("x", t)}: an input`,
      fields,
    });
    edges.push({ from: id("x", t), to: id("a", t), note: "the input enters the state", fields });
  });
  if (decoderFrom !== Infinity) {
    nodes.push({
      id: id("start", decoderFrom),
      label: "start",
      role: "input",
      x: column(decoderFrom),
      y: rows.x,
      note: "a token that says: begin to write",
      fields,
    });
    edges.push({
      from: id("start", decoderFrom),
      to: id("a", decoderFrom),
      note: "the decoder begins",
      fields,
    });
  }
  type.outputs.forEach((t, k) => {
    const alone = type.steps === 1;
    const label = type.outputs.length === 1 ? "ŷ" : at("ŷ", k + 1);
    nodes.push({
      id: id("y", t),
      label,
      role: "output",
      x: column(t) - (alone ? gap / 2 : 0),
      y: rows.yhat,
      note: `${label}: an output`,
      fields,
    });
    edges.push({ from: id("a", t), to: id("y", t), note: "the output reads the state", fields });
  });
  type.fedBack.forEach((t) => {
    edges.push({
      from: id("y", t - 1),
      to: id("a", t),
      role: "output",
      dashed: true,
      note:
        decoderFrom === Infinity
          ? "ŷ⟨t−1⟩ is fed back as the input x⟨t⟩"
          : "the decoder reads its own ŷ⟨t−1⟩",
      fields,
    });
  });
  return { nodes, edges };
}

/** For each node: itself and all nodes that depend on it. */
function ancestors(edges: readonly DiagramEdge[]): Map<string, string[]> {
  const next = new Map<string, string[]>();
  const ids = new Set<string>();
  for (const { from, to } of edges) {
    ids.add(from).add(to);
    next.set(from, [...(next.get(from) ?? []), to]);
  }
  const reached = (id: string, seen: Set<string>): Set<string> => {
    if (!seen.has(id)) {
      seen.add(id);
      next.get(id)?.forEach((follower) => reached(follower, seen));
    }
    return seen;
  };
  return new Map(Array.from(ids, (id) => [id, Array.from(reached(id, new Set()))]));
}
