import assert from "node:assert/strict";
import fc from "fast-check";
import {
  classifyTask,
  EOS,
  lastValidSteps,
  largestRows,
  Mat,
  mostLikely,
  oneHot,
  padBatch,
  reverseSteps,
  Sequence,
  shapeOf,
  type SymbolName,
  UNK,
  Vocabulary,
} from "unrolled";

const n_x = 6;
const indexList = fc.array(fc.integer({ min: 0, max: n_x - 1 }), { minLength: 1, maxLength: 8 });
const batches = fc.array(indexList, { minLength: 1, maxLength: 5 });

describe("one-hot columns", () => {
  it("column i has a single one, in row indices[i]; reading it gives the index back", () => {
    fc.assert(
      fc.property(indexList, (indices) => {
        const columns = oneHot(indices, n_x);
        assert.deepEqual(columns.shape, [n_x, indices.length]);
        assert.deepEqual(columns.sumRows().toArray(), [indices.map(() => 1)]);
        assert.deepEqual(largestRows(columns), indices);
        assert.deepEqual(mostLikely(columns).toArray(), columns.toArray());
      }),
    );
  });

  for (const index of [-1, 6, 1.5, NaN]) {
    it(`refuses the index ${index}`, () => {
      assert.throws(() => oneHot([0, index], n_x), {
        name: "OutOfRangeError",
        message: `oneHot: index 2: expected a whole number from 0 to 5 (n_x = 6), got ${index}`,
      });
    });
  }
});

describe("padding", () => {
  it("keeps every example, as long as its mask says, and fills up with zero columns", () => {
    fc.assert(
      fc.property(batches, (batch) => {
        const { x, mask, T_x } = padBatch(batch, n_x);
        assert.equal(x.T_x, Math.max(...T_x));
        assert.equal(mask.T_x, x.T_x);
        batch.forEach((indices, i) => {
          assert.equal(T_x[i], indices.length);
          for (let t = 1; t <= x.T_x; t++) {
            const column = Array.from({ length: n_x }, (_, k) => x.at(t).get(k, i));
            const inside = t <= indices.length;
            assert.equal(mask.at(t).get(0, i), inside ? 1 : 0);
            assert.deepEqual(
              column,
              column.map((_, k) => (inside && indices[t - 1] === k ? 1 : 0)),
            );
          }
        });
        assert.deepEqual(lastValidSteps(mask), T_x);
      }),
    );
  });

  it("reverseSteps leaves padding where it is: at the beginning and in between too", () => {
    const row = (values: readonly number[]): Sequence<"1", "m"> =>
      Sequence.of(values.map((value) => Mat.filled<"1", "m">(1, 1, value)));
    const turned = reverseSteps(row([9, 1, 2, 9, 3]), row([0, 1, 1, 0, 1]));
    assert.deepEqual(turned.toArray().flat(2), [9, 3, 2, 9, 1]);
  });

  it("reverseSteps turns each example's own steps round, leaves its padding, and done twice changes nothing", () => {
    fc.assert(
      fc.property(batches, (batch) => {
        const { x, mask } = padBatch(batch, n_x);
        const numbered = x.map((x_t, t) =>
          x_t.map((value, _, i) => (mask.at(t).get(0, i) === 1 ? value : 10 + t)),
        );
        const turned = reverseSteps(numbered, mask);
        const expected = padBatch(
          batch.map((indices) => indices.toReversed()),
          n_x,
        ).x.map((x_t, t) =>
          x_t.map((value, k, i) => (t <= batch[i]!.length ? value : numbered.at(t).get(k, i))),
        );
        assert.deepEqual(turned.toArray(), expected.toArray());
        assert.deepEqual(reverseSteps(turned, mask).toArray(), numbered.toArray());
        assert.deepEqual(reverseSteps(x).toArray(), x.reverse().toArray());
      }),
    );
  });

  it("leaves the batch as it is", () => {
    const batch = [[1, 2], [3]];
    padBatch(batch, n_x);
    assert.deepEqual(batch, [[1, 2], [3]]);
  });

  it("refuses an empty batch, an empty example, and an index out of range, and says where", () => {
    assert.throws(() => padBatch([], n_x), {
      message: "padBatch: expected at least one example, got none",
    });
    assert.throws(() => padBatch([[1], []], n_x), {
      message:
        "padBatch: example 2 is empty: expected at least one token; leave it out of the batch",
    });
    assert.throws(() => padBatch([[1], [0, 6]], n_x), {
      name: "OutOfRangeError",
      message:
        "padBatch: example 2, step ⟨2⟩: expected a whole number from 0 to 5 (n_x = 6), got 6",
    });
  });
});

