import assert from "node:assert/strict";
import { rolledUnrolled } from "../../../src/charts/rolledUnrolled.js";
import { trainingCurve } from "../../../src/charts/trainingCurve.js";
import {
  bundleOf,
  chartBundle,
  chartSvg,
  heatMapSvg,
  html,
  jupyterDisplay,
  type KernelHook,
  kernelHook,
  latex,
  markdown,
  matrixLatex,
  numberLatex,
  parametersBundle,
  sequenceBundle,
  sequenceLatex,
  show,
  showParameters,
  type ShowOptions,
  symbolLatex,
  table,
  vegaLiteMime,
} from "../../../src/show.js";
import { Mat } from "../../../src/core/matrix.js";
import { Sequence } from "../../../src/notation/sequence.js";

const small = Mat.from([
  [1, -2],
  [0.123456, 1e-9],
]);

describe("LaTeX", () => {
  it("writes a matrix as rows of numbers with three significant digits", () => {
    assert.equal(
      matrixLatex(small),
      String.raw`\begin{bmatrix} 1 & -2 \\ 0.123 & 1 \cdot 10^{-9} \end{bmatrix}`,
    );
  });

  it("writes numbers that are no ordinary ones", () => {
    assert.deepEqual(
      [NaN, Infinity, -Infinity, 0, -0.0005, 123456, 1929, 1234.56].map(numberLatex),
      [
        String.raw`\mathrm{NaN}`,
        String.raw`\infty`,
        String.raw`-\infty`,
        "0",
        String.raw`-5 \cdot 10^{-4}`,
        String.raw`1.23 \cdot 10^{5}`,
        "1929",
        "1234.6",
      ],
    );
  });

  it("elides what is larger than 8 × 8 and keeps the last row and column", () => {
    const large = Mat.build(20, 30, (i, j) => 100 * i + j);
    const rows = matrixLatex(large).split(String.raw`\\`);
    assert.equal(rows.length, 8);
    assert.match(rows[0]!, /0 & 1 & 2 & 3 & 4 & 5 & \\cdots & 29/);
    assert.match(rows[6]!, /\\vdots & .*\\ddots/);
    assert.match(rows[7]!, /1900 .* 1929/);
    assert.doesNotMatch(matrixLatex(Mat.zeros(8, 8)), /dots/);
  });

  it("writes a sequence as its steps, counted from 1, with the example's number if there is one", () => {
    const x = Sequence.build(5, (t) => Mat.column([t]));
    const latexOf = sequenceLatex(x);
    assert.match(latexOf, /x\^\{\\langle 1 \\rangle\} = \\begin\{bmatrix\} 1 /);
    assert.match(latexOf, /\\ldots,\\; x\^\{\\langle 5 \\rangle\} = \\begin\{bmatrix\} 5 /);
    assert.doesNotMatch(latexOf, /langle 3/);
    const wide = sequenceLatex(Sequence.zeros(3, 1, 9));
    assert.match(wide, /langle 1 .*0 & 0 & \\cdots & 0 .*\\ldots,.*langle 3/);
    assert.doesNotMatch(wide, /langle 2/);
    assert.match(sequenceLatex(x, "a", 2), /a\^\{\(2\)\\langle 1 \\rangle\}/);
  });

  it("writes the course's symbols", () => {
    const written: Record<string, string> = {
      Wax: "W_{ax}",
      ba: "b_a",
      a_prev: String.raw`a^{\langle t-1 \rangle}`,
      yhat_t: String.raw`\hat{y}^{\langle t \rangle}`,
      dWaa: String.raw`\frac{\partial L}{\partial W_{aa}}`,
      learning_rate: String.raw`\mathrm{learning\_rate}`,
    };
    for (const symbol in written) assert.equal(symbolLatex(symbol), written[symbol]);
  });
});

