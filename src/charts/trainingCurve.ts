/** A loss over training. */
import { requireList, requireRecord } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";
import { hoverLayers } from "./hover.js";
import { logAxis } from "./logAxis.js";
import { categorical } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** The loss at one step of training. */
export interface TrainingRow {
  readonly step: number;
  readonly loss: number;
  /** Which model or which data, when there are several. */
  readonly series?: string;
}

/** Options of {@link trainingCurve}. */
export interface TrainingCurveOptions extends ChartOptions {
  /** What the vertical axis says, "loss (nats)" unless said. */
  readonly lossTitle?: string;
  /** What the horizontal axis says, "training step" unless said. */
  readonly stepTitle?: string;
  /** A logarithmic vertical axis. */
  readonly log?: boolean;
}

/**
 * A line for each series; hovering reads the nearest point.
 *
 * @param losses - rows, or the losses of training step 1, 2, … themselves
 * @param options - the title, the width in pixels, the axes' titles, and whether the loss is on a
 *   logarithmic axis
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no finite loss to draw, or the losses are no list of numbers or rows
 */
export function trainingCurve(
  losses: readonly TrainingRow[] | readonly number[],
  options: TrainingCurveOptions = {},
): VegaLiteSpec {
  requireChartOptions("trainingCurve", options, "lossTitle", "stepTitle", "log");
  requireList("trainingCurve", "losses", losses);
  for (const row of losses)
    if (typeof row !== "number") requireRecord("trainingCurve", "a row", row);
  const rows = losses.map((row, k) => (typeof row === "number" ? { step: k + 1, loss: row } : row));
  const all = rows.map((row: TrainingRow) => ({ ...row, series: row.series ?? "loss" }));
  const domain = Array.from(new Set(all.map((row) => row.series)));
  if (domain.length === 0)
    throw new OutOfRangeError("trainingCurve: expected at least one row, got none");
  const values = all.filter(
    ({ loss }) => Number.isFinite(loss) && (options.log !== true || loss > 0),
  );
  if (values.length === 0) {
    throw new OutOfRangeError(
      `trainingCurve: none of the losses is a finite number${options.log === true ? " above 0" : ""}; training has diverged before its first row`,
    );
  }
  const height = 230;
  const lossTitle = options.lossTitle ?? "loss (nats)";
  const ends = domain.map((series) => {
    const line = all.filter((row) => row.series === series).sort((a, b) => a.step - b.step);
    return { series, first: line[0]!, last: line.at(-1)! };
  });
  const claim =
    ends.length === 1
      ? `The ${lossTitle.replace(/ \(.*\)/, "")} goes from ${short(ends[0]!.first.loss)} to ${short(ends[0]!.last.loss)}${unit(lossTitle)} in ${short(ends[0]!.last.step, 6)} steps`
      : `After ${short(Math.max(...ends.map((end) => end.last.step)), 6)} steps: ${ends.map((end) => `${end.series} ${short(end.last.loss)}`).join(", ")}${unit(lossTitle)}`;
  return chart(
    claim,
    `Line chart of the ${lossTitle} over ${options.stepTitle ?? "training step"}. ${ends.map((end) => `${end.series}: ${short(end.first.loss)} at ${end.first.step}, ${short(end.last.loss)} at ${end.last.step}`).join("; ")}.`,
    {
      width: options.width ?? defaultWidth - 60,
      height,
      data: { values },
      layer: hoverLayers({
        x: {
          field: "step",
          type: "quantitative",
          title: options.stepTitle ?? "training step",
          scale: { nice: false },
        },
        y: {
          field: "loss",
          type: "quantitative",
          title: lossTitle,
          ...(options.log === true
            ? logAxis(
                values.map(({ loss }) => loss),
                height,
                16,
              )
            : { scale: { zero: true } }),
        },
        series: { domain, range: domain.map((_, k) => categorical[k % categorical.length]!) },
      }),
    },
    options,
  );
}

function unit(title: string): string {
  const found = /\((.*)\)/.exec(title);
  return found === null ? "" : ` ${found[1]}`;
}
