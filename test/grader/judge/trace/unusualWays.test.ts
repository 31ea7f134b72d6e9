import assert from "node:assert/strict";
import type { Honest } from "../../../../exercises/exercise.js";
import { manifest } from "../../../../exercises/manifest.js";
import { standIns, stepArguments } from "../../../../exercises/standIns.js";
import { callHere, freshArguments } from "../../../../grader/judge/observe.js";
import { caseRandom } from "../../../../grader/judge/seed.js";
import { departureOf } from "../../../../grader/judge/trace/departure.js";
import { Recorder } from "../../../../grader/judge/trace/recording.js";
import { traceSentence } from "../../../../grader/words/traceWords.js";

/** The exercises whose cell is watched. */
const watched = manifest
  .filter(({ id, cases: [first], draw }) => {
    const drawn = draw(first!.size, caseRandom(1, id, first!.name), first!.settings ?? {});
    const recorder = new Recorder();
    freshArguments(drawn, recorder.watch);
    return recorder.recording() !== undefined;
  })
  .map(({ id }) => id);

describe("the trace of a cell's calls, over all exercises", () => {
  it("finds nothing strange in any of the unusual right ways, over several seeds", async () => {
    for (const exercise of manifest.filter(({ id }) => watched.includes(id))) {
      const { id, cases, draw } = exercise;
      const folder = new URL("../../../../exercises/", import.meta.url);
      const address = new URL(`${id}/honest.js`, folder).href;
      const { honest } = (await import(address)) as { readonly honest: readonly Honest[] };
      for (const { style, write } of honest) {
        for (const [seed, one] of [1, 2, 3].flatMap((n) =>
          cases.map((each) => [n, each] as const),
        )) {
          const args = draw(one.size, caseRandom(seed, id, one.name), one.settings ?? {});
          const recorder = new Recorder();
          callHere(write, args, { watch: recorder.watch });
          const trace = departureOf(exercise, args, recorder.recording()!);
          const said = trace === undefined ? "" : traceSentence(trace);
          assert.ok(
            trace === undefined || trace.kind === "as-expected",
            `${id}, ${style}, ${one.name}, seed ${seed}: ${said}`,
          );
        }
      }
    }
  });

  it("has a place in every exercise whose argument is a step of an RNN, a layer, or a loss", () => {
    for (const name of Object.keys(stepArguments)) assert.ok(Object.hasOwn(standIns, name), name);
    assert.deepEqual(Array.from(watched).sort(), [
      "bidirectionalForward",
      "deepForward",
      "encodeDecode",
      "lstmBackward",
      "lstmForward",
      "manyToManySynced",
      "manyToOne",
      "oneToMany",
      "optimizeStep",
      "rnnBackward",
      "rnnForward",
    ]);
  });
});
