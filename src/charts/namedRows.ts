/** The vertical axis of a chart that has a row for each of a few names. */

/**
 * A row for each name, in the data's order, the names in full beside them.
 *
 * @param field - where the data have the name
 * @returns the encoding of y
 */
export function namedRows(field: string): object {
  return {
    field,
    type: "nominal",
    sort: null,
    title: null,
    axis: { labelLimit: 220, labelFontSize: 12, domain: false, ticks: false, labelPadding: 8 },
  };
}
