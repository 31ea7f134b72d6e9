import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import type { Case } from "../../exercises/exercise.js";
import { exercise as exerciseOf, manifest, UnknownExercise } from "../../exercises/manifest.js";
import { isStandIn, standIns } from "../../exercises/standIns.js";
import { folderFaults } from "../../grader/authoring/folder.js";
import {
  type ExerciseParts,
  hintFaults,
  loadExercise,
  mistakeFaults,
  rightFaults,
  shapeFaults,
  starterFaults,
} from "../../grader/authoring/proof.js";
import * as library from "../../src/index.js";
import * as student from "../../src/student.js";

const packRoot = new URL("../../../", import.meta.url);
describe("the manifest", () => {
  it("lists every folder of exercises/, and nothing else", () => {
    const folders = readdirSync(new URL("exercises/", packRoot), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    assert.deepEqual(folders.sort(), manifest.map(({ id }) => id).sort());
  });

  it("is in the lessons' order", () => {
    const order = manifest.map(({ lesson }) => lesson);
    assert.deepEqual(order, Array.from(order).sort());
  });

  it("names the nearest exercise when there is none of that name", () => {
    assert.throws(() => exerciseOf("rnnCelForward"), {
      name: "UnknownExercise",
      message: /did you mean "rnnCellForward"/,
    });
    assert.throws(() => exerciseOf("toString"), UnknownExercise);
  });
});

for (const exercise of manifest) {
  const { id, cases, mutants } = exercise;

  describe(`exercise ${id}`, function () {
    this.timeout(60_000);
    let parts: ExerciseParts;

    before(async () => {
      parts = await loadExercise(id);
    });

    it("has all its files, and in them nothing that a learner's file may not hold", () => {
      assert.deepEqual(folderFaults(id), []);
    });

    it("is whole: points, hints, cases shown and kept, mistakes each with its case", () => {
      assert.deepEqual(shapeFaults(parts), []);
    });

    it("gives no solution away in a hint", () => {
      assert.deepEqual(hintFaults(parts), []);
    });

    it("begins as not written yet", async () => {
      assert.deepEqual(await starterFaults(parts), []);
    });

    it("is passed by the library's function and right solutions, whatever the seed", async () => {
      assert.deepEqual(await rightFaults(parts), []);
    });

    it("draws the same arguments from the same seed, others from another", () => {
      const text = (one: Case, seed: number): string =>
        JSON.stringify(exercise.draw(one.size, library.seededRandom(seed), one.settings ?? {}));
      for (const one of cases) assert.equal(text(one, 5), text(one, 5));
      assert.ok(cases.some((one) => text(one, 5) !== text(one, 6)) || id === "classifyTask");
    });

    for (const { name, caughtBy } of mutants) {
      it(`rejects ${name} by "${caughtBy}", ten tolerances away, and names it`, async () => {
        assert.deepEqual(await mistakeFaults(exercise, name), []);
      });
    }
  });
}

describe("the right solutions in other words", () => {
  it("use of the library only what a graded submission may", () => {
    for (const { id } of manifest) {
      const source = readFileSync(new URL(`exercises/${id}/honest.ts`, packRoot), "utf8");
      for (const [, names] of source.matchAll(/import \{([^}]*)\} from "[^"]*src\/index\.js"/g)) {
        for (const name of names!.split(",").map((part) => part.trim())) {
          if (name === "" || name.startsWith("type ")) continue;
          assert.ok(name in student, `${id}: ${name} is not in the students' library`);
        }
      }
    }
  });
});

describe("the stand-ins", () => {
  it("are all used, and each name that an exercise uses exists", () => {
    const used = manifest.flatMap(({ cases, draw }) =>
      cases.flatMap(({ size, settings = {} }) =>
        draw(size, library.seededRandom(1), settings)
          .flatMap((value) => (isStandIn(value) ? [value] : Object.values(value ?? {})))
          .filter(isStandIn),
      ),
    );
    const names = new Set(used.map(({ standIn }) => standIn));
    assert.deepEqual([...names].sort(), Object.keys(standIns).sort());
  });

  it("do not give the RNN away: the wave cell differs from it in every output", () => {
    const random = library.seededRandom(3);
    const parameters = library.initializeRnn({ n_x: 3, n_a: 4, n_y: 2 }, random);
    const x_t = library.randomNormal<"n_x", "m">(3, 2, random);
    const a_prev = library.randomNormal<"n_a", "m">(4, 2, random);
    const wave = standIns["waveCell"] as unknown as library.RnnCell;
    const real = library.rnnCellForward(x_t, a_prev, parameters);
    const other = wave(x_t, a_prev, parameters);
    assert.ok(real.a_next.sub(other.a_next).norm() > 0.1);
    assert.ok(real.yhat_t.sub(other.yhat_t).norm() > 0.1);
  });
});

describe("a⟨0⟩ ignored", () => {
  it("gives the wrong numbers that learners of the course have posted", () => {
    const published = JSON.parse(
      readFileSync(new URL("test/published/rnnForward.json", packRoot), "utf8"),
    ) as Published;
    const { inputs } = published;
    const mat = (rows: number[][]): library.Mat => library.Mat.from(rows);
    const x = library.Sequence.build(inputs.x[0]![0]!.length, (t) =>
      mat(inputs.x.map((unit) => unit.map((example) => example[t - 1]!))),
    );
    const parameters = {
      Wax: mat(inputs.Wax),
      Waa: mat(inputs.Waa),
      Wya: mat(inputs.Wya),
      ba: mat(inputs.ba),
      by: mat(inputs.by),
    };
    const mutant = exerciseOf("rnnForward").mutants.find(({ name }) => name === "a-0-ignored")!;
    const run = mutant.wrong(library.rnnForward) as typeof library.rnnForward;
    const { a, yhat } = run(x, mat(inputs.a0), parameters, library.rnnCellForward);
    // Posted at community.deeplearning.ai (t/week1-assignment-1-rnn-forward/555049).
    const posted = [-0.93013738, 0.991315, -0.98694298, -0.99723276];
    const postedPrediction = [0.0440187, 0.41032346, 0.01401205, 0.42558194];
    for (let t = 1; t <= 4; t++) {
      assert.ok(Math.abs(a.at(t).get(4, 1) - posted[t - 1]!) < 1e-8);
      assert.ok(Math.abs(yhat.at(t).get(1, 3) - postedPrediction[t - 1]!) < 1e-8);
    }
  });
});

interface Published {
  readonly inputs: Readonly<Record<"a0" | "Wax" | "Waa" | "Wya" | "ba" | "by", number[][]>> & {
    readonly x: number[][][];
  };
}
