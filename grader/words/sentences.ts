/** What a verdict says, in sentences; the terminal and the notebook only dress them. */
import type { Exercise } from "../../exercises/exercise.js";
import { formatNumber, formatPair } from "../values/describe.js";
import type { CaseResult, Diagnosis, Status, Verdict } from "../judge/verdict.js";
import type { Difference } from "../compare/difference.js";
import type { ErrorPlace } from "../values/outcome.js";

/**
 * How many cases pass.
 *
 * @param verdict - of a run over the shown cases, or over all
 * @param exercise - with all its cases
 * @returns such as "6 of 8 cases pass" or, where a teacher has more, "6 of 8 shown cases pass; 4 more
 *   run when graded"; "not written yet" where none ran
 */
export function summary(verdict: Verdict, exercise: Exercise): string {
  if (verdict.status === "not-run") return "not written yet";
  const heldBack = exercise.cases.filter(({ shown }) => shown === false).length;
  const areAllShown = verdict.cases.every(({ shown }) => shown);
  const { passed, total } = verdict;
  const verb = total === 1 || passed === 1 ? "passes" : "pass";
  const noun = `${areAllShown && heldBack > 0 ? "shown " : ""}case${total === 1 ? "" : "s"}`;
  const more = areAllShown && heldBack > 0 ? `; ${heldBack} more run when graded` : "";
  return `${passed} of ${total} ${noun} ${verb}${more}`;
}

/**
 * A few words for each way to end.
 *
 * @param status - how a case or an exercise ended
 * @returns such as "took too long"
 */
export function statusWord(status: Status): string {
  switch (status) {
    case "passed":
      return "passes";
    case "wrong":
      return "wrong";
    case "crashed":
      return "threw an error";
    case "timeout":
      return "took too long";
    case "memory":
      return "ran out of memory";
    case "output-limit":
      return "answered or printed too much";
    case "not-run":
      return "not run";
    case "tampered":
      return "tampered with";
    case "internal-error":
      return "could not be checked (our mistake, not yours)";
  }
}

/**
 * What is wrong with one case, in one sentence; nothing for one that passes.
 *
 * @param result - of one case
 * @returns undefined for a case that passes
 */
export function headline(result: CaseResult): string | undefined {
  if (result.status === "passed") return undefined;
  if (result.difference !== undefined) return differenceSentence(result.difference);
  const { message } = result;
  if (result.status === "crashed" || result.status === "not-run") {
    return `${message ?? statusWord(result.status)}${placeWords(result.at)}`;
  }
  return message === undefined
    ? statusWord(result.status)
    : `${statusWord(result.status)}: ${message}`;
}

/** The learner's line that threw, behind what it threw. */
function placeWords(at: ErrorPlace | undefined): string {
  if (at === undefined) return "";
  return at.text === undefined ? ` at ${at.where}` : ` at ${at.where}: \`${at.text}\``;
}

/**
 * Where two answers differ, and how.
 *
 * @param difference - the first one of a case
 * @returns such as "a⟨3⟩, unit 2, example 1: got 0.02, expected 0.53"
 */
export function differenceSentence(difference: Difference): string {
  const { kind, place, code, got, expected } = difference;
  switch (kind) {
    case "value":
      return `${place}: got ${got}, expected ${expected}`;
    case "shape":
      return `${place} has ${shapeWords(got)}, expected ${expected}`;
    case "missing":
      return `${place} is missing: got ${got}, expected ${expected}`;
    case "type":
      return `${place}: got ${got}, expected ${expected}`;
    case "should-throw":
      return `these inputs must be refused: got ${got}, expected ${expected}`;
    case "mutated-input":
      return `${place} was changed by the call: ${code} was ${expected}, afterwards it is ${got}`;
    case "not-repeatable":
      return `${place} gives another answer: ${code} was ${expected}, now it is ${got}`;
  }
}

function shapeWords(got: string): string {
  return got.startsWith("(") ? `the shape ${got}` : got;
}

/**
 * The lines below the headline: how far off, how many, what they have in common, how to mend it.
 *
 * @param difference - the first one of a case
 * @returns no line where the headline says all
 */
