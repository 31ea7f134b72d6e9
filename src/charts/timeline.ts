/** One example of each application as a timeline: what goes in at which step, what comes out. */
import { OutOfRangeError } from "../core/errors.js";
import { diverging, palette, textColour } from "../display/palette.js";
import {
  at,
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** One side of an example: tokens, one a step, or vectors of numbers, n rows a step. */
export interface TimelineTrack {
  readonly kind: "tokens" | "numbers";
  readonly rows: readonly {
    /** The step, from 1. */
    readonly t: number;
    /** The token, or the name of the vector's entry. */
    readonly label: string;
    /** The number; not looked at for tokens. */
    readonly value: number;
  }[];
}

/** One example of one application. */
export interface TimelineExample {
  readonly application: string;
  /** What x⟨t⟩ is, such as "a word". */
  readonly x: string;
  /** What y⟨t⟩, or the single y, is. */
  readonly y: string;
  readonly timeline: { readonly input: TimelineTrack; readonly output: TimelineTrack };
}

/** A box of the picture, in pixels from the top left corner; short names, there are many. */
interface Box {
  readonly a: string;
  readonly l: number;
  readonly r: number;
  readonly u: number;
  readonly d: number;
  readonly colour: string;
  readonly strength: number;
  readonly label: string;
  /** The label's turn in degrees: upwards in narrow boxes. */
  readonly angle: 0 | 270;
  readonly step: string;
  readonly value: string;
}

const bands = { x: { top: 24, height: 72 }, y: { top: 132, height: 40 } } as const;
const boxHeight = 40;

/**
 * The applications' examples, one at a time (drop-down list); hovering a box tells its step.
 * Tokens are boxes; vectors of numbers are columns of cells, each row on its own scale.
 *
 * @param examples - at least one, with its tracks of input and output
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no example
 */
export function timeline(
  examples: readonly TimelineExample[],
  options: ChartOptions = {},
): VegaLiteSpec {
  requireChartOptions("timeline", options);
  const [first] = examples;
  if (first === undefined) {
    throw new OutOfRangeError("timeline: expected at least one application, got none");
  }
  const width = options.width ?? defaultWidth;
  const height = bands.y.top + bands.y.height + 4;
  const boxes = examples.flatMap((example) => [
    ...trackBoxes(example, "x", width),
    ...trackBoxes(example, "y", width),
  ]);
  const captions = examples.flatMap((example) => [
    { a: example.application, y: trackTop(example, "x") - 8, text: caption(example, "x") },
    { a: example.application, y: trackTop(example, "y") - 8, text: caption(example, "y") },
  ]);
  const equal = examples.filter(
    ({ timeline: { input, output } }) => length(input) === length(output),
  ).length;
  const y = {
    field: "u",
    type: "quantitative",
    axis: null,
    scale: { domain: [0, height], reverse: true },
  };
  const x = { field: "l", type: "quantitative", axis: null, scale: { domain: [0, width] } };
  const filter = { filter: "datum.a === application" };
  return chart(
    `In ${equal} of ${examples.length} applications the example has as many outputs as inputs`,
    `Timelines of one example of each of ${examples.length} applications, one at a time. ${examples
      .map(
        (example) => `${example.application}: ${caption(example, "x")}; ${caption(example, "y")}`,
      )
      .join(". ")}.`,
    {
      width,
      height,
      params: [
        {
          name: "application",
          value: first.application,
          bind: {
            input: "select",
            options: examples.map((example) => example.application),
            name: "application: ",
          },
        },
      ],
      layer: [
        {
          data: { values: boxes },
          transform: [filter],
          mark: { type: "rect", cornerRadius: 1 },
          encoding: {
            x,
            x2: { field: "r" },
            y,
            y2: { field: "d" },
            color: { field: "colour", type: "nominal", scale: null },
            fillOpacity: { field: "strength", type: "quantitative", scale: null, legend: null },
            tooltip: [
              { field: "step", type: "nominal", title: "step" },
              { field: "value", type: "nominal", title: "value" },
            ],
          },
        },
        ...([0, 270] as const).map((angle) => ({
          data: { values: boxes.filter((box) => box.label !== "" && box.angle === angle) },
          transform: [
            filter,
            { calculate: "(datum.l + datum.r) / 2", as: "x" },
            { calculate: "(datum.u + datum.d) / 2", as: "y" },
          ],
          mark: { type: "text", color: "white", fontSize: 11, baseline: "middle", angle },
          encoding: {
            x: { ...x, field: "x" },
            y: { ...y, field: "y" },
            text: { field: "label", type: "nominal" },
          },
        })),
        {
          data: { values: captions },
          transform: [filter],
          mark: {
            type: "text",
            align: "left",
            baseline: "bottom",
            fontSize: 12,
            color: textColour,
          },
          encoding: {
            x: { value: 0 },
            y: { ...y, field: "y" },
            text: { field: "text", type: "nominal" },
          },
        },
      ],
    },
    options,
  );
}

function caption(example: TimelineExample, side: "x" | "y"): string {
  const { input, output } = example.timeline;
  return side === "x"
    ? `T_x = ${length(input)}, x${length(input) === 1 ? "" : "⟨t⟩"}: ${example.x}`
    : `T_y = ${length(output)}, y${length(output) === 1 ? "" : "⟨t⟩"}: ${example.y}`;
}

/** Where a track begins: tokens stand at the bottom of their band. */
function trackTop(example: TimelineExample, side: "x" | "y"): number {
  const { input, output } = example.timeline;
  const { top, height } = bands[side];
  return (side === "x" ? input : output).kind === "tokens" ? top + height - boxHeight : top;
}

/** The number of steps. */
function length(track: TimelineTrack): number {
  return track.rows.reduce((last, row) => Math.max(last, row.t), 0);
}

function trackBoxes(example: TimelineExample, side: "x" | "y", width: number): Box[] {
  const { input, output } = example.timeline;
  const track = side === "x" ? input : output;
  const column = Math.min(90, width / Math.max(1, length(input), length(output)));
  return track.kind === "tokens"
    ? tokenBoxes(example, side, track, column, width)
    : numberBoxes(example.application, side, track, column);
}

function tokenBoxes(
  example: TimelineExample,
  side: "x" | "y",
  track: TimelineTrack,
  column: number,
  width: number,
): Box[] {
  const [only] = track.rows;
  // a box that stands alone is as wide as its text; many boxes share the width
  const wide =
    track.rows.length === 1
      ? Math.min(width, Math.max(column, only!.label.length * 7 + 16))
      : column;
  const gap = Math.min(3, wide / 5);
  const top = trackTop(example, side);
  return track.rows.map(({ t, label }) => ({
    a: example.application,
    l: round((t - 1) * wide),
    r: round(t * wide - gap),
    u: top,
    d: top + boxHeight,
    colour: side === "x" ? palette.input : palette.output,
    strength: 1,
    ...fitted(label, wide - gap),
    step: at(side, t),
    value: label,
  }));
}

function numberBoxes(
  application: string,
  side: "x" | "y",
  track: TimelineTrack,
  column: number,
): Box[] {
  const names = Array.from(new Set(track.rows.map((row) => row.label)));
  const { top, height } = bands[side];
  const cell = height / names.length;
  const scales = new Map(
    names.map((name) => {
      const values = track.rows.filter((row) => row.label === name).map((row) => row.value);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const spread = Math.max(...values.map((value) => Math.abs(value - mean)));
      return [name, { mean, spread: spread === 0 ? 1 : spread, row: names.indexOf(name) }];
    }),
  );
  return track.rows.map(({ t, label, value }) => {
    const { mean, spread, row } = scales.get(label)!;
    const deviation = (value - mean) / spread;
    return {
      a: application,
      l: round((t - 1) * column),
      r: round(t * column),
      u: round(top + row * cell),
      d: round(top + (row + 1) * cell),
      colour: deviation < 0 ? diverging.negative : diverging.positive,
      strength: round(Math.abs(deviation)),
      label: "",
      angle: 0,
      step: at(side, t),
      value: `${label} = ${short(value)}`,
    };
  });
}

/** The text if it fits across or upwards, its beginning if that says something, else nothing. */
function fitted(text: string, width: number): { label: string; angle: 0 | 270 } {
  const size = 6.6 * text.length;
  if (size <= width || (text.length === 1 && width >= 6)) return { label: text, angle: 0 };
  const room = Math.floor(width / 6.6);
  if (room >= 4) return { label: `${text.slice(0, room - 1)}…`, angle: 0 };
  return { label: size <= boxHeight && width >= 11 ? text : "", angle: 270 };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
