/**
 * Right and wrong code in many forms, each with the verdict that it must get everywhere.
 *
 * A form is a notebook's cells or a file. The exercise's own cell begins with its mark.
 */
import type { Status } from "../../grader/judge/verdict.js";

/** One way to write an exercise, with what comes of it. */
export interface Form {
  readonly name: string;
  readonly exercise: string;
  /** A notebook's cells; one alone is a file's text as well. */
  readonly cells: readonly string[];
  readonly status: Status;
  /** The known mistake that is named. */
  readonly mistake?: string;
  /** What the words of the first failing case hold. */
  readonly says?: RegExp;
  /** The file's name in a class. */
  readonly fileName?: string;
  /** Where it can't be: a cell that does not compile or load is no function in a notebook. */
  readonly not?: readonly ("check" | "learn" | "grade")[];
  /** Own files beside it, by name. */
  readonly helpers?: Readonly<Record<string, string>>;
  /** It is graded as the notebook that it is. */
  readonly isNotebook?: boolean;
}

const IMPORT = 'import { Mat, Sequence, sigmoid, softmax, tanh } from "unrolled";';

/** A cell right up to what `body` does first; `answer` is what it returns. */
function cell(
  body = "",
  answer = "{ a_next, yhat_t, cache: { x_t, a_prev, a_next, parameters } }",
): string {
  return `function rnnCellForward(x_t: Mat, a_prev: Mat, parameters: any): any {
  ${body}
  const { Wax, Waa, Wya, ba, by } = parameters;
  const a_next = tanh(Wax.dot(x_t).add(Waa.dot(a_prev)).add(ba));
  const yhat_t = softmax(Wya.dot(a_next).add(by));
  return ${answer};
}`;
}

const MARK = "// exercise: rnnCellForward\n";
const RIGHT = cell();
const CHECK = 'const my_rnnCellForward = await check("rnnCellForward", rnnCellForward);';

/** A form of rnnCellForward as one file, whose text is one cell too. */
function file(name: string, text: string, more: Partial<Form> = {}): Form {
  return { name, exercise: "rnnCellForward", cells: [text], status: "passed", ...more };
}

/** A form of rnnCellForward as a notebook. */
function notebook(name: string, cells: readonly string[], more: Partial<Form> = {}): Form {
  return { name, exercise: "rnnCellForward", cells, status: "passed", isNotebook: true, ...more };
}

/** How the function is written. */
const writings: readonly Form[] = [
  file("a function, exported", `${IMPORT}\nexport ${RIGHT}`),
  file("a function, not exported", `${IMPORT}\n${RIGHT}`),
  file("a default export", `${IMPORT}\nexport default ${RIGHT}`),
  file("indented by two spaces", `  ${IMPORT}\n  ${RIGHT}`),
  file("second on its line", `${IMPORT} const unused = 1; ${RIGHT}`),
  file(
    "an arrow function",
    `${IMPORT}\nconst rnnCellForward = ${cell().replace("function rnnCellForward", "").replace(": any {", ": any => {")};`,
  ),
  file("a function expression", `${IMPORT}\nexport const rnnCellForward = ${RIGHT};`),
  file(
    "taken out of an object",
    `${IMPORT}\nconst { rnnCellForward } = { rnnCellForward: ${RIGHT} };`,
  ),
  file("exported in a list", `${IMPORT}\n${RIGHT}\nexport { rnnCellForward };`),
  file(
    "exported under the name",
    `${IMPORT}\n${RIGHT.replace("rnnCellForward", "mine")}\nexport { mine as rnnCellForward };`,
    { not: ["check"] },
  ),
  file(
    "a variable that is set later",
    `${IMPORT}\nlet rnnCellForward: any;\nrnnCellForward = ${RIGHT.replace("rnnCellForward", "")};`,
  ),
  file(
    "an overloaded function",
    `${IMPORT}\nfunction rnnCellForward(x_t: Mat, a_prev: Mat, parameters: any): any;\n${RIGHT}`,
  ),
  file(
    "a generic function",
    `${IMPORT}\n${RIGHT.replace("rnnCellForward(", "rnnCellForward<T extends { a: 1 }>(")}`,
  ),
  file(
    "an object type for its result",
    `${IMPORT}\n${RIGHT.replace("): any", "): { a_next: Mat; yhat_t: Mat; cache: any }")}`,
  ),
  file(
    "a static method",
    `${IMPORT}\nclass Cells { static step = ${RIGHT}; }\nconst rnnCellForward = Cells.step;`,
  ),
  file("a bound function", `${IMPORT}\nconst rnnCellForward = (${RIGHT}).bind(null);`),
  file(
    "a wrapped function",
    `${IMPORT}\nconst twice = (f: any) => (...args: any[]) => { f(...args); return f(...args); };\nconst rnnCellForward = twice(${RIGHT});`,
  ),
  file(
    "regular expressions, templates and comments with braces",
    `${IMPORT}\nconst pattern = /[}{]\\/"/; // }\n/* { */ const text = \`\${[1].map((n) => \`}\${n}\`)} {\`;\n${RIGHT}`,
  ),
  file("a function without semicolons", `${IMPORT}\n${RIGHT.replaceAll(";\n", "\n")}`),
  file("Windows line ends", `${IMPORT}\n${RIGHT}`.replaceAll("\n", "\r\n")),
  file(
    "its own interface for the parameters",
    `${IMPORT}\ninterface P { Wax: Mat; Waa: Mat; Wya: Mat; ba: Mat; by: Mat }\n${RIGHT.replace("parameters: any", "parameters: P")}`,
  ),
  file("a name with #", `${IMPORT}\nexport ${RIGHT}`, { fileName: "rnn#1.ts" }),
  file("a name with ?", `${IMPORT}\nexport ${RIGHT}`, { fileName: "why?.ts" }),
  file("a name with % and a blank", `${IMPORT}\nexport ${RIGHT}`, { fileName: "50%25 done.ts" }),
  file(
    "mathjs for the products",
    `import { multiply } from "mathjs";\n${IMPORT}\n${RIGHT.replace("Wax.dot(x_t)", "Mat.from(multiply(Wax.toArray(), x_t.toArray()) as any)")}`,
  ),
];