describe("heat maps as SVG", () => {
  it("have a cell for each entry, told apart by sign and size, with its value to hover", () => {
    const svg = heatMapSvg([{ matrix: small, label: "W" }], 'the "weights"');
    assert.equal(svg.match(/<rect/g)?.length, 4);
    assert.match(svg, /fill="#c04f00" fill-opacity="0.5".*row 1, column 1: 1</);
    assert.match(svg, /fill="#0072b2" fill-opacity="1".*row 1, column 2: -2</);
    assert.match(svg, /aria-label="the &quot;weights&quot;"/);
  });

  it("survive matrices of zeros, of NaN, and without entries", () => {
    for (const matrix of [Mat.zeros(2, 2), Mat.filled(2, 2, NaN), Mat.zeros(0, 3)]) {
      assert.doesNotMatch(heatMapSvg([{ matrix, label: "" }], "x"), /(width|height|opacity)="NaN"/);
    }
  });
});

describe("what a value shows", () => {
  it("a matrix: one piece of HTML with formula and picture, LaTeX, text", () => {
    const bundle = small[jupyterDisplay]();
    assert.deepEqual(Object.keys(bundle), ["text/html", "text/latex", "text/plain"]);
    assert.match(
      bundle["text/html"] as string,
      /\$\\displaystyle \\begin\{bmatrix\} 1 &amp; -2.*\$.*<svg/s,
    );
    assert.match(bundle["text/plain"] as string, /^Mat \(2, 2\)/);
  });

  it("a huge matrix: the formula without a picture of thousands of cells", () => {
    for (const n of [100, 400])
      assert.doesNotMatch(Mat.zeros(n, n)[jupyterDisplay]()["text/html"] as string, /<svg/);
  });

  it("a sequence: its steps and one heat map a step, on one scale", async () => {
    const bundle = await bundleOf(Sequence.build(3, (t) => Mat.filled(2, 2, t)));
    const markup = bundle["text/html"] as string;
    assert.equal(markup.match(/<g>/g)?.length, 3);
    assert.match(markup, /fill-opacity="0.333"[^]*fill-opacity="0.667"[^]*fill-opacity="1"/);
    assert.match(
      sequenceBundle(Sequence.zeros(2, 1, 1), "yhat", 3)["text/latex"] as string,
      /\\hat\{y\}\^\{\(3\)\\langle 2 \\rangle\}/,
    );
  });

  it("parameters: symbols with shapes, and how many numbers they are", async () => {
    const parameters = { Wax: Mat.zeros(5, 3), ba: Mat.zeros(5, 1) };
    const bundle = parametersBundle(parameters);
    assert.match(bundle["text/latex"] as string, /W_\{ax\} \\in \\mathbb\{R\}\^\{5 \\times 3\}/);
    assert.equal(bundle["text/plain"], "20 parameters: Wax (5, 3), ba (5, 1)");
    assert.deepEqual(await bundleOf(parameters), bundle);
  });

  it("a MIME bundle is shown as it is; other values as text", async () => {
    const bundle = { "image/png": "…" };
    assert.equal(await bundleOf(bundle), bundle);
    assert.deepEqual(await bundleOf(3), { "text/plain": "3" });
    assert.deepEqual(await bundleOf(undefined), { "text/plain": "undefined" });
    assert.deepEqual(await bundleOf({ loss: 1 }), { "text/plain": '{\n  "loss": 1\n}' });
    assert.deepEqual(await bundleOf({}), { "text/plain": "{}" });
    assert.deepEqual(await bundleOf({ x: Sequence.zeros(3, 2, 1), W: small, T_x: 3 }), {
      "text/plain": '{\n  "x": "Sequence of 3 × (2, 1)",\n  "W": "Mat (2, 2)",\n  "T_x": 3\n}',
    });
  });

  it("a formula, HTML, Markdown and a table are bundles with a plain text", () => {
    assert.deepEqual(latex("a^2"), { "text/latex": "$$a^2$$", "text/plain": "a^2" });
    assert.deepEqual(html("<b>so</b>"), { "text/html": "<b>so</b>", "text/plain": "so" });
    assert.deepEqual(markdown("*so*"), { "text/markdown": "*so*", "text/plain": "*so*" });
    const rows = [
      { model: "<RNN>", loss: 0.123456 },
      { model: "GRU", parameters: 12 },
    ];
    const bundle = table(rows);
    assert.match(bundle["text/html"] as string, /<td style="text-align:left">&lt;RNN&gt;<\/td>/);
    assert.match(bundle["text/html"] as string, /<td style="text-align:right">0.1235<\/td>/);
    assert.equal(
      bundle["text/plain"],
      "model    loss  parameters\n<RNN>  0.1235\nGRU                    12",
    );
  });
});

