/**
 * The one way to a verdict, for notebooks, `learn` and class grading alike.
 *
 * Each case draws fresh inputs from the seed, asks the reference here what the answer is, and
 * asks the learner's function through a {@link Caller}: here, in a child process, or in a
 * sandbox. The function is called twice with the same inputs: they must be unchanged afterwards,
 * and the second answer must be the first one again. A case passes only on a positive answer.
 */
import type { Argument, Case, Exercise } from "../../exercises/exercise.js";
import { compareOutcomes, compareParts, comparisonOf } from "../compare/compare.js";
import { describeValue } from "../values/describe.js";
import { diagnose } from "./diagnosis/diagnose.js";
import type { ObservedCase } from "./diagnosis/explanation.js";
import { type Call, callHere, type Observation, observationOf } from "./observe.js";
import { caseRandom } from "./seed.js";
import { departureOf } from "./trace/departure.js";
import type { Recording } from "./trace/recording.js";
import type { Trace } from "./trace/trace.js";
import type { CaseResult, Status, Verdict } from "./verdict.js";
import type { Difference } from "../compare/difference.js";
import { type Outcome, thrownWords } from "../values/outcome.js";

/** What came of one call to the learner's function. */
export type CallResult =
  | (Outcome & {
      readonly argsAfter: readonly unknown[];
      /** The calls of the cell that the function was given; only practice watches them. */
      readonly calls?: Recording | undefined;
    })
  | {
      readonly kind: "timeout" | "memory" | "output-limit" | "tampered" | "crashed";
      readonly message: string;
    };

/** Where the learner's function runs. */
export interface Caller {
  /**
   * Calls the function with copies of these arguments; stand-ins become functions there. Where it can
   * be done, the calls of a cell among them are recorded when that is asked for.
   */
  call(args: readonly unknown[], isWatched?: boolean): Promise<CallResult>;
}

/** How to run an exercise's cases. */
export interface JudgeOptions {
  /** The same seed draws the same inputs. */
  readonly seed: number;
  /** Whether the cases that are held back from learners run too. */
  readonly hidden: boolean;
  /** Whether a wrong function's mistake is looked for; it is unless said. */
  readonly diagnosed?: boolean;
  /** The inputs and what is right for them, where they are kept; drawn afresh unless said. */
  readonly prepare?: (one: Case) => PreparedCase;
  /** Called with all cases of a function that is wrong without a known cause, where each was run to its end. */
  readonly onUnexplained?: (cases: readonly ObservedCase[]) => void;
  /** Called before each case. */
  readonly onStart?: (name: string) => void;
  /** Called after each case. */
  readonly onCase?: (result: CaseResult) => void;
}

/** After so many calls that had to be stopped, the remaining cases are not run. */
const STOPPED_CALLS = 2;

/**
 * Runs the cases of `exercise` and says what came of it.
 *
 * @param exercise - with its cases
 * @param caller - calls the learner's or student's function, here or in another process
 * @param options - the seed, whether hidden cases run too, and who is told on the way
 * @returns every case's result, and the diagnosis where one explains the wrong ones
 * @throws CodecError, Error when an argument cannot be copied: an exercise's own mistake
 */
export async function judge(
  exercise: Exercise,
  caller: Caller,
  options: JudgeOptions,
): Promise<Verdict> {
  const { seed, hidden, diagnosed = true, onStart, onCase } = options;
  const { prepare = (one: Case) => prepareCase(exercise, one, seed) } = options;
  const cases = exercise.cases.filter(({ shown = true }) => shown || hidden);
  const results: CaseResult[] = [];
  const observed: ObservedCase[] = [];
  for (const one of cases) {
    onStart?.(one.name);
    const skip = reasonToSkip(results);
    const run = { prepare, isTraced: results.every(({ status }) => status === "passed") };
    const { ending, observation } =
      skip === undefined ? await judgeCase(exercise, one, caller, run) : notRun(skip);
    const result = { name: one.name, shown: one.shown ?? true, ...ending };
    results.push(result);
    if (observation !== undefined) observed.push(observation);
    onCase?.(result);
  }
  const isWrong = results.some(({ status }) => status === "wrong");
  const isWhole = observed.length === cases.length;
  const diagnosis = diagnosed && isWrong && isWhole ? diagnose(exercise, observed) : undefined;
  if (diagnosed && isWrong && isWhole && diagnosis === undefined) options.onUnexplained?.(observed);
  const asked = observed.filter(({ expected }) => expected.kind === "answer");
  const onlyThrows =
    asked.length > 0 && observed.every(({ seen }) => seen.outcome.kind === "threw");
  return verdictOf(exercise.id, onlyThrows ? uncounted(results) : results, seed, diagnosis);
}

