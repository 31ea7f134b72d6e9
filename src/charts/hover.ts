/** Lines that tell their values under the pointer. */
type Channel = Readonly<Record<string, unknown>> & { readonly field: string };

/** The lines to draw: the data's field `series` says which line a row belongs to. */
export interface HoverLines {
  readonly x: Channel;
  readonly y: Channel;
  readonly series: { readonly domain: readonly string[]; readonly range: readonly string[] };
  /** Also mark each row with a point. */
  readonly points?: boolean;
  /** How numbers are written in the tooltip, ".4~g" unless said. */
  readonly format?: string;
}

const dashes = [
  [1, 0],
  [6, 3],
  [3, 6],
  [8, 3, 2, 3],
  [4, 6],
  [12, 4],
];

/**
 * The layers of a line chart: a line for each series (told apart by colour and dash), a point
 * at the place nearest to the pointer, and a tooltip of that row.
 *
 * @param lines - the channels, the series with their colours, and how numbers are written
 * @returns Vega-Lite layers, the lowest first
 */
export function hoverLayers(lines: HoverLines): readonly Record<string, unknown>[] {
  const { domain, range } = lines.series;
  const legend =
    domain.length > 1
      ? { title: null, orient: "top", symbolType: "stroke", symbolSize: 400 }
      : null;
  const color = { field: "series", type: "nominal", scale: { domain, range }, legend };
  const strokeDash = {
    field: "series",
    type: "nominal",
    scale: { domain, range: domain.map((_, k) => dashes[k % dashes.length]) },
    legend,
  };
  const format = lines.format ?? ".4~g";
  const title = (channel: Channel): string =>
    typeof channel["title"] === "string" ? channel["title"] : channel.field;
  return [
    {
      mark: {
        type: "line",
        strokeWidth: 2,
        opacity: 1,
        ...(lines.points === true ? { point: true } : {}),
      },
      encoding: { x: lines.x, y: lines.y, color, strokeDash },
    },
    {
      params: [
        {
          name: "nearest",
          select: {
            type: "point",
            on: "mouseover",
            clear: "mouseout",
            nearest: true,
            fields: [lines.x.field, "series"],
          },
        },
      ],
      mark: { type: "point", filled: true, size: 70 },
      encoding: {
        x: lines.x,
        y: lines.y,
        color,
        opacity: { condition: { param: "nearest", empty: false, value: 1 }, value: 0 },
        tooltip: [
          ...(domain.length > 1 ? [{ field: "series", type: "nominal", title: "line" }] : []),
          { field: lines.x.field, type: "quantitative", title: title(lines.x), format },
          { field: lines.y.field, type: "quantitative", title: title(lines.y), format },
        ],
      },
    },
  ];
}
