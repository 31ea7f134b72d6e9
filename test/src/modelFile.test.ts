import assert from "node:assert/strict";
import {
  initializeRnn,
  type LanguageModel,
  Mat,
  modelFromJson,
  modelToJson,
  OutOfRangeError,
  seededRandom,
  ShapeError,
  Vocabulary,
} from "../../src/index.js";

const vocabulary = Vocabulary.of("abc", { end: true });
const model: LanguageModel = {
  vocabulary,
  parameters: initializeRnn({ n_x: 4, n_a: 3, n_y: 4 }, seededRandom(3)),
};

describe("a model's file", () => {
  it("reads a file that an editor put a byte order mark before", () => {
    const text = modelToJson(model);
    assert.deepEqual(modelFromJson(`\uFEFF${text}`), modelFromJson(text));
  });

  it("gives the same tokens and the same numbers back", () => {
    const parameters = { ...model.parameters, by: Mat.column([0.1 + 0.2, 5e-324, -1e300, 1 / 3]) };
    const read = modelFromJson(modelToJson({ vocabulary, parameters }), vocabulary);
    assert.deepEqual(read.vocabulary.tokens, vocabulary.tokens);
    for (const name of ["Wax", "Waa", "Wya", "ba", "by"] as const) {
      assert.deepEqual(read.parameters[name].toArray(), parameters[name].toArray(), name);
    }
  });

  it("is not written of weights that are NaN or infinite", () => {
    for (const value of [NaN, Infinity]) {
      const parameters = { ...model.parameters, Waa: model.parameters.Waa.times(value) };
      assert.throws(
        () => modelToJson({ vocabulary, parameters }),
        (error) => error instanceof OutOfRangeError && /finite numbers in Waa/.test(error.message),
      );
    }
  });

  it("is not written where tokens and matrices don't fit", () => {
    assert.throws(
      () => modelToJson({ ...model, vocabulary: Vocabulary.of("ab", { end: true }) }),
      (error) => error instanceof ShapeError && /there are 3 tokens/.test(error.message),
    );
  });

  const changed = (change: (file: Record<string, unknown>) => void): string => {
    const file = JSON.parse(modelToJson(model)) as Record<string, unknown>;
    change(file);
    return JSON.stringify(file);
  };
  const partOf = (file: Record<string, unknown>): Record<string, unknown> =>
    file["parameters"] as Record<string, unknown>;
  const refused: Readonly<Record<string, readonly [text: string, says: RegExp]>> = {
    "that is cut off": [modelToJson(model).slice(0, 50), /no JSON/],
    "that is a list": ["[]", /expected an object/],
    "of another program": [changed((file) => (file["format"] = "keras")), /unrolled-rnn/],
    "of another version": [changed((file) => (file["version"] = 2)), /expected version 1/],
    "without tokens": [changed((file) => delete file["tokens"]), /tokens to be a list/],
    "with tokens in another order": [
      changed((file) => (file["tokens"] as string[]).reverse()),
      /not in a vocabulary's order/,
    ],
    "with a token twice": [
      changed((file) => (file["tokens"] = ["a", "a", "b", "c"])),
      /not in a vocabulary's order/,
    ],
    "without a matrix": [changed((file) => delete partOf(file)["Wya"]), /Wya as a list of rows/],
    "with null for NaN": [
      changed((file) => (partOf(file)["ba"] = [[null], [0], [0]])),
      /row 1.*ba/,
    ],
    "with a number as text": [changed((file) => (partOf(file)["ba"] = [["1"], [0], [0]])), /row 1/],
  };
  for (const [which, [text, says]] of Object.entries(refused)) {
    it(`${which} is refused`, () => {
      assert.throws(
        () => modelFromJson(text),
        (error) => error instanceof OutOfRangeError && says.test(error.message),
      );
    });
  }

  it("whose matrices don't fit one another is refused", () => {
    const text = changed((file) => (partOf(file)["ba"] = [[0]]));
    assert.throws(() => modelFromJson(text), ShapeError);
  });

  it("of another alphabet is refused where one is expected", () => {
    assert.throws(
      () => modelFromJson(modelToJson(model), Vocabulary.of("\u0430bc", { end: true })),
      /only the file has "a", it lacks "\u0430"/,
    );
  });
});
