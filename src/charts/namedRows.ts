/** The vertical axis of a chart that has a row for each of a few names. */

/**
 * A row for each name, in the data's order, the names in full beside them.
 *
 * @param field - where the data have the name
 * @param labelLimit - the room for a name in pixels; where a chart is drawn without fonts, as the picture that is kept
 *   with a lesson, a letter counts as 9.6 of them
 * @returns the encoding of y
 */
export function namedRows(field: string, labelLimit: number = 220): object {
  return {
    field,
    type: "nominal",
    sort: null,
    title: null,
    axis: { labelLimit, labelFontSize: 12, domain: false, ticks: false, labelPadding: 8 },
  };
}
