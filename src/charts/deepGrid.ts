/** A deep RNN over time: layers upwards, steps to the right, and what each state was computed from. */
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

/**
 * The unrolled deep RNN: two sliders pick a[l]⟨t⟩, and all that it was computed from lights up.
 *
 * @param T_x - number of time steps, 2 to 6
 * @param L - number of layers, 1 to 4
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError for any other T_x or L
 */
export function deepGrid(T_x: number, L: number, options: ChartOptions = {}): VegaLiteSpec {
  requireChartOptions("deepGrid", options);
  if (!Number.isInteger(T_x) || T_x < 2 || T_x > 6) {
    throw new OutOfRangeError(`deepGrid: expected T_x from 2 to 6, got ${T_x}`);
  }
  if (!Number.isInteger(L) || L < 1 || L > 4) {
    throw new OutOfRangeError(`deepGrid: expected L from 1 to 4, got ${L}`);
  }
  const width = options.width ?? defaultWidth;
  const height = 75 * (L + 2) + 20;
  const nodes: DiagramNode[] = [];
  const edges: DiagramEdge[] = [];
  const id = (l: number, t: number): string => `${l} ${t}`;
  for (let l = 0; l <= L + 1; l++) {
    for (let t = 1; t <= T_x; t++) {
      nodes.push({
        id: id(l, t),
        label: labelOf(l, t, L),
        role: l === 0 ? "input" : l > L ? "output" : "state",
        x: 30 + ((width - 60) / T_x) * (t - 0.5),
        y: height - 62 - 75 * l,
        note: noteOf(l, t, L),
        fields: { level: l, step: t },
      });
      if (l > 0) edges.push(arrow(id(l - 1, t), id(l, t), "upwards", l, t));
      if (l > 0 && l <= L && t > 1) edges.push(arrow(id(l, t - 1), id(l, t), "in time", l, t));
    }
  }
  const captions = Array.from({ length: L * T_x }, (_, n) => {
    const [l, t] = [(n % L) + 1, Math.floor(n / L) + 1];
    const states = l * t - 1;
    const text = `${at(`a[${l}]`, t)} is computed from ${t} ${t === 1 ? "input" : "inputs"} and ${states} other ${states === 1 ? "state" : "states"}`;
    return { level: l, step: t, text };
  });
  return chart(
    `${at(`a[${L}]`, T_x)} is computed from ${T_x} inputs and ${L * T_x - 1} other states`,
    `Diagram of ${L} layers over ${T_x} steps. Each state a[l]⟨t⟩ takes a[l−1]⟨t⟩ from below, x⟨t⟩ for layer 1, and a[l]⟨t−1⟩ from the left; ŷ⟨t⟩ reads a[${L}]⟨t⟩. Sliders pick a state and highlight what it was computed from: l · t states of the layers up to l and the steps up to t.`,
    {
      width,
      height,
      params: [
        {
          name: "l",
          value: L,
          bind: { input: "range", min: 1, max: L, step: 1, name: "state a[l]⟨t⟩, l: " },
        },
        {
          name: "t",
          value: T_x,
          bind: { input: "range", min: 1, max: T_x, step: 1, name: "t: " },
        },
      ],
      layer: [
        ...diagramLayers(nodes, edges, {
          width,
          height,
          radius: 27,
          focus: "datum.level <= l && datum.step <= t",
        }),
        {
          data: { values: captions },
          transform: [{ filter: "datum.level === l && datum.step === t" }],
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

function labelOf(l: number, t: number, L: number): string {
  return at(l === 0 ? "x" : l > L ? "ŷ" : `a[${l}]`, t);
}

function noteOf(l: number, t: number, L: number): string {
  if (l === 0) return `${at("x", t)}: input, (n_x, m)`;
  if (l > L) return `${at("ŷ", t)} = softmax(Wya ${at(`a[${L}]`, t)} + by), (n_y, m)`;
  return `${at(`a[${l}]`, t)} reads ${labelOf(l - 1, t, L)} and ${at(`a[${l}]`, t - 1)}, (n_a, m)`;
}

function arrow(from: string, to: string, note: string, level: number, step: number): DiagramEdge {
  return { from, to, note, fields: { level, step } };
}
