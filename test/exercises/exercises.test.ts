import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import type { AnyFunction, Case, Exercise } from "../../exercises/exercise.js";
import { exercise as exerciseOf, manifest, UnknownExercise } from "../../exercises/manifest.js";
import { isStandIn, standIns } from "../../exercises/standIns.js";
import { inProcess } from "../../grader/practice/inProcess.js";
import { judge } from "../../grader/judge/judge.js";
import type { Verdict } from "../../grader/judge/verdict.js";
import * as library from "../../src/index.js";
import * as student from "../../src/student.js";

const packRoot = new URL("../../../", import.meta.url);
const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

function fileOf(id: string, name: string): string {
  return readFileSync(new URL(`exercises/${id}/${name}`, packRoot), "utf8");
}

function judged(exercise: Exercise, run: AnyFunction, seed: number): Promise<Verdict> {
  return judge(exercise, inProcess(run), { seed, hidden: true });
}

/** The exercise with a tolerance ten times as wide: a mutant must be wrong even so. */
function widened(exercise: Exercise): Exercise {
  const { atol, rtol, why } = exercise.tolerance;
  return { ...exercise, tolerance: { atol: 10 * atol, rtol: 10 * rtol, why } };
}

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

    it("is whole: points, three hints, three mutants, shown and held-back cases", () => {
      assert.ok(exercise.points > 0);
      assert.equal(exercise.hints.length, 3);
      for (const hint of exercise.hints) assert.ok(hint.length > 20, hint);
      assert.ok(mutants.length >= 3);
      assert.ok(cases.some(({ shown }) => shown) && cases.some(({ shown }) => !shown));
      assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length);
      assert.equal(new Set(mutants.map(({ name }) => name)).size, mutants.length);
      assert.ok(exercise.tolerance.why.length > 10);
      assert.equal((library as Readonly<Record<string, unknown>>)[id], exercise.reference);
    });

    it("has a starter that throws, and imports only what a graded submission may", () => {
      const starter = fileOf(id, "starter.ts");
      assert.match(starter, new RegExp(`export function ${id}\\(`));
      assert.match(starter, new RegExp(`throw new NotImplementedError\\("${id}"\\);`));
      const imports = [...starter.matchAll(/import \{([^}]*)\} from "([^"]+)"/g)];
      for (const [, names, from] of imports) {
        assert.equal(from, "unrolled");
        for (const name of names!.split(",").map((part) => part.trim())) {
          if (name === "" || name.startsWith("type ")) continue;
          assert.ok(name in student, `${name} is not in the students' library`);
        }
      }
    });

    it("has a statement that names the function and each of its arguments", () => {
      const statement = fileOf(id, "statement.md");
      assert.match(statement, new RegExp(`\`${id}\``));
      for (const name of exercise.argumentNames) {
        assert.ok(statement.includes(name), `${name} is not explained`);
      }
    });

    it("is passed by the library's function, whatever the seed", async () => {
      for (const seed of seeds) {
        const verdict = await judged(exercise, exercise.reference, seed);
        assert.equal(verdict.status, "passed", JSON.stringify(verdict.cases));
        assert.equal(verdict.diagnosis, undefined);
      }
    });

    it("draws the same arguments from the same seed, others from another", () => {
      const text = (one: Case, seed: number): string =>
        JSON.stringify(exercise.draw(one.size, library.seededRandom(seed), one.settings ?? {}));
      for (const one of cases) assert.equal(text(one, 5), text(one, 5));
      assert.ok(cases.some((one) => text(one, 5) !== text(one, 6)) || id === "classifyTask");
    });

    for (const mutant of mutants) {
      it(`rejects ${mutant.name} by "${mutant.caughtBy}", ten tolerances away, and names it`, async () => {
        for (const seed of seeds) {
          const far = await judged(widened(exercise), mutant.wrong(exercise.reference), seed);
          const meant = far.cases.find(({ name }) => name === mutant.caughtBy);
          assert.ok(meant !== undefined, "there is no such case");
          assert.notEqual(meant.status, "passed", `seed ${seed}`);
          const { status, diagnosis } = await judged(exercise, mutant.wrong(exercise.reference), seed);
          assert.notEqual(status, "passed");
          assert.deepEqual(diagnosis?.mutants, [mutant.name], `seed ${seed}`);
        }
      });
    }
  });
}

describe("the stand-ins", () => {
  it("are all used, and each name that an exercise uses exists", () => {
    const used = manifest.flatMap(({ cases, draw }) =>
      cases.flatMap(({ size, settings = {} }) =>
        draw(size, library.seededRandom(1), settings).filter(isStandIn),
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