/** What stands around the function. */
const surroundings: readonly Form[] = [
  file(
    "a check beside it",
    `import { check } from "unrolled/check";\n${IMPORT}\n${RIGHT}\n${CHECK}`,
  ),
  file(
    "a statement behind it that fails",
    `${IMPORT}\n${RIGHT}\nconst broken: any = undefined;\nbroken.shape;`,
    { not: ["check"] },
  ),
  file(
    "a chart behind it",
    `import { heatMap } from "unrolled/charts";\nimport { show } from "unrolled/display";\n${IMPORT}\n${RIGHT}\nawait show(heatMap(Mat.zeros(2, 2)));`,
  ),
  file(
    "a trial call behind it",
    `${IMPORT.replace("Mat,", "Mat, initializeRnn, seededRandom, randomNormal,")}\n${RIGHT}\nconst random = seededRandom(1);\nrnnCellForward(randomNormal(3, 2, random), Mat.zeros(5, 2), initializeRnn({ n_x: 3, n_a: 5, n_y: 2 }, random));`,
  ),
  file(
    "a helper beside it",
    `${IMPORT}\n${RIGHT.replace("tanh(", "squash(")}\nconst squash = (z: Mat) => z.map(Math.tanh);`,
  ),
  file(
    "a table beside it that is filled by a loop",
    `${IMPORT}\nconst factors: number[] = [];\nfor (let k = 0; k < 3; k++) factors.push(1);\n${RIGHT.replace("tanh(", "tanh(Mat.zeros(1, 1).get(0, 0) === 0 ? ").replace(".add(ba))", ".add(ba).times(factors[1]) : a_prev)")}`,
  ),
  notebook("the function and its check in one cell", [
    `${MARK}import { check } from "unrolled/check";\n${IMPORT}\n${RIGHT}\n${CHECK}`,
  ]),
  notebook("the function and its check in two cells", [
    `import { check } from "unrolled/check";`,
    `${MARK}${IMPORT}\n${RIGHT}`,
    CHECK,
  ]),
  notebook("the imports in the first cell", [IMPORT, `${MARK}${RIGHT}`]),
  notebook("the imports in a cell behind", [
    `${MARK}${IMPORT.replace("softmax, tanh", "tanh")}\nimport { softmax } from "unrolled";\n${RIGHT}`,
    `import { show } from "unrolled/display";\nawait show(Mat.zeros(1, 1));`,
  ]),
  notebook("a cell that was split behind its imports", [`${MARK}${IMPORT}`, RIGHT]),
  notebook("a lost mark", [IMPORT, RIGHT]),
  notebook("a helper in another cell", [
    IMPORT,
    "const squash = (z: Mat) => z.map(Math.tanh);",
    `${MARK}${RIGHT.replace("tanh(", "squash(")}`,
  ]),
  notebook(
    "a helper with an import of its own",
    [
      `import { Mat, tanh } from "unrolled";\nconst squash = (z: Mat) => tanh(z);`,
      `${MARK}import { softmax } from "unrolled";\n${RIGHT.replace("tanh(", "squash(")}`,
    ],
    { not: [] },
  ),
  notebook("a helper without the import that it needs", [
    IMPORT,
    "function squash(z: Mat) { return tanh(z); }",
    `${MARK}${RIGHT.replace("tanh(", "squash(")}`,
  ]),
  notebook("a helper of a helper", [
    IMPORT,
    "const one = (z: number) => Math.tanh(z);",
    "const squash = (z: Mat) => z.map(one);",
    `${MARK}${RIGHT.replace("tanh(", "squash(")}`,
  ]),
  notebook("a helper by destructuring", [
    IMPORT,
    "const { squash, other: [zero] } = { squash: (z: Mat) => tanh(z), other: [0] };",
    `${MARK}${RIGHT.replace("tanh(", "squash(").replace(".add(by)", ".add(by).add(zero)")}`,
  ]),
  notebook("a constant in another cell", [
    IMPORT,
    "const factor = 1, unused = 2;",
    `${MARK}${RIGHT.replace(".add(by)", ".add(by).times(factor)")}`,
  ]),
  notebook("a table in another cell, filled by a loop", [
    IMPORT,
    'const factors = new Map<string, number>();\nfor (const name of ["a"]) factors.set(name, 1);',
    `${MARK}${RIGHT.replace(".add(by)", '.add(by).times(factors.get("a")!)')}`,
  ]),
  notebook("a class in another cell", [
    IMPORT,
    "class Layer { W: Mat; b: Mat; constructor(W: Mat, b: Mat) { this.W = W; this.b = b; } of(a: Mat) { return this.W.dot(a).add(this.b); } }",
    `${MARK}${RIGHT.replace("Wya.dot(a_next).add(by)", "new Layer(Wya, by).of(a_next)")}`,
  ]),
  notebook("a trial call in the cell, with functions of the library", [
    `${MARK}import { initializeRnn, seededRandom } from "unrolled";\n${IMPORT}\n${RIGHT}\nconst trial = rnnCellForward(Mat.zeros(3, 2), Mat.zeros(5, 2), initializeRnn({ n_x: 3, n_a: 5, n_y: 2 }, seededRandom(1)));\nconsole.log(trial.a_next.shape);`,
  ]),
  notebook("a variable of a trial that is called as an argument", [
    `import { initializeRnn, seededRandom } from "unrolled";\nconst parameters = initializeRnn({ n_x: 3, n_a: 5, n_y: 2 }, seededRandom(1));`,
    `${MARK}${IMPORT}\n${RIGHT}`,
  ]),
  notebook("a chart below the function", [
    `${MARK}import { heatMap } from "unrolled/charts";\nimport { show } from "unrolled/display";\n${IMPORT}\n${RIGHT}\nawait show(heatMap(Mat.zeros(2, 3)));`,
  ]),
  notebook("a second try", [IMPORT, RIGHT.replace("tanh(", "softmax("), `${MARK}${RIGHT}`], {
    not: ["learn"],
  }),
  notebook("types in another cell", [
    IMPORT,
    "type Parameters_ = { Wax: Mat; Waa: Mat; Wya: Mat; ba: Mat; by: Mat };",
    `${MARK}${RIGHT.replace("parameters: any", "parameters: Parameters_")}`,
  ]),
];