export function differenceDetails(difference: Difference): readonly string[] {
  const { kind, absoluteError, relativeError, tolerance, wrong, total, pattern, advice } =
    difference;
  const lines: string[] = [];
  if (absoluteError !== undefined && tolerance !== undefined && tolerance > 0) {
    const share = relativeError === undefined ? "" : ` (${percent(relativeError)})`;
    const [off, allowed] = apart(absoluteError, tolerance);
    lines.push(`off by ${off}${share}; allowed: ${allowed}`);
  }
  if (kind === "value" && total > 1) {
    const count =
      wrong === total
        ? `all ${total} entries differ`
        : `${wrong} of ${total} entries ${wrong === 1 ? "differs" : "differ"}`;
    lines.push(pattern === undefined ? count : `${count}: ${pattern}`);
  } else if (pattern !== undefined) {
    lines.push(pattern);
  }
  if (advice !== undefined) lines.push(advice);
  return lines;
}

/**
 * What is said of the other parts of the answer: which are wrong too, and in what way; which are right.
 *
 * @param result - of one case
 * @returns lines; none where the answer has one part
 */
export function otherParts(result: CaseResult): readonly string[] {
  const { others = [], right = [] } = result;
  const plain = others.filter(({ kind, pattern }) => kind === "value" && pattern === undefined);
  const telling = others.filter((difference) => !plain.includes(difference));
  const lines = telling.map((difference) => {
    const { kind, pattern, wrong, total } = difference;
    if (kind !== "value") return `also: ${differenceSentence(difference)}`;
    if (total === 1) return `also wrong: ${partName(difference)}: ${pattern}`;
    const count = wrong === total ? `all ${total}` : `${wrong} of ${total}`;
    return `also wrong: ${partName(difference)}, ${count} entries: ${pattern}`;
  });
  if (plain.length > 0) lines.push(`also wrong: ${plain.map(partName).join(", ")}`);
  if (right.length > 0) lines.push(`right: ${right.join(", ")}`);
  return lines;
}

/** A part of the answer as a whole: "dz", where the difference stands in "dz⟨1⟩". */
function partName({ symbol, code }: Difference): string {
  return symbol.includes("⟨") ? (code.split(/[.[]/)[0] ?? symbol) : symbol;
}

/**
 * What a learner can do next in a notebook.
 *
 * @param verdict - of the check that has just ended
 * @param next - the exercise that comes next, and the lesson that asks for it; none when all pass
 * @returns one or two lines
 */
export function nextSteps(
  verdict: Verdict,
  next?: { readonly id: string; readonly lesson: string },
): readonly string[] {
  const { exercise, status, seed, cases } = verdict;
  const stuck = `Stuck? await hint("${exercise}")`;
  switch (status) {
    case "passed":
      return [
        `Your ${exercise} is in use from here on.`,
        next === undefined ? "All exercises pass." : `Next: ${next.id}, lesson ${next.lesson}.`,
      ];
    case "not-run":
      return [`The lesson goes on with the library's own. ${stuck}`];
    default: {
      const failing = cases.find((one) => one.status !== "passed");
      const { name } = failing ?? { name: "" };
      return [
        `The failing case to try: await example("${exercise}", { seed: ${seed}, case: ${JSON.stringify(name)} })`,
        stuck,
      ];
    }
  }
}

/**
 * How to draw the same inputs again.
 *
 * @param verdict - with the seed of its inputs
 * @returns what to type in a notebook
 */
export function againWith(verdict: Verdict): string {
  return `the same inputs again: check("${verdict.exercise}", ${verdict.exercise}, { seed: ${verdict.seed} })`;
}

/** Two numbers with two digits, or with as many as it takes to tell them apart. */
function apart(one: number, other: number): readonly [string, string] {
  const shown = [short(one), short(other)] as const;
  return shown[0] === shown[1] ? formatPair(one, other) : shown;
}

function short(value: number): string {
  return formatNumber(Number(value.toPrecision(2)));
}

function percent(share: number): string {
  if (share >= 10) return `${formatNumber(Number(share.toPrecision(2)))} times the expected value`;
  if (share < 0.001) return `relative error ${short(share)}`;
  return `${formatNumber(Number((100 * share).toPrecision(2)))}%`;
}

/**
 * What stands before a mistake.
 *
 * @param diagnosis - what explains the answers
 * @returns such as "What happened:"; of a mistake that an instructor has named, whose words they are
 */
export function mistakeTitle({ kind }: Pick<Diagnosis, "kind">): string {
  return kind === "named" ? "Named by your teacher:" : "What happened:";
}
