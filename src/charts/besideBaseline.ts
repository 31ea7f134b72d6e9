/** Tasks, each solved by two models: what the larger one is worth. */
import { OutOfRangeError } from "../core/errors.js";
import { palette, textColour } from "../display/palette.js";
import { namedRows } from "./namedRows.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** One task's two models; the shares of right answers are of seed 1, 2, … */
export interface ComparedRow {
  readonly task: string;
  readonly baseline: { readonly model: string; readonly shares: readonly number[] };
  readonly network: { readonly model: string; readonly shares: readonly number[] };
}

/** A smaller difference of two means is not called ahead. */
const least = 0.02;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * For each task the mean share of the baseline and of the network, joined by a line; small ticks are single seeds.
 *
 * @param rows - at least one task, both models with at least one seed; drawn in their order
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no task, or a model without a seed
 */
export function besideBaseline(
  rows: readonly ComparedRow[],
  options: ChartOptions = {},
): VegaLiteSpec {
  requireChartOptions("besideBaseline", options);
  const shares = rows.flatMap(({ baseline, network }) => [baseline.shares, network.shares]);
  if (shares.length === 0 || shares.some(({ length }) => length === 0)) {
    throw new OutOfRangeError(
      "besideBaseline: expected at least one task, each of its two models with a seed, got none",
    );
  }
  const means = rows.map(({ baseline, network }) => ({
    baseline: mean(baseline.shares),
    network: mean(network.shares),
  }));
  const ahead = means.filter(({ baseline, network }) => network - baseline >= least).length;
  const kinds = ["baseline", "network"] as const;
  const points = rows.flatMap(({ task, ...models }, i) =>
    kinds.map((kind) => ({ task, kind, model: models[kind].model, share: means[i]![kind] })),
  );
  const seeds = rows.flatMap(({ task, ...models }) =>
    kinds.flatMap((kind) =>
      models[kind].shares.map((share, k) => ({
        task,
        kind,
        model: models[kind].model,
        seed: String(k + 1),
        share,
      })),
    ),
  );
  const y = namedRows("task", 260);
  const x = {
    field: "share",
    type: "quantitative",
    title: "share of right answers on unseen examples",
    scale: { domain: [0, 1] },
  };
  const tooltip = [
    { field: "task", type: "nominal" },
    { field: "model", type: "nominal" },
    { field: "share", type: "quantitative", format: ".3f" },
  ];
  const byKind = (range: readonly unknown[]): object => ({
    field: "kind",
    type: "nominal",
    title: null,
    scale: { domain: kinds, range },
    legend: { orient: "top" },
  });
  const color = byKind([palette.neutral, palette.state]);
  return chart(
    `The network is ahead by ${short(least)} or more in ${ahead} of ${rows.length} tasks`,
    `Two points a task: mean shares of right answers. ${points.map(({ task, model, share }) => `${task}, ${model}: ${short(share)}`).join("; ")}.`,
    {
      width: options.width ?? defaultWidth - 168,
      height: { step: 46 },
      encoding: { y },
      layer: [
        {
          data: { values: rows.map(({ task }, i) => ({ task, ...means[i]! })) },
          mark: { type: "rule", strokeWidth: 2, color: palette.faint },
          encoding: { x: { ...x, field: "baseline" }, x2: { field: "network" } },
        },
        {
          data: { values: seeds },
          mark: { type: "tick", thickness: 1, size: 12, opacity: 0.6 },
          encoding: {
            x,
            color,
            tooltip: [...tooltip.slice(0, 2), { field: "seed", type: "nominal" }, tooltip[2]],
          },
        },
        {
          data: { values: points },
          mark: { type: "point", opacity: 1, strokeWidth: 2 },
          encoding: {
            x,
            color,
            fill: byKind(["transparent", palette.state]),
            shape: byKind(["square", "circle"]),
            // a dot in a frame: both are seen where they lie on each other
            size: { condition: { test: "datum.kind === 'baseline'", value: 200 }, value: 60 },
            tooltip,
          },
        },
        {
          data: {
            values: rows.map(({ task, baseline, network }, i) => ({
              task,
              text: `${baseline.model} ${short(means[i]!.baseline)}, ${network.model} ${short(means[i]!.network)}`,
            })),
          },
          mark: {
            type: "text",
            align: "left",
            baseline: "top",
            dy: 9,
            fontSize: 11,
            color: textColour,
          },
          encoding: { x: { value: 2 }, text: { field: "text", type: "nominal" } },
        },
      ],
    },
    options,
  );
}
