/**
 * What the lessons show where nothing runs: their cells' outputs, kept with them in notebooks/.
 *
 * Kept is what a lesson shows as shipped, and nothing of the run itself: no times, no name of a machine's folder.
 * `npm run notebooks` writes it; the tests of each lesson, which run it anyway, compare. A trained network's numbers
 * are not the same to the last digit on each processor, as sums are rounded in another order, and training makes
 * such differences grow. So words and forms are compared as they are, numbers loosely.
 */
import { tmpdir } from "node:os";
import { packRoot } from "#common/pack-root";
import type { Notebook } from "../../grader/notebook/lessonCells.js";
import {
  charts,
  type ExecutedCell,
  type ExecutedNotebook,
  joined,
  type Output,
  outputText,
} from "./execute.js";

/** The lesson with what its cells showed in a run. */
export function withOutputs(lesson: Notebook, { cells: ran }: ExecutedNotebook): Notebook {
  const runs = new Map(ran.map((cell) => [cell.id, cell]));
  const cells = lesson.cells.map((cell) => {
    const run = runs.get(cell.id);
    if (run === undefined) return cell;
    return { ...cell, execution_count: run.executionCount, outputs: keptOutputs(run) };
  });
  return { ...lesson, cells };
}

/**
 * What is kept of what a cell showed.
 *
 * @throws Error when it failed, warned, or shows a folder of this machine
 */
export function keptOutputs({
  id,
  outputs,
}: Pick<ExecutedCell, "id" | "outputs">): readonly Output[] {
  const kept = JSON.stringify(withWholeStreams(outputs), (_, value: unknown) =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value,
  );
  for (const { output_type, name } of outputs) {
    if (output_type === "error" || name === "stderr")
      throw new Error(`${id} fails or warns: ${kept}`);
  }
  for (const folder of [packRoot, tmpdir()]) {
    if (kept.includes(`${folder}/`))
      throw new Error(`${id} shows a folder of this machine: ${folder}`);
  }
  return JSON.parse(kept) as readonly Output[];
}

/** A chart that is kept with a lesson. */
export interface KeptChart {
  /** Its cell's. */
  readonly id: string;
  readonly title: string;
  /** Its alt text. */
  readonly description: string;
  /** SVG; empty where there is none. */
  readonly picture: string;
}

/** The charts that are kept with a lesson, in its order. */
export function keptCharts({ cells }: Notebook): readonly KeptChart[] {
  return cells.flatMap(({ id, outputs = [] }) =>
    (outputs as readonly Output[]).flatMap((output) =>
      charts({ outputs: [output] }).map((spec) => {
        const { title, description } = spec as ChartWords;
        const picture = joined(output.data!["image/svg+xml"]) ?? "";
        return { id, title: [title.text].flat().join(" "), description, picture };
      }),
    ),
  );
}

interface ChartWords {
  readonly title: { readonly text: string | readonly string[] };
  readonly description: string;
}

/** What one machine alone can say, such as times; a lesson prints it in lines that begin so. */
const ofThisMachine = /^on this machine.*\n?/gm;

/** Printed text in one piece: where it is cut into messages is the clock's doing. */
function withWholeStreams(outputs: readonly Output[]): readonly Output[] {
  const whole: Output[] = [];
  for (const output of outputs) {
    const text = joined(output.text)?.replace(ofThisMachine, "");
    const last = whole.at(-1);
    if (text === undefined) {
      whole.push(output);
    } else if (last?.output_type === "stream" && last.name === output.name) {
      whole[whole.length - 1] = { ...last, text: lines(`${joined(last.text) ?? ""}${text}`) };
    } else if (text !== "") {
      whole.push({ ...output, text: lines(text) });
    }
  }
  return whole;
}

/** nbformat keeps a text as its lines, each but the last with its line end. */
function lines(text: string): readonly string[] {
  return text.split(/(?<=\n)/);
}

/** A number in a text. */
const numberPattern = /[-−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?/g;

/** Two numbers count as one within this share of the larger, or when both are below the last: rounding alone. */
const tolerance = { relative: 0.05, absolute: 1e-6 };

/** This share of a cell's numbers may be others: as many as 5 of 14 are on another path of the engine. */
const othersAllowed = 0.5;

/**
 * Whether a cell's outputs are still what it shows: all words, and the form of its charts; and most numbers in words,
 * a chart's title and alt text among them.
 *
 * @param kept - what is kept with the lesson
 * @param now - what the same cell shows now
 * @returns the first difference that rounding does not explain; nothing where there is none
 */
export function staleness(kept: readonly Output[], now: readonly Output[]): string | undefined {
  const [keptForm, nowForm] = [kept, now].map((outputs) => JSON.stringify(form(outputs))) as [
    string,
    string,
  ];
  if (keptForm !== nowForm) {
    let at = 0;
    while (keptForm[at] === nowForm[at]) at++;
    const around = (text: string): string => text.slice(Math.max(0, at - 80), at + 80);
    return `kept: … ${around(keptForm)} …\nshown: … ${around(nowForm)} …`;
  }
  const [before, after] = [numbersIn(kept), numbersIn(now)];
  const others = before.filter((number, k) => !near(number, after[k]!));
  if (others.length <= othersAllowed * before.length) return undefined;
  return `of its ${before.length} numbers ${others.length} are others: ${others.slice(0, 5).join(", ")}, …`;
}

/** A value without its numbers, and without pictures: each is drawn from the specification beside it. */
function form(value: unknown): unknown {
  if (typeof value === "number") return "#";
  if (typeof value === "string") return value.replace(numberPattern, "#");
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) {
    const entries = Object.entries(value).filter(([key]) => key !== "image/svg+xml");
    return Object.fromEntries(entries.map(([key, inner]) => [key, form(inner)]));
  }
  return value.length > 0 && value.every((inner) => typeof inner === "number")
    ? "numbers"
    : value.map(form);
}

function numbersIn(outputs: readonly Output[]): readonly number[] {
  const text = outputs.map(outputText).join("\n");
  return (text.match(numberPattern) ?? []).map((number) =>
    Number(number.replace("−", "-").replaceAll(",", "")),
  );
}

function near(a: number, b: number): boolean {
  const { relative, absolute } = tolerance;
  return Math.abs(a - b) <= Math.max(absolute, relative * Math.max(Math.abs(a), Math.abs(b)));
}
