import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Experiment, runExperiment } from "./experiment.js";

describe("an experiment of many trainings", () => {
  let folder: string;
  let ran: string[];
  let told: string[];
  let written: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unrolled-experiment-"));
    [ran, told, written] = [[], [], []];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const squares = (settings: object, stopAt?: number): Experiment<number> => ({
    name: "squares",
    about: "",
    settings,
    jobs: [1, 2, 3].map((k) => ({
      name: `seed ${k}`,
      run: () => {
        if (k === stopAt) throw new Error("stopped");
        ran.push(`seed ${k}`);
        return k * k;
      },
    })),
    kept: (results, { command, settings }) => ({
      file: ["squares.json"],
      text: JSON.stringify({ command, settings, results }),
    }),
  });
  const run = (experiment: Experiment<number>) =>
    runExperiment(experiment, {
      folder,
      tell: (line) => told.push(line),
      write: (_file, text) => void written.push(text),
    });

  it("runs every job in order, tells each, and keeps the results with where they come from", async () => {
    await run(squares({ n_a: 2 }));
    assert.deepEqual(ran, ["seed 1", "seed 2", "seed 3"]);
    assert.match(told[1]!, /^squares 2 of 3: seed 2: 4 \(\d+\.\d s\)$/);
    const command = "npm run experiments -- squares";
    assert.deepEqual(written, [
      JSON.stringify({ command, settings: { n_a: 2 }, results: [1, 4, 9] }),
    ]);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("goes on where it was stopped, and keeps what it would have kept without the stop", async () => {
    await assert.rejects(run(squares({}, 3)), /stopped/);
    assert.deepEqual(written, []);
    appendFileSync(join(folder, "squares.jsonl"), '["seed 3",'); // killed while it wrote
    ran = [];
    await run(squares({}));
    assert.deepEqual(ran, ["seed 3"]);
    assert.deepEqual(JSON.parse(written[0]!).results, [1, 4, 9]);
  });

  it("begins anew with other settings", async () => {
    await assert.rejects(run(squares({ n_a: 2 }, 3)), /stopped/);
    ran = [];
    await run(squares({ n_a: 3 }));
    assert.deepEqual(ran, ["seed 1", "seed 2", "seed 3"]);
  });
});