describe("Sequence", () => {
  const x = Sequence.build(3, (t) => Mat.from([[t, 10 * t]]));

  it("time runs from 1 to T_x", () => {
    assert.equal(x.T_x, 3);
    assert.equal(x.T_y, 3);
    assert.deepEqual(x.at(1).toArray(), [[1, 10]]);
    assert.deepEqual(x.at(3).toArray(), [[3, 30]]);
    for (const t of [0, 4, 1.5, -1]) {
      assert.throws(() => x.at(t), {
        name: "OutOfRangeError",
        message: `Sequence.at: no step ⟨${t}⟩: t runs from 1 to 3`,
      });
    }
  });

  it("map passes t, slice includes both ends, reverse turns time round, example takes one out", () => {
    assert.deepEqual(x.map((x_t, t) => x_t.times(t)).toArray(), [[[1, 10]], [[4, 40]], [[9, 90]]]);
    assert.deepEqual(x.slice(2, 3).toArray(), [[[2, 20]], [[3, 30]]]);
    assert.deepEqual(x.reverse().toArray(), [[[3, 30]], [[2, 20]], [[1, 10]]]);
    assert.deepEqual(x.example(2).toArray(), [[[10]], [[20]], [[30]]]);
    assert.deepEqual(
      Array.from(x, (x_t) => x_t.get(0, 0)),
      [1, 2, 3],
    );
  });

  it("its list of steps is its own", () => {
    const steps = [Mat.from([[1]]), Mat.from([[2]])];
    const sequence = Sequence.of(steps);
    steps.pop();
    assert.equal(sequence.T_x, 2);
  });

  it("refuses steps of different shapes, and no steps", () => {
    assert.throws(() => Sequence.of([Mat.zeros(2, 3), Mat.zeros(2, 4)]), {
      name: "ShapeError",
      message:
        "Sequence: x⟨1⟩ is (2, 3) but x⟨2⟩ is (2, 4); all steps need one shape (pad shorter examples: padBatch)",
    });
    assert.throws(() => Sequence.of([]), {
      message: "Sequence: expected at least one time step, got none",
    });
    assert.throws(() => x.example(3), {
      message: "Sequence.example: no example (3): i runs from 1 to 2",
    });
  });
});

