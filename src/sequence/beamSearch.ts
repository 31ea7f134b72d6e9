/**
 * From a decoder to a sentence. Greedy decoding takes the likeliest token at each step, and a first word that looks
 * best can lead to a sentence that is not. Beam search keeps several beginnings at once.
 */
import {
  requireFunction,
  requireNumber,
  requireOptions,
  requireRecord,
  requireWhole,
} from "../core/arguments.js";
import { OutOfRangeError, ShapeError } from "../core/errors.js";
import type { Mat } from "../core/matrix.js";
import { requireColumn, requireProbabilities } from "../core/probabilities.js";

/** One step of a decoder: it reads a token and says what comes next. */
export type DecoderStep<S> = (
  state: S,
  token: number,
) => {
  /** The state after it. */
  readonly state: S;
  /** ŷ⟨t⟩, the next token's probabilities, (n_y, 1). */
  readonly yhat_t: Mat<"n_y", "1">;
};

/** What {@link beamSearch} needs to know. */
export interface BeamSearchOptions<S> {
  /** The decoder's state before its first step. */
  readonly state: S;
  /** The token that it reads first; `end` unless said. */
  readonly first?: number;
  /** The token that ends a sentence, such as that of `<EOS>`. */
  readonly end: number;
  /** B, how many beginnings are kept, at least 1. With 1 it is greedy decoding. */
  readonly width: number;
  /** A sentence without an end stops after so many tokens, at least 1. */
  readonly T_y: number;
  /** α of the score's length normalisation, from 0 (none, unless said) to 1 (the mean over tokens). */
  readonly alpha?: number;
}

/** A sentence, or the beginning of one. */
export interface BeamHypothesis {
  /** The tokens without the end's. */
  readonly tokens: readonly number[];
  /** Whether it came to its end within T_y tokens. */
  readonly ended: boolean;
  /** log P(y | x) = Σ_t log ŷ⟨t⟩ of the tokens said, the end's too, in nats. */
  readonly logProbability: number;
  /** logProbability / T^α, with T tokens, the end's too. */
  readonly score: number;
}

interface Beginning<S> extends BeamHypothesis {
  readonly state: S;
  readonly last: number;
}

/**
 * Beam search: the B sentences of the highest score Σ_t log ŷ⟨t⟩ / T^α among those that it looked at.
 *
 * At each step every beginning is continued by every token of a probability above 0. Of all these, and of the
 * sentences that have ended, the B best stay. It is over when all that stay have ended or have T_y tokens. Of equal
 * scores the earlier beginning's comes first, then the smaller token. Unless B is as large as the number of all
 * beginnings, a better sentence may be missed.
 *
 * Source: A. Ng, Sequence Models, week 3; α as in its "refinements to beam search" (Wu et al. 2016, equation 14, has
 * (5 + T)^α / 6^α instead of T^α).
 *
 * @param step - step(state, token) gives the next state and ŷ⟨t⟩, (n_y, 1), for one example; the state it is given
 *   must stay as it is: several sentences go on from it
 * @param options - the first state and token, the end's token, B, T_y and α
 * @returns at most B sentences, the best first
 * @throws OutOfRangeError when an option is none that it could be, or ŷ⟨t⟩ holds no probabilities; ShapeError when it
 *   is not one column, or has another size than in the step before
 * @example
 * // Token 0 looks best at first, yet nothing good follows it; 2 is the end.
 * const yhat = { 2: [0.6, 0.4, 0], 0: [0.35, 0.35, 0.3], 1: [0, 0.1, 0.9] };
 * const step = (state, token) => ({ state, yhat_t: Mat.column(yhat[token]) });
 * const decode = (width) => beamSearch(step, { state: 0, end: 2, width, T_y: 2 })[0].tokens;
 * decode(1) // → [0, 0]
 * decode(2) // → [1]
 */
export function beamSearch<S>(
  step: DecoderStep<S>,
  options: BeamSearchOptions<S>,
): BeamHypothesis[] {
  requireFunction("beamSearch", "step", step);
  requireOptions("beamSearch", options, ["state", "first", "end", "width", "T_y", "alpha"]);
  const { state, end, first = end, width, T_y, alpha = 0 } = options;
  requireWhole("beamSearch", "end", end);
  requireWhole("beamSearch", "first", first);
  requireWhole("beamSearch", "width", width, 1);
  requireWhole("beamSearch", "T_y", T_y, 1);
  requireNumber("beamSearch", "alpha", alpha, { from: 0, to: 1 });

  let n_y: number | undefined;
  const continued = (beginning: Beginning<S>, t: number): Beginning<S>[] => {
    if (beginning.ended) return [beginning];
    const told = step(beginning.state, beginning.last);
    requireRecord("beamSearch", "step's answer", told);
    const { state, yhat_t } = told;
    requireColumn("beamSearch", "yhat_t", yhat_t);
    requireProbabilities("beamSearch", yhat_t);
    n_y ??= yhat_t.rows;
    if (yhat_t.rows !== n_y) {
      throw new ShapeError(
        `beamSearch: yhat_t: expected (n_y, 1) = (${n_y}, 1) as in the steps before, got (${yhat_t.rows}, 1); a decoder has one vocabulary`,
      );
    }
    if (end >= n_y) {
      throw new OutOfRangeError(
        `beamSearch: end is token ${end}, but yhat_t has only tokens 0 … ${n_y - 1}; no sentence would end`,
      );
    }
    return Array.from(yhat_t.data).flatMap((p, k) => {
      if (p === 0) return [];
      const ended = k === end;
      const logProbability = beginning.logProbability + Math.log(p);
      const tokens = ended ? beginning.tokens : [...beginning.tokens, k];
      return { tokens, ended, logProbability, score: logProbability / t ** alpha, state, last: k };
    });
  };

  let beam: Beginning<S>[] = [
    { tokens: [], ended: false, logProbability: 0, score: 0, state, last: first },
  ];
  for (let t = 1; t <= T_y && !beam.every(({ ended }) => ended); t++) {
    beam = beam
      .flatMap((beginning) => continued(beginning, t))
      .sort((one, other) => other.score - one.score) // it keeps the order of equals
      .slice(0, width);
  }
  return beam.map(({ tokens, ended, logProbability, score }) => ({
    tokens,
    ended,
    logProbability,
    score,
  }));
}
