import assert from "node:assert/strict";
import type { Output } from "./execute.js";
import { keptOutputs, staleness } from "./keptOutputs.js";

describe("kept outputs", () => {
  const printed = (...texts: readonly string[]): readonly Output[] =>
    texts.map((text) => ({ output_type: "stream", name: "stdout", text }));
  const kept = (...outputs: readonly Output[]): readonly Output[] =>
    keptOutputs({ id: "cell", outputs });

  it("hold printed text in one piece, however it came, without what one machine alone says", () => {
    const now = kept(...printed("a\nb", "c\n", "on this machine: 3 ms\n", "d\n"));
    assert.deepEqual(now, [
      { output_type: "stream", name: "stdout", text: ["a\n", "bc\n", "d\n"] },
    ]);
    assert.deepEqual(kept(...printed("on this machine: 3 ms\n")), []);
  });

  it("are refused when the cell fails, warns, or shows a folder of this machine", () => {
    assert.throws(() => kept({ output_type: "error", ename: "Error", evalue: "no" }), /cell fails/);
    assert.throws(
      () => kept({ output_type: "stream", name: "stderr", text: "careful" }),
      /cell fails or warns/,
    );
    assert.throws(() => kept(...printed(`in ${import.meta.dirname}`)), /shows a folder of this/);
  });

  it("are stale when a word, the form of a chart or most numbers are others; rounding is none", () => {
    const chart = (title: string, ...losses: readonly number[]): readonly Output[] => {
      const spec = { title: { text: title }, values: losses.map((loss) => ({ loss })) };
      const data = { "application/vnd.vegalite.v5+json": spec, "text/plain": title };
      return [{ output_type: "display_data", data }];
    };
    assert.equal(staleness(chart("0.501 nats", 3, 0.5), chart("0.498 nats", 3.1, 0.4)), undefined);
    assert.match(staleness(chart("0.5 nats", 3), chart("0.6 nats", 3)) ?? "", /numbers 1 are/);
    assert.match(staleness(chart("0.5 nats", 3), chart("0.5 bits", 3)) ?? "", /# nats.*\n.*# bits/);
    assert.match(staleness(chart("0.5 nats", 3), chart("0.5 nats", 3, 2)) ?? "", /shown:/);
    assert.match(staleness([], chart("0.5 nats", 3)) ?? "", /kept: … \[\] …/);
  });
});