describe("Vocabulary", () => {
  it("encode and decode are inverse for known tokens", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (tokens) => {
        const vocabulary = Vocabulary.of(tokens, { unknown: true, end: true });
        assert.deepEqual(vocabulary.decode(vocabulary.encode(tokens)), tokens);
        assert.equal(vocabulary.size, new Set([...tokens, UNK, EOS]).size);
        vocabulary.tokens.forEach((token, index) => {
          assert.equal(vocabulary.indexOf(token), index);
        });
      }),
    );
  });

  it("is in alphabetical order, <UNK> and <EOS> behind; a string is its characters", () => {
    assert.deepEqual(Vocabulary.of("banana", { unknown: true, end: true }).tokens, [
      "a",
      "b",
      "n",
      UNK,
      EOS,
    ]);
  });

  it("drops no token: special ones are asked for", () => {
    const expected = (token: string, option: string): object => ({
      name: "OutOfRangeError",
      message: `Vocabulary.of: the tokens hold ${token}, which stands for more than itself: expected { ${option}: true } to have it in the vocabulary, or tokens without it`,
    });
    assert.throws(() => Vocabulary.of([UNK, "a"]), expected(UNK, "unknown"));
    assert.throws(() => Vocabulary.of([EOS, "a"], { unknown: true }), expected(EOS, "end"));
    assert.deepEqual(Vocabulary.of([UNK, "a"], { unknown: true }).encode([UNK, "a"]), [1, 0]);
  });

  it("asks for lists", () => {
    const vocabulary = Vocabulary.of("ab");
    const refused = {
      name: "OutOfRangeError",
      message: /expected a list for (tokens|indices), got/,
    };
    for (const wrong of [null, undefined, 5]) {
      assert.throws(() => Vocabulary.of(wrong as never), refused);
      assert.throws(() => vocabulary.encode(wrong as never), refused);
      assert.throws(() => vocabulary.decode(wrong as never), refused);
    }
  });

  it("an unknown token is <UNK>, or an error where there is none", () => {
    const vocabulary = Vocabulary.of("ab", { unknown: true });
    assert.equal(vocabulary.tokenAt(vocabulary.indexOf("z")), UNK);
    assert.throws(() => Vocabulary.of("ab").indexOf("z"), {
      name: "OutOfRangeError",
      message:
        'Vocabulary.indexOf: "z" is not among the 2 tokens; make the vocabulary with { unknown: true } to have <UNK> stand for it',
    });
    assert.throws(() => Vocabulary.of("ab").indexOf(EOS), {
      message:
        'Vocabulary.indexOf: "<EOS>" is not among the 2 tokens; make the vocabulary with { end: true }',
    });
    assert.throws(() => vocabulary.tokenAt(3), {
      message: "Vocabulary.tokenAt: no token 3: indices run from 0 to 2",
    });
    assert.throws(() => Vocabulary.of([]), {
      message: "Vocabulary.of: expected at least one token, got none",
    });
  });

  it("a token named like a property of objects is a token like any other", () => {
    const vocabulary = Vocabulary.of(["constructor", "__proto__"]);
    assert.deepEqual(vocabulary.decode(vocabulary.encode(["constructor", "__proto__"])), [
      "constructor",
      "__proto__",
    ]);
    assert.throws(() => vocabulary.indexOf("toString"), { name: "OutOfRangeError" });
  });
});

describe("shapeOf", () => {
  const sizes = { n_x: 10, n_a: 5, n_y: 2, m: 8, T_x: 4 };
  const shapes: Readonly<Record<SymbolName, readonly number[]>> = {
    x: [10, 8, 4],
    x_t: [10, 8],
    a: [5, 8, 4],
    a_t: [5, 8],
    yhat: [2, 8, 4],
    yhat_t: [2, 8],
    ax_t: [15, 8],
    Wax: [5, 10],
    Waa: [5, 5],
    Wya: [2, 5],
    Wa: [5, 15],
    ba: [5, 1],
    by: [2, 1],
  };
  for (const [name, shape] of Object.entries(shapes)) {
    it(`${name} is (${shape.join(", ")})`, () => {
      assert.deepEqual(shapeOf(name as SymbolName, sizes), shape);
    });
  }

  it("refuses a name that it does not know", () => {
    assert.throws(() => shapeOf("toString" as SymbolName, sizes), {
      name: "OutOfRangeError",
      message: /^shapeOf: unknown symbol "toString": expected one of x, x_t/,
    });
  });
});

describe("classifyTask", () => {
  const lengths = (...pairs: [number, number][]): { T_x: number; T_y: number }[] =>
    pairs.map(([T_x, T_y]) => ({ T_x, T_y }));
  const cases = [
    ["one-to-one", lengths([1, 1], [0, 1])],
    ["one-to-many", lengths([1, 5], [0, 1])],
    ["many-to-one", lengths([7, 1], [1, 1])],
    ["many-to-many-equal", lengths([7, 7], [1, 1], [3, 3])],
    ["many-to-many-unequal", lengths([7, 7], [3, 4])],
  ] as const;
  for (const [type, examples] of cases) {
    it(`${type}: ${examples.map(({ T_x, T_y }) => `${T_x} → ${T_y}`).join(", ")}`, () => {
      assert.equal(classifyTask(examples), type);
    });
  }

  it("refuses no examples and lengths that are no whole numbers", () => {
    assert.throws(() => classifyTask([]), {
      message: "classifyTask: expected at least one example, got none",
    });
    assert.throws(() => classifyTask(lengths([1, 1], [2, 0])), {
      message:
        "classifyTask: example 2: expected whole numbers of steps, T_x ≥ 0 and T_y ≥ 1, got T_x = 2 and T_y = 0",
    });
  });
});
