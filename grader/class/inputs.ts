/** What all hand-ins of an assignment are asked, made once: cases, what is right, and the request's bytes. */
import { createHash } from "node:crypto";
import type { Case, Exercise } from "../../exercises/exercise.js";
import { type PreparedCase, prepareCase } from "../judge/judge.js";
import type { Verdict } from "../judge/verdict.js";
import type { Inputs } from "../sandbox/together.js";
import { encode } from "../values/codec.js";
import { NumberBlock } from "../values/numberBlock.js";
import { Recent } from "./recent.js";

/** What is said of answers. */
export interface Judged {
  readonly verdict: Verdict;
  /** Of a wrong function without a known cause. */
  readonly behaviour?: string;
}

/** So many answers' verdicts are kept for an exercise: a class makes few different ones. */
const KEPT_VERDICTS = 100;

/** An exercise's cases, ready to be asked. */
export interface Prepared {
  readonly prepare: (one: Case) => PreparedCase;
  readonly inputs: Inputs;
  /** A hash of what is asked: another one for another seed, and for other cases. */
  readonly key: string;
  /** Verdicts by what stands for the answers to all of it: the same numbers are not judged twice. */
  readonly judged: Recent<Judged>;
}

/** The cases of one seed. */
export class AssignmentInputs {
  private readonly seed: number;
  private readonly prepared = new Map<Exercise, Prepared | undefined>();

  /**
   * @param seed - the assignment's
   */
  constructor(seed: number) {
    this.seed = seed;
  }

  /**
   * An exercise's cases.
   *
   * @param exercise - of the assignment
   * @returns undefined where they can't be made: an exercise's own mistake, which its verdict tells
   */
  of(exercise: Exercise): Prepared | undefined {
    if (!this.prepared.has(exercise)) this.prepared.set(exercise, prepared(exercise, this.seed));
    return this.prepared.get(exercise);
  }
}

function prepared(exercise: Exercise, seed: number): Prepared | undefined {
  try {
    const cases = new Map(
      exercise.cases.map((one) => [one, prepareCase(exercise, one, seed)] as const),
    );
    const block = new NumberBlock();
    const args = Array.from(cases.values(), (one) => one.args);
    const request = args.map((one) => ({ args: encode(one, block), from: block.from }));
    const inputs = { args, text: JSON.stringify(request), numbers: block.written().slice() };
    return {
      prepare: (one) => cases.get(one) ?? prepareCase(exercise, one, seed),
      inputs,
      judged: new Recent<Judged>(KEPT_VERDICTS),
      key: createHash("sha256").update(inputs.text).update(inputs.numbers).digest("hex"),
    };
  } catch {
    return undefined;
  }
}
