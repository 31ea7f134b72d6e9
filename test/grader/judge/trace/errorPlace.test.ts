import assert from "node:assert/strict";
import { lineOf, ownFrame } from "../../../../grader/judge/trace/errorPlace.js";

/** The first frame of a stack that lies in a file called mine. */
function ownOf(stack: unknown, message?: unknown): unknown {
  return ownFrame({ stack, message }, (file) => file.endsWith("mine.ts"));
}

describe("the learner's frame of a stack", () => {
  it("is the topmost one that is their own, with or without a function's name", () => {
    const stack = [
      "Error: no",
      "    at inner (file:///lib.ts:1:2)",
      "    at f (file:///mine.ts:7:21)",
      "    at file:///mine.ts:9:3",
    ];
    assert.deepEqual(ownOf(stack.join("\n"), "no"), { file: "file:///mine.ts", line: 7 });
    assert.deepEqual(ownOf("Error\n    at file:///mine.ts:9:3"), {
      file: "file:///mine.ts",
      line: 9,
    });
    assert.deepEqual(ownOf("Error\n\tat f (a (b)/(mine.ts:12:3)"), { file: "mine.ts", line: 12 });
  });

  it("is not looked for in the message, which may look like a stack", () => {
    const message = "x\n    at f (mine.ts:1:1)";
    assert.equal(ownOf(`Error: ${message}\n    at g (lib.ts:2:2)`, message), undefined);
    assert.deepEqual(ownOf(`Error: ${message}\n    at g (mine.ts:2:2)`, message), {
      file: "mine.ts",
      line: 2,
    });
    assert.deepEqual(ownOf("Error: that\n    at g (mine.ts:2:2)", "this"), {
      file: "mine.ts",
      line: 2,
    });
    assert.deepEqual(ownOf("Error: 5\n    at g (mine.ts:2:2)", 5), { file: "mine.ts", line: 2 });
  });

  it("is none for what is no frame: no line, line 0, half a line, no place, no word at", () => {
    for (const frame of [
      "at f (mine.ts)",
      "at f (mine.ts:3)",
      "at mine.ts",
      "at f (mine.ts:0:1)",
      "at f (mine.ts:-1:1)",
      "at f (mine.ts:1.5:1)",
      "at f (mine.ts:x:1)",
      "at :3:4",
      "f (mine.ts:3:4)",
      "in mine.ts:3:4",
    ])
      assert.equal(ownOf(`Error\n    ${frame}`), undefined, frame);
  });

  it("is none for what is no error, and for what can't be read", () => {
    const hostile = {
      get stack(): never {
        throw new Error("no");
      },
    };
    for (const thrown of [null, undefined, 7, "at f (mine.ts:3:4)", {}, { stack: 7 }, hostile])
      assert.equal(
        ownFrame(thrown, () => true),
        undefined,
      );
    const unreadable = (): never => {
      throw new Error("no address");
    };
    assert.equal(ownFrame({ stack: "Error\n at f (mine.ts:3:4)" }, unreadable), undefined);
  });

  it("is looked for in the first 20,000 characters below the message", () => {
    const frame = "\n    at f (mine.ts:3:4)";
    const padded = (length: number): string => `E${" ".repeat(length - frame.length)}${frame}`;
    assert.deepEqual(ownOf(padded(20_000), "E"), { file: "mine.ts", line: 3 });
    assert.equal(ownOf(padded(20_000 + frame.length), "E"), undefined);
  });
});

describe("a line of a text", () => {
  it("is counted from 1 and has no white space around it", () => {
    const text = "first\n  second \n\n fourth";
    assert.deepEqual(
      [1, 2, 3, 4, 5].map((line) => lineOf(text, line)),
      ["first", "second", undefined, "fourth", undefined],
    );
    assert.equal(lineOf("one", 9), undefined);
    assert.equal(lineOf("one\ntwo\n", 2), "two");
    assert.equal(lineOf("\ntwo", 1), undefined);
  });

  it("is cut behind 120 characters", () => {
    assert.equal(lineOf("x".repeat(120), 1), "x".repeat(120));
    assert.equal(lineOf("x".repeat(121), 1), `${"x".repeat(120)} …`);
  });
});
