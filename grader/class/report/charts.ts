/** The charts of the class report: pure functions to Vega-Lite specifications. */
import { palette } from "../../../src/display/palette.js";
import { chart, type VegaLiteSpec } from "../../../src/charts/spec.js";
import type { Graded } from "../result/graded.js";
import { type CaseShare, median, type Misconception } from "./statistics.js";

const WIDTH = 780;
const BINS = 10;

/** How many hand-ins have how many points. */
export function scoreChart(class_: readonly Graded[]): VegaLiteSpec {
  const maxScore = Math.max(1, ...class_.map((graded) => graded.maxScore));
  const middle = Math.round(10 * median(class_.map(({ score }) => score))) / 10;
  const title = `Half of the class has ${middle} points or more, of ${maxScore}`;
  const bins = Array.from({ length: BINS }, (_, bin) => {
    const from = (bin * maxScore) / BINS;
    const to = ((bin + 1) * maxScore) / BINS;
    const count = class_.filter(
      ({ score }) => score >= from && (score < to || (bin === BINS - 1 && score <= to)),
    ).length;
    return { from, to, count };
  });
  const description = `Histogram of ${class_.length} hand-ins by points: ${bins
    .map(({ from, to, count }) => `${from.toFixed(0)} to ${to.toFixed(0)}: ${count}`)
    .join(", ")}.`;
  return chart(
    title,
    description,
    {
      data: { values: bins },
      width: WIDTH,
      height: 180,
      layer: [
        {
          mark: { type: "rect", color: palette.input, stroke: palette.faint, strokeWidth: 2 },
          encoding: {
            x: {
              field: "from",
              type: "quantitative",
              title: "points",
              axis: { values: bins.map(({ from }) => from).concat(maxScore), format: ".3~g" },
            },
            x2: { field: "to" },
            y: {
              field: "count",
              type: "quantitative",
              title: "hand-ins",
              scale: { domainMin: 0 },
              axis: { tickMinStep: 1, tickCount: 4 },
            },
            y2: { datum: 0 },
          },
        },
        {
          data: { values: [{ middle }] },
          mark: { type: "rule", color: palette.state, strokeWidth: 2, strokeDash: [5, 3] },
          encoding: { x: { field: "middle", type: "quantitative" } },
        },
      ],
    },
    { width: WIDTH },
  );
}

/** The hardest cases and the share of hand-ins that pass them. */
export function difficultyChart(shares: readonly CaseShare[], most = 15): VegaLiteSpec {
  const hardest = shares.slice(0, most);
  const values = hardest.map(({ exercise, name, shown, ran, passed }) => ({
    label: `${exercise}: ${name}`,
    kind: shown ? "shown" : "held back",
    share: passed / ran,
    count: `${passed} of ${ran}`,
  }));
  const [first] = values;
  const title =
    first === undefined
      ? "No case was run"
      : `Hardest case: ${first.label}, passed by ${first.count}`;
  const description = `Bars, hardest case first: ${values
    .map(({ label, count }) => `${label}, passed by ${count}`)
    .join("; ")}.`;
  const y = {
    field: "label",
    type: "nominal",
    sort: null,
    title: null,
    axis: { labelLimit: 500, domain: false, ticks: false },
  };
  return chart(
    title,
    description,
    {
      data: { values },
      width: WIDTH - 300,
      height: { step: 22 },
      layer: [
        {
          mark: { type: "bar", cornerRadiusEnd: 3 },
          encoding: {
            y,
            x: {
              field: "share",
              type: "quantitative",
              title: "share of hand-ins that pass",
              scale: { domain: [0, 1] },
              axis: { format: "%", tickCount: 5 },
            },
            color: {
              field: "kind",
              type: "nominal",
              title: "case",
              scale: { domain: ["shown", "held back"], range: [palette.input, palette.state] },
              legend: { orient: "bottom", direction: "horizontal" },
            },
          },
        },
        {
          mark: { type: "text", align: "left", dx: 5, color: palette.neutral, fontSize: 11 },
          encoding: {
            y,
            x: { field: "share", type: "quantitative" },
            text: { field: "count", type: "nominal" },
          },
        },
      ],
    },
    { width: WIDTH },
  );
}

/** Which mistakes of the catalogue were made, and by whom. */
export function misconceptionChart(found: readonly Misconception[]): VegaLiteSpec {
  const [first] = found;
  const title =
    first === undefined
      ? "No mistake of the catalogue was recognised"
      : `Most frequent mistake: ${first.exercise}, ${first.mutant} (${countText(first.students.length)})`;
  const values = found.flatMap(({ exercise, mutant, students }) =>
    students.map((student) => ({
      student,
      mistake: `${exercise}: ${mutant} (${students.length})`,
    })),
  );
  const description = `Grid of mistakes (rows) and students (columns): ${found
    .map(({ exercise, mutant, students }) => `${exercise}, ${mutant}: ${students.join(", ")}`)
    .join("; ")}.`;
  const students = new Set(values.map(({ student }) => student)).size;
  return chart(
    title,
    description,
    {
      data: { values },
      width: { step: Math.max(8, Math.min(26, Math.floor((WIDTH - 300) / Math.max(1, students)))) },
      height: { step: 24 },
      mark: { type: "rect", color: palette.state, cornerRadius: 4, stroke: palette.faint },
      encoding: {
        x: {
          field: "student",
          type: "nominal",
          title: null,
          axis: {
            labelAngle: -45,
            labelLimit: 140,
            orient: "bottom",
            grid: true,
            bandPosition: 0.5,
          },
        },
        y: {
          field: "mistake",
          type: "nominal",
          sort: null,
          title: null,
          axis: { labelLimit: 500, domain: false, ticks: false, grid: true },
        },
      },
    },
    { width: WIDTH },
  );
}

function countText(count: number): string {
  return `${count} student${count === 1 ? "" : "s"}`;
}