/** What throws at every input has not refused the bad ones. */
function uncounted(results: readonly CaseResult[]): readonly CaseResult[] {
  return results.map((result) =>
    result.status === "passed"
      ? { ...result, ...notRun("does not count: the function threw at every input").ending }
      : result,
  );
}

/**
 * The verdict that these cases add up to.
 *
 * @param exercise - the exercise's id
 * @param cases - what came of them, in the exercise's order
 * @param seed - what the inputs were drawn from
 * @param diagnosis - the known mistake, if it was recognised
 * @returns the verdict, with the status of the whole
 */
export function verdictOf(
  exercise: string,
  cases: readonly CaseResult[],
  seed: number,
  diagnosis?: Verdict["diagnosis"],
): Verdict {
  const passed = cases.filter(({ status }) => status === "passed").length;
  return {
    exercise,
    status: overall(cases),
    cases,
    passed,
    total: cases.length,
    ...(diagnosis === undefined ? {} : { diagnosis }),
    seed,
  };
}

/** What the exercise as a whole is: the gravest status, else the first that did not pass. */
function overall(cases: readonly CaseResult[]): Status {
  const statuses = cases.map(({ status }) => status);
  for (const grave of ["internal-error", "tampered"] as const) {
    if (statuses.includes(grave)) return grave;
  }
  const others = statuses.filter((status) => status !== "passed");
  if (statuses.length === 0) return "not-run";
  return others.find((status) => status !== "not-run") ?? others[0] ?? "passed";
}

/** How one case ended, and what was seen of the function if both calls came to an end. */
interface JudgedCase {
  readonly ending: Omit<CaseResult, "name" | "shown">;
  readonly observation?: ObservedCase;
}

function notRun(message: string): JudgedCase {
  return { ending: { status: "not-run", message } };
}

function reasonToSkip(results: readonly CaseResult[]): string | undefined {
  const count = (...ends: Status[]): number =>
    results.filter(({ status }) => ends.includes(status)).length;
  if (count("tampered") > 0) return "not run: an earlier case was tampered with";
  return count("timeout", "memory", "output-limit") >= STOPPED_CALLS
    ? "not run: too many earlier cases had to be stopped"
    : undefined;
}