describe("a chart's bundle", () => {
  const rows = [
    { step: 1, loss: 2 },
    { step: 2, loss: 1 },
  ];

  it("holds the specification, a picture and the alt text", async () => {
    const spec = rolledUnrolled({ T_x: 3 });
    const bundle = await bundleOf(spec);
    assert.equal(bundle[vegaLiteMime], spec);
    assert.match(bundle["image/svg+xml"] as string, /^<svg .*x⟨3⟩/s);
    assert.equal(bundle["text/plain"], spec.description);
  });

  it("has a picture that is one image with the alt text, to a hundredth of a pixel", async () => {
    const description = 'The loss "L" < 1 & falls: $& 0.12345';
    const svg = await chartSvg({ ...trainingCurve(rows), description });
    const alt = "The loss &quot;L&quot; &lt; 1 &amp; falls: $&amp; 0.12345";
    assert.ok(svg.startsWith(`<svg role="img" aria-label="${alt}" `), svg.slice(0, 200));
    assert.equal(svg.match(/ (?:role|aria-\w+)=/g)?.length, 2);
    const tags = (svg.slice(200).match(/<[^>]+>/g) ?? []).join("");
    assert.doesNotMatch(tags, /\d\.\d{3}/);
  });

  it("can leave the picture out", async () => {
    const bundle = await chartBundle(trainingCurve(rows), { svg: false });
    assert.deepEqual(Object.keys(bundle), [vegaLiteMime, "text/plain"]);
  });

  it("leaves the specification as it was (vega marks data that it reads)", async () => {
    const spec = { ...trainingCurve(rows), data: { values: rows } };
    await chartBundle(spec);
    assert.deepEqual(Object.getOwnPropertySymbols(rows[0]!), []);
  });
});

describe("show", () => {
  const globals = globalThis as {
    [kernelHook]?: KernelHook;
    __tslab__?: { require(name: string): unknown };
  };
  const matrix = Mat.from([[1]]);
  afterEach(() => {
    Reflect.deleteProperty(globals, kernelHook);
    Reflect.deleteProperty(globals, "__tslab__");
  });

  it("hands our kernel the whole bundle and the name of the output", async () => {
    const shown: unknown[][] = [];
    globals[kernelHook] = { display: (...call) => void shown.push(call) };
    await show(matrix);
    await show(matrix, { display_id: "loss", update: true });
    assert.deepEqual(shown, [
      [matrix[jupyterDisplay](), {}],
      [matrix[jupyterDisplay](), { display_id: "loss", update: true }],
    ]);
  });

  it("hands the stock kernel the richest type alone, and replaces a named output", async () => {
    const shown: unknown[] = [];
    const screen = (id: string) => ({
      raw: (mime: string, data: unknown) => void shown.push([id, mime, typeof data]),
    });
    let made = 0;
    globals.__tslab__ = {
      require: (name) => {
        assert.equal(name, "tslab");
        return { display: screen("plain"), newDisplay: () => screen(`named ${++made}`) };
      },
    };
    await show(rolledUnrolled({ T_x: 1 }), { svg: false });
    await show(matrix);
    await show("text");
    await show(matrix, { display_id: "one" });
    await show(matrix, { display_id: "one", update: true });
    assert.deepEqual(shown, [
      ["plain", vegaLiteMime, "object"],
      ["plain", "text/html", "string"],
      ["plain", "text/plain", "string"],
      ["named 1", "text/html", "string"],
      ["named 1", "text/html", "string"],
    ]);
  });

  it("writes plain text in Node", async () => {
    const lines: string[] = [];
    const { log } = console;
    console.log = (line: string) => void lines.push(line);
    try {
      const options: ShowOptions = { svg: false };
      await show(rolledUnrolled({ T_x: 2 }), options);
      await showParameters({ ba: Mat.zeros(2, 1) });
    } finally {
      console.log = log;
    }
    assert.match(lines[0]!, /^Diagram of a recurrent network/);
    assert.equal(lines[1], "2 parameters: ba (2, 1)");
  });

  it("says which parameter is no matrix", async () => {
    await assert.rejects(showParameters({ W: Mat.zeros(1, 1), rate: 0.1 }), /rate is no Mat/);
  });
});
