/** The scaling as a picture: four log-log panels. */
import { categorical } from "../src/display/palette.js";
import { chart, type VegaLiteSpec } from "../src/charts/spec.js";
import type { CostPoint, MemoryPoint, ScalingResult, Size } from "./scaling.js";

const side = 190;
const titles: Readonly<Record<Size, string>> = { n_a: "units n_a", T: "steps T", m: "examples m" };

/** Milliseconds of a training step against n_a, T and m, and megabytes against T. */
export function scalingChart({ costs, memory }: ScalingResult): VegaLiteSpec {
  return chart(
    "A step's cost grows as its products do; checkpoints let memory grow with √T",
    "Four panels with logarithmic axes. Three: milliseconds of a training step of RNN, GRU and LSTM against the number of units, of steps and of examples. One: a network's megabytes against the number of steps, with and without checkpoints.",
    {
      hconcat: [
        ...(["n_a", "T", "m"] as const).map((varied) =>
          costPanel(
            varied,
            costs.filter((point) => point.varied === varied),
          ),
        ),
        memoryPanel(memory),
      ],
      resolve: { scale: { color: "independent", shape: "independent" } },
    },
    { width: 4 * side },
  );
}

function costPanel(varied: Size, points: readonly CostPoint[]): object {
  const values = points.map(({ cell, value, milliseconds }) => ({
    value,
    milliseconds,
    series: cell.toUpperCase(),
  }));
  return panel(values, titles[varied], "milliseconds", ["RNN", "GRU", "LSTM"]);
}

function memoryPanel(points: readonly MemoryPoint[]): object {
  const names = ["all states kept", "checkpoints"];
  const values = points.map(({ T, bytes, checkpoints }) => ({
    value: T,
    megabytes: bytes / 1e6,
    series: names[Number(checkpoints)],
  }));
  return panel(values, titles.T, "megabytes", names);
}

function panel(
  values: readonly object[],
  x: string,
  y: "milliseconds" | "megabytes",
  series: readonly string[],
): object {
  const axis = { type: "quantitative", scale: { type: "log", nice: false } };
  return {
    width: side,
    height: side,
    data: { values },
    mark: { type: "line", point: true },
    encoding: {
      x: { field: "value", title: x, ...axis, axis: { format: "~s", tickCount: 5 } },
      y: { field: y, title: y, ...axis, axis: { format: "~g", tickCount: 5 } },
      color: {
        field: "series",
        type: "nominal",
        title: null,
        scale: { domain: series, range: categorical.slice(0, series.length) },
        legend: { orient: "top" },
      },
      shape: {
        field: "series",
        type: "nominal",
        title: null,
        scale: { domain: series },
        legend: { orient: "top" },
      },
    },
  };
}