async function judgeCase(
  exercise: Exercise,
  one: Case,
  caller: Caller,
  { prepare, isTraced }: Pick<Required<JudgeOptions>, "prepare"> & { readonly isTraced: boolean },
): Promise<JudgedCase> {
  try {
    const { args, expected } = prepare(one);
    const first = await caller.call(args, isTraced);
    if (!cameToAnEnd(first)) return { ending: { status: first.kind, message: first.message } };
    if (isNotWritten(first, exercise)) return notRun(first.message);
    const second = await caller.call(args);
    if (!cameToAnEnd(second)) return { ending: { status: second.kind, message: second.message } };
    const seen = observationOf(args, callOf(first), callOf(second), exercise.ignore);
    const ending = endingOf(exercise, one, expected, seen);
    return {
      ending: { ...ending, ...traced(exercise, args, ending, first.calls) },
      observation: { args, size: one.size, expected, seen },
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : describeValue(error);
    return { ending: { status: "internal-error", message } };
  }
}

/** A case's inputs, and what is right for them. */
export interface PreparedCase {
  readonly args: readonly Argument[];
  readonly expected: Outcome;
}

/**
 * Draws a case's inputs and asks the reference.
 *
 * @param exercise - whose case it is
 * @param one - the case
 * @param seed - the run's
 * @returns always the same for the same seed
 * @throws Error where the reference fails: an exercise's own mistake
 */
export function prepareCase(exercise: Exercise, one: Case, seed: number): PreparedCase {
  const random = caseRandom(seed, exercise.id, one.name);
  const args = exercise.draw(one.size, random, one.settings ?? {});
  return { args, expected: expectedOutcome(exercise, args) };
}

/** The reference's answer, or its refusal of these inputs. Any other error of its is ours. */
function expectedOutcome(exercise: Exercise, args: readonly Argument[]): Outcome {
  const { outcome } = callHere(exercise.reference, args);
  if (outcome.kind === "threw" && !REFUSALS.has(outcome.name)) {
    throw new Error(`the reference of ${exercise.id} failed: ${outcome.message}`);
  }
  return outcome;
}

/** The errors by which the library refuses a bad input. */
const REFUSALS: ReadonlySet<string> = new Set([
  "UnrolledError",
  "ShapeError",
  "OutOfRangeError",
  "RangeError",
]);

type Ended = Extract<CallResult, { argsAfter: unknown }>;

function cameToAnEnd(call: CallResult): call is Ended {
  return call.kind === "answer" || call.kind === "threw";
}

/** Whether this very function is the starter: one that calls another's starter is written. */
function isNotWritten(call: Ended, { id }: Exercise): call is Ended & { kind: "threw" } {
  return (
    call.kind === "threw" &&
    call.name === "NotImplementedError" &&
    call.message.startsWith(`${id}:`)
  );
}

function callOf(call: Ended): Call {
  return { outcome: call, argsAfter: call.argsAfter };
}

function endingOf(
  exercise: Exercise,
  one: Case,
  expected: Outcome,
  seen: Observation,
): JudgedCase["ending"] {
  const { outcome } = seen;
  if (outcome.kind === "threw" && expected.kind === "answer") {
    return {
      status: "crashed",
      message: `it threw ${thrownWords(outcome)}`,
      ...(outcome.at === undefined ? {} : { at: outcome.at }),
    };
  }
  const difference =
    changedInput(exercise, seen) ??
    compareOutcomes(expected, outcome, comparisonOf(exercise, one.size)) ??
    changedAnswer(exercise, seen);
  return difference === undefined
    ? { status: "passed" }
    : { status: "wrong", difference, ...otherParts(exercise, one, expected, outcome) };
}

/** What the calls of the cell showed, where a function is wrong: told of the first such case. */
function traced(
  exercise: Exercise,
  args: readonly Argument[],
  { status, difference }: JudgedCase["ending"],
  calls: Recording | undefined,
): { readonly trace?: Trace } {
  if (status === "passed" || calls === undefined) return {};
  const trace = departureOf(exercise, args, calls);
  // An error stops the calls, and an input that is changed is to be mended first: then only what was
  // wrong before says something.
  const isCutShort = status === "crashed" || difference?.kind === "mutated-input";
  return trace === undefined || (isCutShort && trace.kind !== "wrong-argument") ? {} : { trace };
}

/** What beside its first wrong part an answer has: further wrong ones, and right ones. */
function otherParts(
  exercise: Exercise,
  { size }: Case,
  expected: Outcome,
  outcome: Outcome,
): Pick<CaseResult, "others" | "right"> {
  if (expected.kind !== "answer" || outcome.kind !== "answer") return {};
  const parts = compareParts(expected.value, outcome.value, comparisonOf(exercise, size));
  const right = parts.filter((part) => part.difference === undefined);
  const others = parts.flatMap((part) => part.difference ?? []).slice(1);
  return {
    ...(others.length === 0 ? {} : { others }),
    ...(right.length === 0 ? {} : { right: right.map(({ symbol }) => symbol) }),
  };
}

function changedInput(exercise: Exercise, seen: Observation): Difference | undefined {
  if (seen.changedInput === undefined) return undefined;
  const { code, before, after } = seen.changedInput;
  const index = Number(/^\[(\d+)\]/.exec(code)?.[1] ?? 0);
  const name = exercise.argumentNames[index] ?? "";
  const symbol = name === "" ? `argument ${index + 1}` : name;
  const place = code.replace(/^\[\d+\]/, "");
  return {
    kind: "mutated-input",
    symbol,
    place: symbol,
    code: `${symbol}${place}`,
    got: after,
    expected: before,
    wrong: 1,
    total: 1,
    advice: "work on a copy: map, add and times make new matrices",
  };
}

function changedAnswer(exercise: Exercise, seen: Observation): Difference | undefined {
  if (seen.changedAnswer === undefined) return undefined;
  const { code, before, after } = seen.changedAnswer;
  return {
    kind: "not-repeatable",
    symbol: exercise.id,
    place: "the second call with the same inputs",
    code: code.replace(/^\./, "") || `${exercise.id}(…)`,
    got: after,
    expected: before,
    wrong: 1,
    total: 1,
    advice: "keep nothing outside the function that changes from call to call",
  };
}
