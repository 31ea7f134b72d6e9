/**
 * A chart as a bundle: the specification for JupyterLab and VS Code, a picture for front ends that
 * cannot draw it (GitHub, nbconvert), and its alt text.
 */
import { escapeHtml } from "./escapeHtml.js";
import type { MimeBundle } from "./mimeBundle.js";
import { palette, textColour } from "./palette.js";

/** The MIME type of Vega-Lite 5, which JupyterLab renders. */
export const vegaLiteMime = "application/vnd.vegalite.v5+json";

/** What the display needs of a specification. */
export interface ChartView {
  readonly $schema: string;
  readonly description?: unknown;
}

/** What this file uses of vega and of vega-lite; both cost most of a second to load. */
interface Renderer {
  readonly vega: {
    parse(spec: unknown): unknown;
    View: new (
      runtime: unknown,
      options: { renderer: "none"; logLevel: number },
    ) => { toSVG(): Promise<string>; finalize(): void };
  };
  readonly vegaLite: { compile(spec: unknown): { readonly spec: unknown } };
}

let loading: Promise<Renderer> | undefined;

/**
 * Whether `value` is a Vega-Lite specification: an object whose `$schema` names vega-lite.
 *
 * @param value - anything
 * @returns true for a chart of any version of Vega-Lite
 */
export function isChart(value: unknown): value is ChartView {
  return (
    typeof value === "object" &&
    value !== null &&
    "$schema" in value &&
    typeof value.$schema === "string" &&
    value.$schema.includes("/vega-lite/")
  );
}

/**
 * The bundle of a chart.
 *
 * @param spec - the chart, a Vega-Lite specification
 * @param options - `svg: false` leaves the picture out (loading vega takes most of a second, once)
 * @returns the specification under its own MIME type, its alt text, and the picture unless left out
 */
export async function chartBundle(
  spec: ChartView,
  options: { readonly svg?: boolean } = {},
): Promise<MimeBundle> {
  const bundle = { [vegaLiteMime]: spec, "text/plain": altText(spec) };
  return options.svg === false ? bundle : { ...bundle, "image/svg+xml": await chartSvg(spec) };
}

/**
 * The picture of a chart as it first appears: one image with the chart's alt text.
 *
 * @param spec - the chart, a Vega-Lite specification
 * @returns SVG text
 */
export async function chartSvg(spec: ChartView): Promise<string> {
  const { vega, vegaLite } = await (loading ??= load());
  const own: unknown = JSON.parse(JSON.stringify(spec)); // vega marks the rows of data that it reads
  const view = new vega.View(vega.parse(vegaLite.compile(own).spec), {
    renderer: "none",
    logLevel: 1, // errors alone: without a window vega warns of every brush
  });
  try {
    // What draws a picture outside a page knows no page's colours.
    const svg = (await view.toSVG()).replaceAll(textColour, palette.neutral);
    const named = `<svg role="img" aria-label="${escapeHtml(altText(spec))}"`;
    return svg.replace(/<[^>]+>/g, ofOneImage).replace(/^<svg/, () => named);
  } finally {
    view.finalize();
  }
}

function altText({ description }: ChartView): string {
  return typeof description === "string" ? description : "a chart";
}

/**
 * A tag as it is in a picture that has one description: the words for each of its marks would be most of it; and no
 * eye sees a thousandth of a pixel.
 */
function ofOneImage(tag: string): string {
  return tag
    .replace(/ (?:role|aria-\w+)="[^"]*"/g, "")
    .replace(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))));
}

async function load(): Promise<Renderer> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  return { vega: vega as unknown as Renderer["vega"], vegaLite: vegaLite as Renderer["vegaLite"] };
}
