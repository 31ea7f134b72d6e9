/** Many draws beside the distribution that they were drawn from. */
import { requireList } from "../core/arguments.js";
import { ShapeError } from "../core/errors.js";
import { type Mat, requireMat, shapeText } from "../core/matrix.js";
import { requireProbabilities } from "../core/probabilities.js";
import { requireIndex } from "../notation/oneHot.js";
import { palette } from "../display/palette.js";
import { tokenAxis } from "./heatMap.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/**
 * A bar for the share of the draws that gave a token, and a mark where its probability lies.
 *
 * @param draws - the indices that were drawn, at least one
 * @param yhat_t - the probabilities that they were drawn by, (n_y, 1)
 * @param tokens - the tokens' names, n_y of them
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws ShapeError when there is no draw, or not one name and one probability a token; OutOfRangeError when a draw is
 *   no token, or there are no probabilities
 */
export function sampledShares(
  draws: readonly number[],
  yhat_t: Mat<"n_y", "1">,
  tokens: readonly string[],
  options: ChartOptions = {},
): VegaLiteSpec {
  requireChartOptions("sampledShares", options);
  requireList("sampledShares", "draws", draws);
  requireMat("sampledShares", "yhat_t", yhat_t);
  if (draws.length === 0)
    throw new ShapeError("sampledShares: expected at least one draw, got none");
  if (yhat_t.cols !== 1 || yhat_t.rows !== tokens.length) {
    throw new ShapeError(
      `sampledShares: yhat_t is ${shapeText(yhat_t)} but there are ${tokens.length} tokens; expected one row a token and one column`,
    );
  }
  requireProbabilities("sampledShares", yhat_t);
  draws.forEach((drawn, k) => requireIndex("sampledShares", `draw ${k + 1}`, drawn, tokens.length));
  const values = tokens.map((token, k) => ({
    place: k + 1,
    token,
    share: draws.filter((drawn) => drawn === k).length / draws.length,
    probability: yhat_t.get(k, 0),
  }));
  const gap = (row: (typeof values)[number]): number => Math.abs(row.share - row.probability);
  const widest = values.reduce((most, row) => (gap(row) > gap(most) ? row : most));
  const claim = `The shares of ${short(draws.length, 6)} draws are within ${gap(widest).toFixed(3)} of the probabilities (widest gap: ${widest.token})`;
  const x = tokenAxis(tokens);
  return chart(
    claim,
    `Bar chart of how often each of ${tokens.length} tokens was drawn, with a mark at its probability. ${claim}.`,
    {
      width: options.width ?? defaultWidth - 60,
      height: 190,
      data: { values },
      encoding: {
        x,
        tooltip: [
          { field: "token", type: "nominal" },
          { field: "share", type: "quantitative", title: "share of the draws", format: ".4f" },
          { field: "probability", type: "quantitative", format: ".4f" },
        ],
      },
      layer: [
        {
          mark: { type: "bar", color: palette.input },
          encoding: {
            y: {
              field: "share",
              type: "quantitative",
              title: "bar: share of the draws, tick: ŷ",
              axis: { tickCount: 4 },
            },
          },
        },
        {
          mark: { type: "tick", color: palette.state, thickness: 3 },
          encoding: { y: { field: "probability", type: "quantitative" } },
        },
      ],
    },
    options,
  );
}
