/** Draws charts with the very versions of Vega-Lite and Vega that JupyterLab has. */
import * as vega from "vega";
import * as vegaLite from "vega-lite";
import type { VegaLiteSpec } from "../../../src/charts/spec.js";

/** What came of drawing a chart. */
export interface RenderedChart {
  readonly svg: string;
  /** Everything that the compiler or the renderer complained about. */
  readonly warnings: readonly string[];
  /** Drawn shapes and texts, axes and legends not counted. */
  readonly marks: number;
  /** The whole picture's width in pixels. */
  readonly width: number;
  /** The running view, to set a control and look again. */
  readonly view: vega.View;
}

/** Compiles and draws `spec`, with controls set as in `signals`. */
export async function rendered(
  spec: VegaLiteSpec,
  signals: Readonly<Record<string, unknown>> = {},
): Promise<RenderedChart> {
  const warnings: string[] = [];
  const logger: vega.LoggerInterface = {
    level: (() => logger) as unknown as vega.LoggerInterface["level"],
    error: (...message) => keep(message),
    warn: (...message) => keep(message),
    info: () => logger,
    debug: () => logger,
  };
  function keep(message: readonly unknown[]): vega.LoggerInterface {
    const text = message.map(String).join(" ");
    if (text !== "Can not resolve event source: window") warnings.push(text); // a brush, in Node
    return logger;
  }
  const compiled = vegaLite.compile(spec as unknown as vegaLite.TopLevelSpec, { logger });
  const view = new vega.View(vega.parse(compiled.spec), { renderer: "none", logger });
  for (const name in signals) view.signal(name, signals[name]);
  const svg = await view.toSVG();
  return {
    svg,
    warnings,
    marks: countMarks(svg),
    width: Number(/width="([\d.]+)"/.exec(svg)?.[1]),
    view,
  };
}

/** Shapes and texts with a role of a mark (Vega names the groups of axes, legends, titles otherwise). */
function countMarks(svg: string): number {
  const groups = svg.split(/<g class="mark-/).slice(1);
  return groups
    .filter((group) => /role-mark/.test(group.slice(0, group.indexOf(">"))))
    .reduce((sum, group) => sum + (group.match(/<(path|text|rect|line)\b/g)?.length ?? 0), 0);
}
