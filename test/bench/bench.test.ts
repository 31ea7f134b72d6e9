import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { type Contestant, contestants } from "../../bench/contestants.js";
import { matricesByName, readProblem, writeProblem } from "../../bench/workload.js";
import { type Row, rows } from "../../bench/rows.js";
import { geometricMean, logLogSlope, spreadOf } from "../../bench/statistics.js";
import { measureRows, type MeasuredRow } from "../../bench/steps.js";
import { disagreements, goals } from "../../bench/table.js";

const effort = {
  rounds: 2,
  repetitions: 3,
  milliseconds: 0,
  mostMilliseconds: 1000,
  warmUp: 0,
  firstWarmUp: 0,
};

function small(cell: "rnn" | "gru" | "lstm", indices: boolean): Row {
  const sizes = { n_x: 5, n_a: 6, n_y: 4, m: indices ? 1 : 3, T_x: 7 };
  return { name: `small-${cell}`, configuration: { cell, ...sizes, indices }, threads: [1] };
}

function named(...names: string[]): Contestant[] {
  return names.map((name) => contestants.find((one) => one.name === name)!);
}

describe("the benchmark", function () {
  this.timeout(30_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "unrolled-bench-test-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("gives all contestants the same numbers: what is read is what was drawn, in float32", () => {
    for (const { name, configuration } of [small("lstm", false), small("rnn", true)]) {
      const file = join(folder, name);
      writeProblem(configuration, file);
      const { parameters, inputs, labels } = readProblem(configuration, file);
      const { n_x, n_y, m, T_x, indices } = configuration;
      assert.equal(inputs.length, indices ? T_x * m : T_x * m * n_x);
      assert.equal(labels.length, T_x * m);
      assert.ok(labels.every((label) => Number.isInteger(label) && label >= 0 && label < n_y));
      assert.ok(!indices || inputs.every((index) => index >= 0 && index < n_x));
      for (const matrix of Object.values(matricesByName(parameters)))
        assert.deepEqual(matrix.data, Float64Array.from(Float32Array.from(matrix.data)));
      assert.ok(parameters.Wya.norm() > 0.5);
    }
  });

  it("measures processes that compute the same loss and gradients, in as many repetitions as asked", async () => {
    const wanted = [small("rnn", true), small("gru", false), small("lstm", false)];
    const measured = await measureRows(
      wanted,
      named("engine wasm", "engine js", "tfjs wasm", "readable library"),
      effort,
      () => undefined,
    );
    assert.deepEqual(measured.leftOut, []);
    assert.deepEqual(disagreements(measured.rows), []);
    const found = measured.rows.map((row) => row.measured.map(({ contestant }) => contestant));
    assert.deepEqual(found, [
      ["engine wasm", "engine js", "tfjs wasm", "readable library"],
      ["engine wasm", "engine js", "tfjs wasm"],
      ["engine wasm", "engine js", "tfjs wasm"],
    ]);
    for (const { count, median } of measured.rows.flatMap((row) => row.measured)) {
      assert.equal(count, effort.rounds * effort.repetitions);
      assert.ok(median > 0);
    }
  });

  it("says who is left out, and why", async () => {
    const [engine] = named("engine wasm");
    const broken: Contestant[] = [
      { ...engine!, name: "no such program", argv: () => [join(folder, "nothing")] },
      {
        ...engine!,
        name: "ends at once",
        argv: () => [process.execPath, "--eval", "throw Error('no luck')"],
      },
      { ...engine!, name: "not installed", missing: () => "npm run this installs it" },
      { ...engine!, name: "refuses", argv: () => [process.execPath, "--eval", refusing] },
    ];
    const { rows: got, leftOut } = await measureRows(
      [small("rnn", false)],
      [engine!, ...broken],
      effort,
      () => undefined,
    );
    assert.deepEqual(
      got[0]!.measured.map(({ contestant }) => contestant),
      ["engine wasm"],
    );
    assert.match(leftOut.join("\n"), /^no such program: .*ENOENT/m);
    assert.match(leftOut.join("\n"), /^ends at once: Error: no luck$/m);
    assert.match(leftOut.join("\n"), /^not installed: npm run this installs it$/m);
    assert.match(leftOut.join("\n"), /^refuses, step: not today$/m);
  });

  it("tells results that differ, but for functions that are others", () => {
    const row = (loss: number, gradientNorm: number, agrees: boolean): MeasuredRow => {
      const one = { contestant: "a", variant: "step", agrees: true, loss: 2, gradientNorm: 3 };
      const times = { lowerQuartile: 1, median: 1, upperQuartile: 1, count: 1 };
      const measured = [
        { ...one, ...times },
        { ...one, ...times, contestant: "b", loss, gradientNorm, agrees },
      ];
      return { row: rows[0]!, threads: 1, measured, othersShare: undefined };
    };
    assert.deepEqual(disagreements([row(2.0005, 3.001, true), row(9, 9, false)]), []);
    assert.equal(disagreements([row(2.01, 3, true)]).length, 1);
    assert.equal(disagreements([row(2, 3.01, true)]).length, 1);
  });

  it("compares the medians with the goals: fastest of theirs, equal threads", () => {
    const spread = { lowerQuartile: 0, upperQuartile: 0, count: 1, loss: 0, gradientNorm: 0 };
    const took = (contestant: string, median: number): MeasuredRow["measured"][number] => ({
      ...{ ...spread, contestant, variant: "step", agrees: true, median },
    });
    const [rnn] = rows;
    const times = [took("engine blas", 2), took("PyTorch", 6), took("PyTorch compiled", 3)];
    const found = goals([{ row: rnn!, threads: 1, measured: times, othersShare: undefined }]);
    const value = (title: string): number => found.find((goal) => goal.title === title)!.value;
    assert.equal(value("RNN and GRU over PyTorch's nn modules, least"), 3);
    assert.equal(value("RNN and GRU over PyTorch at its best, least"), 1.5);
    assert.ok(found.every(({ title }) => !title.includes("LSTM")));
  });

  it("knows medians, quartiles, geometric means and exponents", () => {
    assert.deepEqual(spreadOf([4, 1, 3, 2, 5]), {
      ...{ lowerQuartile: 2, median: 3, upperQuartile: 4, count: 5 },
    });
    assert.equal(spreadOf([1, 2]).median, 1.5);
    assert.ok(Math.abs(geometricMean([1, 4]) - 2) < 1e-12);
    const cubes = [1, 2, 5].map((x) => [x, 7 * x ** 3] as const);
    assert.ok(Math.abs(logLogSlope(cubes) - 3) < 1e-12);
  });
});

const refusing = `
  console.log(JSON.stringify({ versions: {} }));
  process.stdin.on("data", () => console.log(JSON.stringify({ error: "not today" })));
`;
