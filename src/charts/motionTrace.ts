/** A stick figure in motion: one frame of it, and the trace of all. */
import { OutOfRangeError } from "../core/errors.js";
import { palette } from "../display/palette.js";
import { chart, type ChartOptions, type VegaLiteSpec, requireChartOptions } from "./spec.js";

/** A recorded motion. */
export interface Motion {
  /** Its name in the drop-down list. */
  readonly name: string;
  /** Frame by frame, each joint's x (to the right) and y (upwards): x, y, x, y, … */
  readonly frames: readonly (readonly number[])[];
}

/** What the figure is made of. */
export interface Figure {
  /** The joints' names, in the frames' order. */
  readonly joints: readonly string[];
  /** Pairs of joints that a line connects. */
  readonly bones: readonly (readonly [string, string])[];
}

/**
 * The figure at step t (slider) of the chosen motion (drop-down list), with every joint's way
 * drawn faintly behind it. A motion that is over keeps its last frame.
 *
 * @param motions - at least one, each of frames with x and y of every joint
 * @param figure - the joints' names, and the bones between them
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no motion, a frame's length is not two numbers a joint, or a
 * bone names no joint
 */
export function motionTrace(
  motions: readonly Motion[],
  figure: Figure,
  options: ChartOptions = {},
): VegaLiteSpec {
  requireChartOptions("motionTrace", options);
  const { joints, bones } = figure;
  const [first] = motions;
  if (first === undefined || first.frames.length === 0) {
    throw new OutOfRangeError("motionTrace: expected at least one motion with frames, got none");
  }
  const index = (joint: string): number => {
    const found = joints.indexOf(joint);
    if (found === -1) {
      throw new OutOfRangeError(
        `motionTrace: no joint "${joint}" for a bone; expected one of ${joints.join(", ")}`,
      );
    }
    return found;
  };
  const ends = bones.map(([from, to]) => [index(from), index(to)] as const);
  const points = motions.flatMap((motion) =>
    motion.frames.flatMap((frame, f) => {
      if (frame.length !== 2 * joints.length) {
        throw new OutOfRangeError(
          `motionTrace: frame ${f + 1} of ${motion.name} has ${frame.length} numbers; expected ${2 * joints.length}, two a joint`,
        );
      }
      const T = motion.frames.length;
      return joints.map((joint, k) => {
        const [x, y] = [round(frame[2 * k]!), round(frame[2 * k + 1]!)];
        return { motion: motion.name, t: f + 1, T, joint, x, y };
      });
    }),
  );
  const limbs = motions.flatMap((motion) =>
    motion.frames.flatMap((frame, f) =>
      ends.map(([from, to]) => ({
        motion: motion.name,
        t: f + 1,
        T: motion.frames.length,
        x: round(frame[2 * from]!),
        y: round(frame[2 * from + 1]!),
        x2: round(frame[2 * to]!),
        y2: round(frame[2 * to + 1]!),
      })),
    ),
  );
  const T = Math.max(...motions.map((motion) => motion.frames.length));
  const box = frameBox(points);
  const x = { field: "x", type: "quantitative", axis: null, scale: { domain: box.x } };
  const y = { field: "y", type: "quantitative", axis: null, scale: { domain: box.y } };
  const busiest = mostMoved(points);
  const height = 300;
  return chart(
    `${busiest.motion}: ${busiest.joint} travels farthest, ${busiest.ratio} times as far as the mean joint`,
    `Stick figure of ${joints.length} joints in ${motions.length} motions of up to ${T} frames: ${motions.map((motion) => motion.name).join(", ")}. A slider picks the frame; the joints' ways are drawn faintly.`,
    {
      width: options.width ?? Math.round((height * (box.x[1] - box.x[0])) / (box.y[1] - box.y[0])),
      height,
      params: [
        {
          name: "motion",
          value: first.name,
          bind: {
            input: "select",
            options: motions.map((motion) => motion.name),
            name: "motion: ",
          },
        },
        {
          name: "t",
          value: 1,
          bind: { input: "range", min: 1, max: T, step: 1, name: "step t: " },
        },
      ],
      layer: [
        {
          data: { values: points },
          transform: [{ filter: "datum.motion === motion" }],
          mark: { type: "line", strokeWidth: 1, opacity: 0.45, color: palette.neutral },
          encoding: {
            x,
            y,
            detail: { field: "joint" },
            order: { field: "t", type: "quantitative" },
          },
        },
        {
          data: { values: limbs },
          transform: [{ filter: "datum.motion === motion && datum.t === min(t, datum.T)" }],
          mark: { type: "rule", strokeWidth: 4, strokeCap: "round", color: palette.input },
          encoding: { x, y, x2: { field: "x2" }, y2: { field: "y2" } },
        },
        {
          data: { values: points },
          transform: [{ filter: "datum.motion === motion && datum.t === min(t, datum.T)" }],
          mark: { type: "point", filled: true, size: 70, opacity: 1, color: palette.state },
          encoding: {
            x,
            y,
            tooltip: [
              { field: "joint", type: "nominal" },
              { field: "x", type: "quantitative", format: ".3f" },
              { field: "y", type: "quantitative", format: ".3f" },
            ],
          },
        },
      ],
    },
    options,
  );
}

interface TracePoint {
  readonly motion: string;
  readonly joint: string;
  readonly x: number;
  readonly y: number;
}

/** The box around all points with a margin, so that a unit is as long across as upwards. */
function frameBox(points: readonly TracePoint[]): { x: [number, number]; y: [number, number] } {
  const side = (values: readonly number[]): [number, number] => [
    Math.min(...values),
    Math.max(...values),
  ];
  const [left, right] = side(points.map((point) => point.x));
  const [bottom, top] = side(points.map((point) => point.y));
  const margin = 0.08 * Math.max(right - left, top - bottom, 1e-9);
  const half = Math.max(right - left, 0.5 * (top - bottom)) / 2 + margin;
  const middle = (left + right) / 2;
  return { x: [middle - half, middle + half], y: [bottom - margin, top + margin] };
}

/** The motion and joint with the longest way, against the mean joint of that motion. */
function mostMoved(points: readonly TracePoint[]): {
  motion: string;
  joint: string;
  ratio: number;
} {
  const ways = new Map<string, Map<string, { length: number; last: TracePoint }>>();
  for (const point of points) {
    const joints =
      ways.get(point.motion) ?? new Map<string, { length: number; last: TracePoint }>();
    ways.set(point.motion, joints);
    const way = joints.get(point.joint);
    const step = way === undefined ? 0 : Math.hypot(point.x - way.last.x, point.y - way.last.y);
    joints.set(point.joint, { length: (way?.length ?? 0) + step, last: point });
  }
  let best = { motion: "", joint: "", length: -1, ratio: 1 };
  for (const [motion, joints] of ways) {
    const mean =
      Array.from(joints.values()).reduce((sum, way) => sum + way.length, 0) / joints.size;
    for (const [joint, way] of joints) {
      if (way.length > best.length) {
        best = { motion, joint, length: way.length, ratio: mean === 0 ? 1 : way.length / mean };
      }
    }
  }
  return { ...best, ratio: Number(best.ratio.toPrecision(2)) };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