/** What the function gives. */
const answers: readonly Form[] = [
  file(
    "an answer that is an instance with the right fields",
    `${IMPORT}\nclass Step { a_next: Mat; yhat_t: Mat; cache: any; constructor(a: Mat, y: Mat, c: any) { this.a_next = a; this.yhat_t = y; this.cache = c; } }\n${cell("", "new Step(a_next, yhat_t, { x_t, a_prev, a_next, parameters })")}`,
  ),
  file(
    "a cache that is an instance with the right fields",
    `${IMPORT}\nclass Cache { [name: string]: any; constructor(o: any) { Object.assign(this, o); } }\n${cell("", "{ a_next, yhat_t, cache: new Cache({ x_t, a_prev, a_next, parameters }) }")}`,
  ),
  file(
    "an answer without a prototype",
    `${IMPORT}\n${cell("", "Object.assign(Object.create(null), { a_next, yhat_t, cache: { x_t, a_prev, a_next, parameters } })")}`,
  ),
  file(
    "more than was asked for",
    `${IMPORT}\n${cell("", '{ a_next, yhat_t, z: 1, note: "mine", cache: { x_t, a_prev, a_next, parameters, z: 2 } }')}`,
  ),
  file(
    "nested arrays for a matrix",
    `${IMPORT}\n${cell("", "{ a_next: a_next.toArray(), yhat_t, cache: { x_t, a_prev, a_next, parameters } }")}`,
    { status: "wrong", says: /wrap it: Mat\.from\(a_next\)/ },
  ),
  file(
    "a typed array for a matrix",
    `${IMPORT}\n${cell("", "{ a_next: a_next.data, yhat_t, cache: { x_t, a_prev, a_next, parameters } }")}`,
    { status: "wrong", says: /wrap it: new Mat\(/ },
  ),
  file(
    "a mathjs matrix for a matrix",
    `import { matrix } from "mathjs";\n${IMPORT}\n${cell("", "{ a_next: matrix(a_next.toArray()), yhat_t, cache: { x_t, a_prev, a_next, parameters } }")}`,
    { status: "wrong", says: /wrap it: Mat\.from\(a_next\)/ },
  ),
  file(
    "an instance with the right fields for a matrix",
    `${IMPORT}\nclass Own { rows: number; cols: number; data: Float64Array; constructor(m: Mat) { this.rows = m.rows; this.cols = m.cols; this.data = m.data; } }\n${cell("", "{ a_next: new Own(a_next), yhat_t, cache: { x_t, a_prev, a_next, parameters } }")}`,
  ),
  file(
    "float32 numbers beyond the tolerance",
    `${IMPORT}\n${cell("", "{ a_next: a_next.map(Math.fround), yhat_t, cache: { x_t, a_prev, a_next, parameters } }")}`,
    { status: "wrong" },
  ),
  file(
    "another order of the sum, within the tolerance",
    `${IMPORT}\n${RIGHT.replace("Wax.dot(x_t).add(Waa.dot(a_prev)).add(ba)", "Waa.dot(a_prev).add(ba).add(Wax.dot(x_t))")}`,
  ),
  file("nothing", `${IMPORT}\n${cell("", "undefined")}`, {
    status: "wrong",
    says: /a return may be missing/,
  }),
  file(
    "y_hat for yhat_t",
    `${IMPORT}\n${cell("", "{ a_next, y_hat: yhat_t, cache: { x_t, a_prev, a_next, parameters } }")}`,
    { status: "wrong", says: /return yhat_t too/ },
  ),
  file("an async function", `${IMPORT}\nasync ${RIGHT.replace("): any", "): Promise<any>")}`, {
    status: "wrong",
    says: /must not be async/,
  }),
  file("a generator", `${IMPORT}\n${RIGHT.replace("function rn", "function* rn")}`, {
    status: "wrong",
    says: /must not be a generator/,
  }),
  file(
    "a function that gives itself",
    `${IMPORT}\nfunction rnnCellForward(): any { return rnnCellForward; }`,
    { status: "wrong", says: /a function/ },
  ),
  file(
    "an answer that holds itself",
    `${IMPORT}\n${cell("const whole: any = {}; whole.cache = whole; if (x_t) return whole;")}`,
    { status: "output-limit", says: /holds itself/ },
  ),
  file(
    "a getter that throws",
    `${IMPORT}\n${cell("", '{ a_next, yhat_t, get cache(): any { throw new Error("not now"); } }')}`,
    { status: "crashed", says: /not now/ },
  ),
  file(
    "an error whose words throw",
    `${IMPORT}\n${cell('if (x_t) throw Object.defineProperty(new Error(), "message", { get() { throw 1; } });')}`,
    { status: "crashed", says: /can't be read/ },
  ),
  file("a thrown text", `${IMPORT}\n${cell('if (x_t) throw "no";')}`, {
    status: "crashed",
    says: /threw the text "no"/,
  }),
  file("a frozen error", `${IMPORT}\n${cell('if (x_t) throw Object.freeze(new Error("cold"));')}`, {
    status: "crashed",
    says: /cold/,
  }),
  file(
    "a million steps",
    `${IMPORT}\n${cell("if (x_t) return { a_next: Sequence.of(Array(1_000_000).fill(Mat.zeros(1, 1))) };")}`,
    { status: "output-limit", says: /return less/ },
  ),
  file(
    "no end of recursion",
    `${IMPORT}\n${cell("if (x_t) return rnnCellForward(x_t, a_prev, parameters);")}`,
    { status: "crashed", says: /Maximum call stack/ },
  ),
  file(
    "a process that ends",
    `${IMPORT}\n${cell("if (x_t) (globalThis as any).process.exit(3);")}`,
    { status: "crashed", not: ["check"], says: /ended/ },
  ),
];

/** What is wrong. */
const mistakes: readonly Form[] = [
  file("the bias forgotten", `${IMPORT}\n${RIGHT.replace(".add(ba)", "")}`, {
    status: "wrong",
    mistake: "input-bias-forgotten",
  }),
  file(
    "the bias forgotten, in an arrow function",
    `${IMPORT}\nconst rnnCellForward = ${cell().replace(".add(ba)", "").replace("function rnnCellForward", "").replace(": any {", ": any => {")};`,
    { status: "wrong", mistake: "input-bias-forgotten" },
  ),
  notebook(
    "the bias forgotten, in a split notebook",
    [`${MARK}${IMPORT}`, RIGHT.replace(".add(ba)", "")],
    { status: "wrong", mistake: "input-bias-forgotten" },
  ),
  file("a changed input", `${IMPORT}\n${cell("a_prev.data[0] = 5;")}`, {
    status: "wrong",
    says: /a_prev was changed/,
  }),
  file("a changed parameter", `${IMPORT}\n${cell("parameters.ba.data.fill(0);")}`, {
    status: "wrong",
    says: /parameters was changed/,
  }),
  file(
    "an answer that counts its calls",
    `${IMPORT}\nlet calls = 0;\n${RIGHT.replace(".add(by)", ".add(by).add(Mat.filled(Wya.rows, 1, ++calls > 1 ? 1 : 0).times(Wya))")}`,
    { status: "crashed" },
  ),
  file("a step that throws", `${IMPORT}\n${cell("parameters.W.dot(x_t);")}`, {
    status: "crashed",
    says: /TypeError/,
  }),
  file("a name that is nowhere", `${IMPORT}\n${cell("(globalThis as any).nowhere.dot(x_t);")}`, {
    status: "crashed",
    says: /TypeError/,
  }),
  file(
    "the starter",
    `import { NotImplementedError } from "unrolled";\nfunction rnnCellForward(): any { throw new NotImplementedError("rnnCellForward"); }`,
    { status: "not-run" },
  ),
  file("no such function", `${IMPORT}\n${RIGHT.replace("rnnCellForward", "rnn_cell_forward")}`, {
    status: "not-run",
    not: ["check"],
  }),
  file("a default export that is no function", `${IMPORT}\nexport default 1;`, {
    status: "not-run",
    not: ["check"],
  }),
  file("a number in place of the function", "export const rnnCellForward: any = 1;", {
    status: "crashed",
    not: ["check"],
  }),
  file("a bracket too few", `${IMPORT}\n${RIGHT.replace("add(ba))", "add(ba)")}`, {
    status: "crashed",
    not: ["check"],
  }),
  file(
    "an error before the function",
    `${IMPORT}\nconst broken: any = undefined;\nconst size = broken.size;\nconst rnnCellForward = size;`,
    { status: "crashed", not: ["check"] },
  ),
  file("an await that waits for ever", `${IMPORT}\nawait new Promise(() => undefined);\n${RIGHT}`, {
    status: "timeout",
    not: ["check"],
  }),
  file("the library's own function", 'export { rnnCellForward } from "unrolled";', {
    status: "crashed",
    not: ["check"],
    says: /can't be imported from "unrolled"/,
  }),
  file(
    "one of Node's own modules",
    `import * as files from "node:fs";\n${IMPORT}\n${cell("void files;")}`,
    { status: "passed" },
  ),
];

const ONE_HOT = `// exercise: oneHot
import { Mat } from "unrolled";
function oneHot(indices: readonly number[], n_x: number): any {
  for (const k of indices) if (!Number.isInteger(k) || k < 0 || k >= n_x) throw new RangeError("no word");
  return Mat.build(n_x, indices.length, (k, i) => (indices[i] === k ? 1 : 0));
}`;

const PAD_BATCH = `// exercise: padBatch
function padBatch(batch: readonly (readonly number[])[], n_x: number): any {
  const T_x = batch.map((words) => words.length);
  if (T_x.length === 0 || T_x.includes(0)) throw new RangeError("an example is empty");
  const at = (t: number, i: number) => t <= T_x[i]!;
  my_oneHot(batch.flat(), n_x);
  const x = Sequence.build(Math.max(...T_x), (t) => {
    const columns = my_oneHot(batch.map((words) => words[t - 1] ?? 0), n_x);
    return columns.map((value: number, _: number, i: number) => (at(t, i) ? value : 0));
  });
  const mask = Sequence.build(x.T_x, (t) => Mat.build(1, batch.length, (_, i) => (at(t, i) ? 1 : 0)));
  return { x, mask, T_x };
}`;

const LAST = `function manyToOne(x: Sequence, a_0: Mat, parameters: any, cell: any, mask?: Sequence): any {
  const steps: Mat[] = [];
  let a_prev = a_0;
  for (const x_t of x) {
    const { a_next, yhat_t } = cell(x_t, a_prev, parameters);
    steps.push(yhat_t);
    a_prev = a_next;
  }
  const T_x = Array.from({ length: x.cols }, (_, i) => mask === undefined ? x.T_x : Array.from(mask).filter((m) => m.get(0, i) === 1).length);
  if (T_x.includes(0)) throw new RangeError("all padding");
  const yhat = steps[0]!.map((_, k, i) => steps[T_x[i]! - 1]!.get(k, i));
  return ANSWER;
}`;

/** Other exercises: what the lessons' idiom leads to, and parts that don't count. */
const others: readonly Form[] = [
  {
    name: "my_oneHot is the hand-in's own",
    exercise: "padBatch",
    status: "passed",
    isNotebook: true,
    cells: [
      'import { check } from "unrolled/check";',
      ONE_HOT,
      'const my_oneHot = await check("oneHot", oneHot);',
      'import { Sequence } from "unrolled";',
      PAD_BATCH,
    ],
  },
  {
    name: "my_oneHot, and a mistake",
    exercise: "padBatch",
    status: "wrong",
    isNotebook: true,
    cells: [
      'import { check } from "unrolled/check";',
      ONE_HOT,
      'const my_oneHot = await check("oneHot", oneHot);',
      'import { Sequence } from "unrolled";',
      PAD_BATCH.replace("? value : 0", "? value : 1"),
    ],
  },
  {
    name: "a part that does not count is left out",
    exercise: "manyToOne",
    status: "passed",
    cells: [`${IMPORT}\n${LAST.replace("ANSWER", "{ yhat }")}`],
  },
  {
    name: "a part that does not count is wrong",
    exercise: "manyToOne",
    status: "passed",
    cells: [`${IMPORT}\n${LAST.replace("ANSWER", "{ yhat, a: 1, caches: () => 2 }")}`],
  },
  {
    name: "only parts that do not count",
    exercise: "manyToOne",
    status: "wrong",
    says: /got an empty object \{\}, expected a Mat/,
    cells: [`${IMPORT}\n${LAST.replace("ANSWER", "{ a: steps, caches: steps }")}`],
  },
  {
    name: "a list that is a typed array",
    exercise: "padBatch",
    status: "wrong",
    says: /make an array of it/,
    cells: [
      `${IMPORT}\n${ONE_HOT.split("\n").slice(2).join("\n")}\nconst my_oneHot = oneHot;\n${PAD_BATCH.replace("mask, T_x };", "mask, T_x: Uint8Array.from(T_x) };")}`,
    ],
  },
];

/** The function's name and helpers, in other shapes and other splits. */
const shapes: readonly Form[] = [
  file(
    "an async helper that nobody awaits",
    `${IMPORT}\nasync function log(value: unknown) { await value; }\n${cell("void log(x_t);")}`,
  ),
  file(
    "a helper that is declared behind",
    `${IMPORT}\n${RIGHT.replace("tanh(", "squash(")}\nfunction squash(z: Mat) { return tanh(z); }`,
  ),
  file(
    "a chain of five helpers",
    `${IMPORT}\nconst e = (z: Mat) => tanh(z);\nconst d = (z: Mat) => e(z), c = (z: Mat) => d(z);\nfunction b(z: Mat) { return c(z); }\nconst a = function (z: Mat) { return b(z); };\n${RIGHT.replace("tanh(", "a(")}`,
  ),
  file(
    "helpers as methods of an object",
    `${IMPORT}\nconst ops = { squash(z: Mat) { return tanh(z); }, get twice() { return 2; } };\n${RIGHT.replace("tanh(", "ops.squash(")}`,
  ),
  file(
    "a curried helper",
    `${IMPORT}\nconst affine = (W: Mat) => (b: Mat) => (a: Mat) => W.dot(a).add(b);\n${RIGHT.replace("Wya.dot(a_next).add(by)", "affine(Wya)(by)(a_next)")}`,
  ),
  file(
    "an enum",
    `${IMPORT}\nenum Row { first, second }\n${RIGHT.replace(".add(by)", ".add(by).times(Row.second)")}`,
  ),
  file(
    "a const enum",
    `${IMPORT}\nconst enum Row { first, second }\n${RIGHT.replace(".add(by)", ".add(by).times(Row.second)")}`,
    { not: [] },
  ),
  file(
    "a namespace",
    `${IMPORT}\nnamespace Ops { export const squash = (z: Mat) => tanh(z); }\n${RIGHT.replace("tanh(", "Ops.squash(")}`,
  ),
  file(
    "parameter properties",
    `${IMPORT}\nclass Layer { constructor(readonly W: Mat, private b: Mat) {} of(a: Mat) { return this.W.dot(a).add(this.b); } }\n${RIGHT.replace("Wya.dot(a_next).add(by)", "new Layer(Wya, by).of(a_next)")}`,
  ),
  file(
    "a generic arrow function",
    `${IMPORT}\nconst same = <T,>(value: T): T => value;\nconst rnnCellForward = <P extends object>(x_t: Mat, a_prev: Mat, parameters: P): any => same((${RIGHT})(x_t, a_prev, parameters));`,
  ),
  file(
    "an import under another name",
    `import { tanh as squash, softmax as normed, type Mat } from "unrolled";\n${RIGHT.replace("tanh(", "squash(").replace("softmax(", "normed(")}`,
  ),
  file(
    "an import of everything",
    `import * as u from "unrolled";\n${RIGHT.replaceAll(": Mat", ": u.Mat").replace("tanh(", "u.tanh(").replace("softmax(", "u.softmax(")}`,
  ),
  file(
    "an import of types alone",
    `import type { Mat } from "unrolled";\nimport { softmax, tanh } from "unrolled";\n${RIGHT}`,
  ),
  file(
    "an import without a semicolon, over many lines",
    `import {\n  Mat,\n  // the squashing one\n  softmax,\n  tanh,\n} from 'unrolled'\n${RIGHT}`,
  ),
  file(
    "two imports of one module",
    `import { Mat } from "unrolled"; import { softmax, tanh } from "unrolled";\n${RIGHT}`,
  ),
  file(
    "an own function under a library's name",
    `import { Mat, softmax } from "unrolled";\nfunction tanh(z: Mat) { return z.map(Math.tanh); }\n${RIGHT}`,
  ),
  file(
    "a parameter under a library's name",
    `${IMPORT}\nconst squash = (tanh: Mat) => tanh.map(Math.tanh);\n${RIGHT.replace("tanh(", "squash(")}`,
  ),
  file(
    "other names for the parameters",
    `${IMPORT}\nfunction rnnCellForward(x: Mat, h: Mat, { Wax, Waa, Wya, ba, by }: any): any {\n  const a_next = tanh(Waa.dot(h).add(Wax.dot(x)).add(ba));\n  return { a_next, yhat_t: softmax(Wya.dot(a_next).add(by)), cache: { x_t: x, a_prev: h, a_next, parameters: { Wax, Waa, Wya, ba, by } } };\n}`,
  ),
  file(
    "all arguments in one list",
    `${IMPORT}\nconst mine = ${RIGHT};\nfunction rnnCellForward(...args: [Mat, Mat, any]): any { return mine(...args); }`,
  ),
  file(
    "a condition at the top",
    `${IMPORT}\nif (typeof tanh !== "function") { throw new Error("no tanh"); } else { void 0; }\n${RIGHT}`,
  ),
  file("a console inside", `${IMPORT}\n${cell("console.info(x_t.shape); console.table([1]);")}`),
  file(
    "an await at the top",
    `${IMPORT}\nconst squash = await Promise.resolve(tanh);\n${RIGHT.replace("tanh(", "squash(")}`,
  ),
  file(
    "a label, a comma and a regular expression after a bracket",
    `${IMPORT}\n${cell("out: for (const k of [1, 2]) { if (k) /[/}]/.test('}'); if (k) break out; }")}`,
  ),
  file(
    "a function that is written over",
    `${IMPORT}\nlet rnnCellForward = (..._: any[]): any => 1;\nrnnCellForward = ${RIGHT.replace("function rnnCellForward", "function")};`,
  ),
  file(
    "a var",
    `${IMPORT}\nvar rnnCellForward: (x: Mat, a: Mat, p: any) => any = function (x_t, a_prev, parameters) {\n${RIGHT.slice(RIGHT.indexOf("\n") + 1)}`,
  ),
  file(
    "a table behind the function",
    `${IMPORT}\n${RIGHT.replace(".add(by)", ".add(by).times(table.one)")}\nconst table = { one: 1 };`,
  ),
  file(
    "a memory of what was asked",
    `${IMPORT}\nconst seen = new WeakMap<object, Mat>();\n${RIGHT.replace("tanh(Wax", "seen.get({}) ?? tanh(Wax")}`,
  ),
  file(
    "an answer with getters of its class",
    `${IMPORT}\nclass Step { #a: Mat; #y: Mat; #c: any; constructor(a: Mat, y: Mat, c: any) { this.#a = a; this.#y = y; this.#c = c; } get a_next() { return this.#a; } get yhat_t() { return this.#y; } get cache() { return this.#c; } }\n${cell("", "new Step(a_next, yhat_t, { x_t, a_prev, a_next, parameters })")}`,
  ),
  file(
    "an answer of a derived class",
    `${IMPORT}\nclass Base { a_next: any; constructor(a: Mat) { this.a_next = a; } }\nclass Step extends Base { yhat_t: any; cache: any; constructor(a: Mat, y: Mat, c: any) { super(a); this.yhat_t = y; this.cache = c; } }\n${cell("", "new Step(a_next, yhat_t, { x_t, a_prev, a_next, parameters })")}`,
  ),
  file(
    "an answer that is frozen",
    `${IMPORT}\n${cell("", "Object.freeze({ a_next, yhat_t, cache: Object.freeze({ x_t, a_prev, a_next, parameters }) })")}`,
  ),
  file(
    "an answer with a hidden part",
    `${IMPORT}\n${cell("", "Object.defineProperty({ a_next, yhat_t } as any, 'cache', { value: { x_t, a_prev, a_next, parameters } })")}`,
  ),
  file(
    "an answer that is a map",
    `${IMPORT}\n${cell("", "new Map(Object.entries({ a_next, yhat_t }))")}`,
    { status: "wrong", says: /class Map/ },
  ),
  file(
    "a class getter that throws",
    `${IMPORT}\nclass Step { get a_next(): any { throw new Error("not yet"); } }\n${cell("", "new Step()")}`,
    { status: "wrong", says: /a getter that throws \(not yet\)/ },
  ),
  file(
    "an answer whose prototype can't be read",
    `${IMPORT}\n${cell("", "new Proxy({}, { getPrototypeOf() { throw new Error('no prototype'); } })")}`,
    { status: "crashed", says: /no prototype/ },
  ),
  file(
    "an answer whose prototypes never end",
    `${IMPORT}\nconst endless = (): any => new Proxy({}, { getPrototypeOf: endless });\n${cell("", "endless()")}`,
    { status: "crashed" },
  ),
  file(
    "an answer that throws whatever is asked",
    `${IMPORT}\nconst refuse = () => { throw new Error("go away"); };\nconst hostile: any = new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse });\n${cell("", "hostile")}`,
    { status: "crashed", says: /go away/ },
  ),
  file(
    "a thrown thing whose words can't be read",
    `${IMPORT}\n${cell("if (x_t) throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } });")}`,
    { status: "crashed", says: /can't be read/ },
  ),
  file(
    "something that can't be read in place of the function",
    `export const rnnCellForward: any = new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } });`,
    { status: "crashed", not: ["check"] },
  ),
  file(
    "a process that is killed",
    `${IMPORT}\n${cell("if (x_t) { const { process } = globalThis as any; process.kill(process.pid, 'SIGKILL'); }")}`,
    { status: "crashed", not: ["check"] },
  ),
  file(
    "a nesting without end",
    `${IMPORT}\n${cell("let deep: any = 1; for (let n = 0; n < 1e5; n++) deep = [deep]; if (x_t) return { a_next: deep, yhat_t: deep, cache: deep };")}`,
    { status: "output-limit", says: /flatter/ },
  ),
  file(
    "the sign of the state turned",
    `${IMPORT}\nconst add = (...all: Mat[]) => all.reduce((a, b) => a.add(b));\n${RIGHT.replace("Wax.dot(x_t).add(Waa.dot(a_prev)).add(ba)", "add(Wax.dot(x_t), Waa.dot(a_prev).times(-1), ba)")}`,
    { status: "wrong" },
  ),
  file("one part of three missing", `${IMPORT}\n${cell("", "{ a_next, yhat_t }")}`, {
    status: "wrong",
    says: /return cache too/,
  }),
  notebook("a re-exported function", [IMPORT, RIGHT, "export { rnnCellForward };"]),
  notebook(
    "five helpers in five cells, in the wrong order",
    [
      IMPORT,
      "const a1 = (z: Mat) => a2(z);",
      "const a2 = (z: Mat) => a3(z);",
      "function a3(z: Mat) { return a4(z); }",
      `${MARK}${RIGHT.replace("tanh(", "a1(")}`,
      "function a4(z: Mat) { return a5(z); }",
      "const a5 = (z: Mat) => tanh(z);",
    ],
    { not: ["check"] },
  ),
  notebook("comments between, and cells of comments", [
    `// nothing here }`,
    `/* { */ ${IMPORT} // imports`,
    `${MARK}/** The cell. */\n// {\n${RIGHT} // }`,
    `/* the end`.concat(" */"),
  ]),
  notebook("an await at the top of another cell", [
    IMPORT,
    "const squash = await Promise.resolve((z: Mat) => tanh(z));",
    `${MARK}${RIGHT.replace("tanh(", "squash(")}`,
  ]),
  notebook("a condition at the top of another cell", [
    IMPORT,
    "let squash = (z: Mat) => z;\nif (true) { squash = (z: Mat) => tanh(z); }",
    `${MARK}${RIGHT.replace("tanh(", "squash(")}`,
  ]),
  notebook("an import of everything in another cell", [
    `import * as u from "unrolled";\nimport type { Mat } from "unrolled";`,
    `${MARK}${RIGHT.replace("tanh(", "u.tanh(").replace("softmax(", "u.softmax(")}`,
  ]),
  notebook("an import under another name in another cell", [
    `import { Mat, tanh as squash, softmax } from "unrolled";`,
    `${MARK}${RIGHT.replace("tanh(", "squash(")}`,
  ]),
  notebook("an enum and a namespace in other cells", [
    IMPORT,
    "enum Row { first, second }",
    "namespace Ops { export const squash = (z: Mat) => tanh(z).times(Row.second); }",
    `${MARK}${RIGHT.replace("tanh(", "Ops.squash(")}`,
  ]),
  notebook("a helper under a library's name in another cell", [
    'import { Mat, softmax } from "unrolled";',
    "const tanh = (z: Mat) => z.map(Math.tanh);",
    `${MARK}${RIGHT}`,
  ]),
  notebook("a helper that is an object, and one filled from it", [
    IMPORT,
    "const ops = { squash: (z: Mat) => tanh(z) };\nconst { squash } = ops;",
    `${MARK}${RIGHT.replace("tanh(", "squash(")}`,
  ]),
  notebook("overloads in a cell, and the function under another name", [
    IMPORT,
    `${MARK}function step(x_t: Mat, a_prev: Mat, parameters: any): any;\n${RIGHT.replace("rnnCellForward", "step")}\nconst rnnCellForward = step;`,
  ]),
  notebook("a helper that a later cell exchanges", [
    IMPORT,
    "let squash = (z: Mat) => z;",
    "squash = (z: Mat) => tanh(z);",
    `${MARK}${RIGHT.replace("tanh(", "squash(")}`,
  ]),
  notebook(
    "a cell of another kernel's commands",
    ["%matplotlib inline\n!pip list", IMPORT, `${MARK}${RIGHT}`],
    {
      not: ["check", "learn"],
    },
  ),
  file(
    "a class getter beside the answer that throws",
    `${IMPORT}\nclass Step { a_next: Mat; yhat_t: Mat; cache: any; constructor(a: Mat, y: Mat, c: any) { this.a_next = a; this.yhat_t = y; this.cache = c; } get text(): string { throw new Error("not yet"); } }\n${cell("", "new Step(a_next, yhat_t, { x_t, a_prev, a_next, parameters })")}`,
  ),
  file(
    "all that a console can",
    `${IMPORT}\n${cell('console.group("a"); console.count(); console.time("b"); console.timeEnd("b"); console.groupEnd(); console.dir(1); console.trace("here"); console.assert(false); console.debug(2);')}`,
  ),
  notebook("a constant that a later cell changes", [
    IMPORT,
    "let factor = 2;",
    "factor = 1;",
    `${MARK}${RIGHT.replace(".add(by)", ".add(by).times(factor)")}`,
  ]),
  notebook("a table that is destructured in a later cell", [
    IMPORT,
    "const settings = { factor: [1, 2] };",
    "const { factor: [one] } = settings;",
    `${MARK}${RIGHT.replace(".add(by)", ".add(by).times(one!)")}`,
  ]),
];

/** Imports of Node's modules: what computes is there everywhere, what reaches the machine nowhere. */
const ofNode: readonly Form[] = [
  file("an import of fs that nothing uses", `import fs from "fs";\n${IMPORT}\n${RIGHT}`),
  file("an import of node:fs that nothing uses", `import fs from "node:fs";\n${IMPORT}\n${RIGHT}`),
  file(
    "an import of fs for a statement beside the function",
    `import fs from "fs";\n${IMPORT}\n${RIGHT}\nconst isThere = fs.existsSync("notes.txt");`,
  ),
  file(
    "an import of node:fs for a statement beside the function",
    `import { existsSync } from "node:fs";\n${IMPORT}\n${RIGHT}\nconst isThere = existsSync("notes.txt");`,
  ),
  file(
    "fs in the function",
    `import fs from "fs";\n${IMPORT}\n${cell('fs.existsSync("notes.txt");')}`,
    { status: "crashed", says: /fs can't be used in an exercise/ },
  ),
  file(
    "a function of node:fs in the function",
    `import { existsSync } from "node:fs";\n${IMPORT}\n${cell('existsSync("notes.txt");')}`,
    { status: "crashed", says: /fs can't be used in an exercise/ },
  ),
  file(
    "util in the function, which only computes",
    `import { format } from "util";\n${IMPORT}\n${cell('format("%d", 1);')}`,
  ),
  file(
    "node:path in a helper, which only computes",
    `import { join } from "node:path";\n${IMPORT}\nconst name = join("a", "b");\n${cell("void name;")}`,
  ),
  notebook("fs in another cell", [
    `import fs from "fs";\nfs.existsSync("notes.txt");`,
    `${MARK}${IMPORT}\n${RIGHT}`,
  ]),
  notebook(
    "fs in the function, imported in another cell",
    [`import fs from "fs";`, `${MARK}${IMPORT}\n${cell('fs.existsSync("notes.txt");')}`],
    { status: "crashed", says: /fs can't be used in an exercise/ },
  ),
];

/** Imports of packages: there is none where an exercise is graded, so in the function each says so, and elsewhere costs nothing. */
const ofPackages: readonly Form[] = [
  file(
    "a package that is not installed, which nothing uses",
    `import * as pad from "left-pad";\n${IMPORT}\n${cell("void pad;")}`,
    { not: ["check"] },
  ),
  file(
    "a package that is not installed, in the function",
    `import pad from "left-pad";\n${IMPORT}\n${cell('pad("1", 2);')}`,
    { not: ["check"], status: "crashed", says: /left-pad can't be used in an exercise/ },
  ),
  file(
    "an installed package for a statement before the function",
    `import pc from "picocolors";\n${IMPORT}\nconsole.log(pc.green("begin"));\nconst rnnCellForward = ${RIGHT};`,
  ),
  file(
    "names of an installed package for a statement behind the function",
    `import { createColors, isColorSupported as can } from "picocolors";\n${IMPORT}\n${RIGHT}\nconst { red } = createColors(can);\nconsole.log(red("end"));`,
  ),
  file(
    "an installed package beside a mistake",
    `import pc from "picocolors";\n${IMPORT}\n${RIGHT.replace(".add(ba)", "")}\nconsole.log(pc.red("end"));`,
    { status: "wrong", mistake: "input-bias-forgotten" },
  ),
  file(
    "an installed package in the function",
    `import pc from "picocolors";\n${IMPORT}\n${cell('pc.red("step");')}`,
    { status: "crashed", says: /picocolors can't be used in an exercise: .*"mathjs"/ },
  ),
  file(
    "a name of an installed package in a helper",
    `import {\n  z as schema,\n} from "zod";\n${IMPORT}\nconst checked = (n: number): number => schema.number().parse(n);\n${cell("checked(x_t.rows);")}`,
    { status: "crashed", says: /zod can't be used in an exercise/ },
  ),
  file(
    "all of an installed package in the function",
    `import * as colors from "picocolors";\n${IMPORT}\n${cell('colors.red("step");')}`,
    { status: "crashed", says: /picocolors can't be used in an exercise/ },
  ),
  file(
    "another part of the pack in the function",
    `import { distinctTokens } from "unrolled/data";\n${IMPORT}\n${cell("distinctTokens([]);")}`,
    { status: "crashed", says: /unrolled\/data can't be used in an exercise/ },
  ),
  notebook("an installed package in another cell", [
    `import pc from "picocolors";\nconsole.log(pc.green("begin"));`,
    `${MARK}${IMPORT}\n${RIGHT}`,
  ]),
  notebook(
    "an installed package in the function, imported in another cell",
    [`import pc from "picocolors";`, `${MARK}${IMPORT}\n${cell('pc.red("step");')}`],
    { status: "crashed", says: /picocolors can't be used in an exercise/ },
  ),
  notebook(
    "an installed package's name for an own function",
    [
      `import { red } from "picocolors";`,
      "const red = (text: string): string => text;",
      `${MARK}${IMPORT}\n${cell('red("step");')}`,
    ],
    { not: ["learn"] },
  ),
];

/** Values that are taken from a package before the function is called: nothing of a package is there when it is. */
const takenFromPackages: readonly Form[] = [
  ...(
    [
      ["a property", "const red = pc.red;", 'red("step");'],
      ["a property by destructuring", "const { red: r, bold = r } = pc;", 'r("step");'],
      ["what a call gave", "const red = createColors(true).red;", 'red("step");'],
      ["an index in brackets", 'const red: any = (pc as any)["red"];', 'red("step");'],
      [
        "an object of functions",
        "const paint = { ok: pc.green, bad: [pc.red] };",
        'paint.bad[0]!("step");',
      ],
      ["one name more", "const a = pc.red;\nconst b = a as any;", 'b("step");'],
    ] as const
  ).flatMap(([what, line, use]) => [
    file(
      `${what} of an installed package, taken before the function`,
      `import pc, { createColors } from "picocolors";\n${IMPORT}\nvoid createColors;\n${line}\n${cell(use)}`,
      { status: "crashed", says: /picocolors can't be used in an exercise/ },
    ),
    file(
      `${what} of an installed package, which the function does not use`,
      `import pc, { createColors } from "picocolors";\n${IMPORT}\nvoid createColors;\n${line}\n${RIGHT}`,
    ),
  ]),
  file(
    "an object beside the package's",
    `import pc from "picocolors";\n${IMPORT}\nconst paint = { ok: pc.green, scale: 1 };\n${cell("x_t.times(paint.scale).dot(x_t.T);")}`,
  ),
  file(
    "an imported package by await import",
    `${IMPORT}\nconst pc: any = await import("picocolors");\n${cell('pc.default.red("step");')}`,
    { status: "crashed", says: /picocolors can't be used in an exercise/ },
  ),
  file(
    "a name by await import",
    `${IMPORT}\nconst { red } = await import("picocolors");\n${cell('red("step");')}`,
    { status: "crashed", says: /picocolors can't be used in an exercise/ },
  ),
  file(
    "an import(…) beside the function",
    `${IMPORT}\nconst pc = (await import("picocolors")).default;\nconsole.log(pc.green("begin"));\n${RIGHT}`,
  ),
  file("require", `${IMPORT}\nconst pc = require("picocolors");\n${cell('pc.red("step");')}`, {
    status: "crashed",
    says: /picocolors can't be used in an exercise/,
  }),
  file("require in the function", `${IMPORT}\n${cell('require("picocolors").red("step");')}`, {
    status: "crashed",
    says: /picocolors can't be used in an exercise/,
  }),
  file(
    "require beside the function",
    `${IMPORT}\nconst { green } = require("picocolors");\nconsole.log(green("begin"));\n${RIGHT}`,
  ),
  file(
    "an own file that imports a package, in the function",
    `import { log } from "./log";\n${IMPORT}\n${cell('log("step");')}`,
    {
      helpers: {
        "log.ts":
          'import pc from "picocolors";\nexport const log = (text: string) => pc.red(text);\n',
      },
      status: "crashed",
      says: /picocolors can't be used in an exercise/,
    },
  ),
  file(
    "an own file that imports a package, beside the function",
    `import { log } from "./log";\n${IMPORT}\nlog("begin");\n${RIGHT}`,
    {
      helpers: {
        "log.ts":
          'import pc from "picocolors";\nexport const log = (text: string) => pc.red(text);\n',
      },
    },
  ),
  file(
    "an own file that took something of a package, in the function",
    `import { log } from "./log";\n${IMPORT}\n${cell('log("step");')}`,
    {
      helpers: {
        "log.ts":
          'import pc from "picocolors";\nconst { red } = pc;\nexport function log(text: string) { return red(text); }\n',
      },
      status: "crashed",
      says: /picocolors can't be used in an exercise/,
    },
  ),
  notebook(
    "an own file beside the notebook that imports a package, in the function",
    ['import { log } from "./log";', `${MARK}${IMPORT}\n${cell('log("step");')}`],
    {
      helpers: {
        "log.ts":
          'import pc from "picocolors";\nexport const log = (text: string) => pc.red(text);\n',
      },
      status: "crashed",
      says: /picocolors can't be used in an exercise/,
    },
  ),
  notebook(
    "an own file beside the notebook",
    [
      'import { squash } from "./squash";',
      `${MARK}${IMPORT}\n${RIGHT.replace("tanh(", "squash(")}`,
    ],
    {
      helpers: {
        "squash.ts":
          'import { type Mat } from "unrolled";\nexport const squash = (z: Mat) => z.map(Math.tanh);\n',
      },
    },
  ),
  notebook(
    "a property of a package of another cell",
    [
      `import pc from "picocolors";`,
      "const red = pc.red;",
      `${MARK}${IMPORT}\n${cell('red("step");')}`,
    ],
    { status: "crashed", says: /picocolors can't be used in an exercise/ },
  ),
];

/** A million of something: words, in a short time. */
const millions: readonly Form[] = (
  [
    [
      "a list of a million entries",
      "{ a_next: Array(1_000_000).fill(0) }",
      "output-limit",
      /return less/,
    ],
    [
      "a list without entries, of any length",
      "{ a_next: new Array(4_000_000_000) }",
      "output-limit",
      /return less/,
    ],
    [
      "a cache of a million entries",
      "{ a_next, yhat_t, cache: (kept ??= Array.from({ length: 1_000_000 }, () => ({ x_t }))) }",
      "output-limit",
      /return less/,
    ],
    [
      "a matrix of a million entries",
      "{ a_next: Mat.zeros(1000, 1000) }",
      "output-limit",
      /return less/,
    ],
    [
      "numbers by the million",
      "{ a_next: (kept ??= new Float64Array(1_000_000)) }",
      "wrong",
      /got a Float64Array of 1000000 numbers/,
    ],
    [
      "an own sequence of a thousand million steps",
      "{ a_next: { T_x: 1_000_000_000, rows: 1, cols: 1, at: () => Mat.zeros(1, 1) } }",
      "wrong",
      /got an object with T_x and at, expected a Mat/,
    ],
    ["a text of a million letters", "'a'.repeat(1_000_000)", "output-limit", /a text of more than/],
    [
      "an object a million deep",
      "(kept ??= Array(1_000_000).fill(0).reduce((inner) => ({ inner }), {}))",
      "output-limit",
      /nested more than/,
    ],
    ["a million functions deep", "deep(1_000_000)", "crashed", /Maximum call stack/],
    [
      "an error of a million letters",
      "fail('a'.repeat(1_000_000))",
      "crashed",
      /^it threw Error: a{2000}(?!a)/,
    ],
    [
      "a map of a million",
      "{ a_next: (kept ??= new Map(Array.from({ length: 1_000_000 }, (_, n) => [n, n]))) }",
      "wrong",
      /got an object of the class Map/,
    ],
  ] as const
).map(([name, answer, status, says]) =>
  file(
    name,
    `${IMPORT}\nconst deep = (n: number): number => (n === 0 ? 0 : 1 + deep(n - 1));\nconst fail = (text: string): never => { throw new Error(text); };\nlet kept: any;\n${cell("", answer)}\nvoid [deep, fail];`,
    { status, says },
  ),
);

/** The library's own function of the exercise's name. */
const libraryOwn: readonly Form[] = [
  file(
    "the library's function by a namespace",
    'import * as unrolled from "unrolled";\nexport const rnnCellForward = unrolled.rnnCellForward;',
    { status: "crashed", says: /rnnCellForward can't be imported from "unrolled"/ },
  ),
  file(
    "the library's function under another name",
    'import { rnnCellForward as f } from "unrolled";\nexport const rnnCellForward = f;',
    { status: "crashed", says: /rnnCellForward can't be imported from "unrolled"/ },
  ),
  file(
    "the library's function in a wrapper",
    'import { rnnCellForward as f } from "unrolled";\nexport const rnnCellForward = (...args: any) => (f as any)(...args);',
    { status: "crashed", says: /rnnCellForward can't be imported from "unrolled"/ },
  ),
  file(
    "the library's function, wrapped in a function",
    'import * as unrolled from "unrolled";\nfunction rnnCellForward(...args: any) { return (unrolled as any).rnnCellForward(...args); }',
    { status: "crashed", says: /rnnCellForward can't be imported from "unrolled"/ },
  ),
  file(
    "another function of the library's that is an exercise",
    `import { rnnForward } from "unrolled";\n${IMPORT}\n${cell("(rnnForward as any)();")}`,
    { status: "crashed", says: /rnnForward can't be imported from "unrolled"/ },
  ),
];

/** All forms. */
const VALUE = RIGHT.replace("function rnnCellForward", "function");

/** Modules as other tools and habits write them: such a cell would be none, so a notebook is not asked. */
const otherModules: readonly Form[] = [
  ...(
    [
      ["a default export without a name", `${IMPORT}\nexport default ${VALUE}`],
      [
        "an arrow as default export",
        `${IMPORT}\nexport default ${VALUE.replace("function", "").replace(": any {", ": any => {")};`,
      ],
      ["a name on the next line", `${IMPORT}\nexport function\n${RIGHT.replace("function ", "")}`],
      ["CommonJS's exports", `${IMPORT}\nexports.rnnCellForward = ${VALUE};`],
      ["CommonJS's module.exports", `${IMPORT}\nmodule.exports = { rnnCellForward: ${VALUE} };`],
      ["a function as module.exports", `${IMPORT}\nmodule.exports = ${VALUE};`],
      [
        "CommonJS as tsc writes it",
        `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.rnnCellForward = rnnCellForward;\nconst { tanh, softmax } = require("unrolled");\nconst path_1 = require("node:path");\npath_1.join("a", "b");\n${RIGHT.replaceAll(/: (?:Mat|any)/g, "")}`,
      ],
      [
        "a package that is required and not used",
        `${IMPORT}\nconst pad = require("left-pad");\n${RIGHT}`,
      ],
      ["a first line for a shell", `#!/usr/bin/env -S npx tsx\n${IMPORT}\n${RIGHT}`],
      ["an import repeated", `${IMPORT}\n${IMPORT}\n${RIGHT}`],
      [
        "cells below one another",
        `${IMPORT}\nlet a = 1;\n${IMPORT}\nlet a = 2;\n${RIGHT}\nlet a = 3;\nthrow new Error("not needed");`,
      ],
      [
        "the starter and, below, the function",
        `${IMPORT}\nfunction rnnCellForward() { throw new NotImplementedError("rnnCellForward"); }\n${RIGHT}`,
      ],
    ] as const
  ).map(([name, text]) => file(name, text, { not: ["check"] })),
  file(
    "a mistake in CommonJS's exports",
    `${IMPORT}\nexports.rnnCellForward = ${VALUE.replace(".add(ba)", "")};`,
    { not: ["check"], status: "wrong", mistake: "input-bias-forgotten" },
  ),
  notebook("the pack required in a cell", [
    `const { tanh, softmax } = require("unrolled");\nimport type { Mat } from "unrolled";`,
    `${MARK}${RIGHT}`,
  ]),
];

export const forms: readonly Form[] = [
  ...otherModules,
  ...writings,
  ...surroundings,
  ...answers,
  ...mistakes,
  ...others,
  ...shapes,
  ...ofNode,
  ...ofPackages,
  ...takenFromPackages,
  ...millions,
  ...libraryOwn,
];
