/**
 * What a notebook cell shows ("unrolled/display"), and `show(value)`: one value on the notebook's page, wherever the code runs.
 *
 * Our own kernel takes a whole MIME bundle through a hook that it leaves on the global object. The
 * stock tslab kernel, known by its own global, takes one MIME type per call, so it gets the
 * richest one. Anywhere else the plain text goes to the console.
 */
import { jupyterDisplay, type MimeBundle } from "./display/mimeBundle.js";
import { chartBundle, isChart, vegaLiteMime } from "./display/chartBundle.js";
import { kernelHook, type KernelHook } from "./display/kernelHook.js";
import { parametersBundle } from "./display/matrixBundle.js";
import { ShapeError } from "./core/errors.js";
import { isMat, type Mat } from "./core/matrix.js";
import { isSequence } from "./notation/sequence.js";

export * from "./display/chartBundle.js";
export * from "./display/comm.js";
export * from "./display/heatMapSvg.js";
export * from "./display/kernelHook.js";
export * from "./display/latex.js";
export * from "./display/matrixBundle.js";
export * from "./display/mimeBundle.js";
export * from "./display/textBundles.js";
export * from "./display/views.js";

/** How a value is shown. */
export interface ShowOptions {
  /** The name of this output, to show something else in its place later. */
  readonly display_id?: string;
  /** Replaces the output of the same `display_id`. */
  readonly update?: boolean;
  /** `false` shows a chart without its picture for front ends that cannot draw it. */
  readonly svg?: boolean;
}

/** The MIME types from the richest to the plainest, for a kernel that takes one at a time. */
const richestFirst = [
  vegaLiteMime,
  "text/html",
  "text/markdown",
  "text/latex",
  "image/svg+xml",
  "image/png",
  "text/plain",
] as const;

/**
 * Shows a value in the notebook: a chart, anything with the Jupyter display method (a matrix, a
 * sequence), a MIME bundle, a record of matrices (parameters), or else its text.
 *
 * @param value - what is shown
 * @param options - a name, under which a later output may take its place, and whether charts have
 *   pictures
 * @example
 * await show(Mat.from([[1, 2]])) // → undefined
 */
export async function show(value: unknown, options: ShowOptions = {}): Promise<void> {
  const globals = globalThis as Globals;
  const hook = globals[kernelHook];
  // only our kernel passes the picture on: elsewhere it is not worth loading vega
  const bundle = await bundleOf(value, hook === undefined ? { svg: false } : options);
  const { display_id, update } = options;
  const place = {
    ...(display_id === undefined ? {} : { display_id }),
    ...(update === undefined ? {} : { update }),
  };
  if (hook !== undefined) {
    hook.display(bundle, place);
  } else if (globals.__tslab__ !== undefined) {
    showInTslab(globals.__tslab__.require("tslab") as Tslab, bundle, display_id);
  } else {
    globals.console?.log(String(bundle["text/plain"] ?? ""));
  }
}

/**
 * Shows a parameter set: names, shapes and heat maps on one colour scale.
 *
 * @param parameters - matrices by name
 * @param options - as those of {@link show}
 * @throws ShapeError that names what is no matrix
 */
export async function showParameters(
  parameters: Readonly<Record<string, unknown>>,
  options: ShowOptions = {},
): Promise<void> {
  await show(parametersBundle(matricesOf(parameters)), options);
}

/**
 * The bundle under which {@link show} shows a value.
 *
 * @param value - what would be shown
 * @param options - `svg: false` leaves a chart's picture out
 * @returns MIME types from rich to plain; for a plain value text/plain alone
 */
export async function bundleOf(value: unknown, options: ShowOptions = {}): Promise<MimeBundle> {
  if (isChart(value)) return chartBundle(value, options);
  if (typeof value === "object" && value !== null) {
    if (jupyterDisplay in value) {
      return (value[jupyterDisplay] as () => MimeBundle | Promise<MimeBundle>)();
    }
    const keys = Object.keys(value);
    if (keys.length > 0 && keys.every((key) => /^[a-z]+\/[\w.+-]+$/.test(key))) {
      return value as MimeBundle;
    }
    if (keys.length > 0 && Object.values(value).every(isMat)) {
      return parametersBundle(value as Record<string, Mat>);
    }
    return { "text/plain": plainText(value) };
  }
  return { "text/plain": String(value) };
}

interface Globals {
  readonly [kernelHook]?: KernelHook;
  readonly __tslab__?: { require(name: string): unknown };
  readonly console?: { log(text: string): void };
}

interface TslabDisplay {
  raw(mime: string, data: unknown): void;
}

interface Tslab {
  readonly display: TslabDisplay;
  newDisplay(): TslabDisplay;
}

/** Outputs of the stock kernel that have a name; tslab replaces what one object shows. */
const named = new Map<string, TslabDisplay>();

function showInTslab(tslab: Tslab, bundle: MimeBundle, display_id: string | undefined): void {
  const mime = richestFirst.find((type) => type in bundle) ?? Object.keys(bundle)[0];
  if (mime === undefined) return;
  let display = tslab.display;
  if (display_id !== undefined) {
    display = named.get(display_id) ?? tslab.newDisplay();
    named.set(display_id, display);
  }
  display.raw(mime, bundle[mime]);
}

function matricesOf(
  parameters: Readonly<Record<string, unknown>>,
): Parameters<typeof parametersBundle>[0] {
  const entries = Object.entries(parameters).map(([name, value]) => {
    if (!isMat(value)) {
      throw new ShapeError(
        `showParameters: expected a record of matrices, but ${name} is no Mat; leave it out`,
      );
    }
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

/** Matrices and sequences inside a record are named by their shape, not written out. */
function shortened(_key: string, inner: unknown): unknown {
  if (isMat(inner)) return `Mat (${inner.rows}, ${inner.cols})`;
  return isSequence(inner) ? `Sequence of ${inner.T_x} × (${inner.rows}, ${inner.cols})` : inner;
}

function plainText(value: object): string {
  const own = String(value);
  if (own !== "[object Object]") return own;
  try {
    return JSON.stringify(value, shortened, 2);
  } catch {
    return own; // a cycle, or a bigint
  }
}
