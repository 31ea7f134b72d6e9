/** tanh and the sigmoid, and their slopes. */
import { sigmoid, tanh } from "../core/activations.js";
import { Mat } from "../core/matrix.js";
import { hoverLayers } from "./hover.js";
import { palette } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/**
 * g1 = tanh and the sigmoid over z from −6 to 6; a switch shows their derivatives instead.
 *
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws ShapeError never: its grid is a matrix
 */
export function activationCurves(options: ChartOptions = {}): VegaLiteSpec {
  requireChartOptions("activationCurves", options);
  const grid = Mat.build(1, 121, (_, k) => (k - 60) / 10);
  const curves = {
    tanh: { value: tanh(grid), slope: (y: number) => 1 - y * y },
    sigmoid: { value: sigmoid(grid), slope: (y: number) => y * (1 - y) },
  };
  const values = Object.entries(curves).flatMap(([series, { value, slope }]) =>
    Array.from(grid.data).flatMap((z, k) => {
      const y = value.get(0, k);
      return [
        { z, series, shown: "value", y },
        { z, series, shown: "slope", y: slope(y) },
      ];
    }),
  );
  const steepest = (series: string): string =>
    short(
      Math.max(...values.filter((v) => v.series === series && v.shown === "slope").map((v) => v.y)),
    );
  return chart(
    `The steepest slope is ${steepest("tanh")} for tanh and ${steepest("sigmoid")} for the sigmoid, both at z = 0`,
    `Line chart of tanh, from −1 to 1, and of the sigmoid, from 0 to 1, over z from −6 to 6; a switch shows their derivatives, whose largest values are ${steepest("tanh")} and ${steepest("sigmoid")}.`,
    {
      width: options.width ?? defaultWidth - 60,
      height: 230,
      params: [
        {
          name: "shown",
          value: "value",
          bind: { input: "radio", options: ["value", "slope"], name: "draw: " },
        },
      ],
      data: { values },
      transform: [{ filter: "datum.shown === shown" }],
      layer: hoverLayers({
        x: { field: "z", type: "quantitative", title: "z" },
        y: { field: "y", type: "quantitative", title: null, scale: { domain: [-1, 1] } },
        series: { domain: ["tanh", "sigmoid"], range: [palette.state, palette.output] },
      }),
    },
    options,
  );
}
