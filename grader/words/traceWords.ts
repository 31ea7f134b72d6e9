/** What the calls of a cell showed, in a sentence. */
import type { Trace, WrongArgument } from "../judge/trace/trace.js";

/**
 * The first departure from the calls of the cell that were expected.
 *
 * @param trace - of one case
 * @returns such as "call 3 of cell got a⟨1⟩; a⟨2⟩ was expected"
 */
export function traceSentence(trace: Trace): string {
  const { cell, expected } = trace;
  const wanted = `${calls(expected)} of ${cell} ${expected === 1 ? "was" : "were"} expected`;
  switch (trace.kind) {
    case "never-called":
      return `${cell} was never called; ${calls(expected)} ${expected === 1 ? "was" : "were"} expected`;
    case "as-expected":
      return expected === 1
        ? `the call of ${cell} got what was expected: look at what becomes of its answer`
        : `all ${calls(expected)} of ${cell} got what was expected: look at what becomes of their answers`;
    case "too-few":
      return `${wanted}, ${trace.came} came: none with ${list(trace.next)}`;
    case "too-many":
      return `${wanted}, ${trace.came} came: call ${trace.call}, with ${list(trace.got)}, is one too many`;
    case "wrong-argument": {
      const { call, t, wrong } = trace;
      const who = t === undefined ? `call ${call} of ${cell}` : `the backward step of t = ${t}`;
      const verb = t === undefined ? "got" : "was given";
      const got = list(wrong.map(gotWords));
      const missed = wrong.flatMap((one) => one.expected ?? []);
      if (missed.length === 0) return `${who} ${verb} ${got}`;
      return `${who} ${verb} ${got}; ${list(missed)} ${missed.length === 1 ? "was" : "were"} expected`;
    }
  }
}

/** What came: where it has no name of its own, beside the name of the argument. */
function gotWords({ name, got }: WrongArgument): string {
  const hasName = name === undefined || /[⟨=]/.test(got) || got.startsWith("parameters");
  return hasName ? got : `${got} as ${name}`;
}

function calls(count: number): string {
  return `${count} call${count === 1 ? "" : "s"}`;
}

function list(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
