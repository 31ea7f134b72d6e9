/**
 * Every chart of every lesson, drawn in a real browser with its real letters, as JupyterLab draws it: on a white and on
 * a dark page nothing is too wide, cut off, written over something else or too pale to read.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { lessonFiles } from "../../grader/notebook/lessonCells.js";
import { chromiumOrSkip } from "../chromium.js";
import { contrastsIn } from "../contrast.js";
import { charts as chartsOf, type ExecutedCell } from "./execute.js";

/** What a cell's output has on a page of 1024 pixels with the side bar open. */
const outputWidth = 584;

/** Drawings are to the quarter of a pixel; letters touch at a pixel or two. */
const slack = 2;

/** The colours of a page and of its text in JupyterLab's two themes. */
const jupyterLab = {
  light: { paper: "#ffffff", ink: "rgba(0, 0, 0, 0.87)" },
  dark: { paper: "#111111", ink: "rgba(255, 255, 255, 1)" },
};

type Cell = Pick<ExecutedCell, "id"> & Partial<Pick<ExecutedCell, "outputs">>;

const charts = lessonFiles().flatMap((file) =>
  (JSON.parse(readFileSync(file, "utf8")) as { readonly cells: readonly Cell[] }).cells.flatMap(
    ({ id, outputs = [] }) =>
      chartsOf({ outputs }).map((spec) => ({ name: `${basename(file, ".ipynb")}, ${id}`, spec })),
  ),
);

/** What is written in a chart, and where. */
interface Word {
  readonly text: string;
  /** Such as "role-axis-label". */
  readonly role: string;
  /** Contrast with the page, 1 to 21 (WCAG 2). */
  readonly contrast: number;
  readonly box: { readonly left: number; right: number; top: number; bottom: number };
}

describe("the lessons' charts in a browser", function () {
  this.timeout(120_000);
  let browser: Browser | undefined;

  before(async function () {
    browser = await chromiumOrSkip(this);
  });
  after(async () => browser?.close());

  for (const [theme, page] of [
    ["white", jupyterLab.light],
    ["dark", jupyterLab.dark],
  ] as const) {
    it(`fit, and can be read, on a ${theme} page`, async () => {
      const tab = await pageWithVega(browser!, page);
      const faults: string[] = [];
      for (const { name, spec } of charts) {
        const { width, height, words } = await drawn(tab, spec, page.paper);
        assert.ok(words.length > 0, `${name}: ${words.length} words`);
        if (width > outputWidth) faults.push(`${name}: ${width} pixels wide`);
        faults.push(...wordFaults(words, { width, height }).map((fault) => `${name}: ${fault}`));
      }
      assert.ok(charts.length >= 45, `${charts.length} charts`);
      assert.deepEqual(faults, []);
      await tab.close();
    });
  }

  it("a chart that is too narrow for its words is found", async () => {
    const tab = await pageWithVega(browser!, jupyterLab.light);
    const spec = {
      width: 60,
      data: { values: [{ name: "a long name" }, { name: "another long name" }] },
      mark: "bar",
      encoding: { x: { field: "name", axis: { labelAngle: 0, labelOverlap: false } } },
      config: { axis: { labelColor: "#bbb" } },
    };
    const { words, ...size } = await drawn(tab, spec, jupyterLab.light.paper);
    assert.match(wordFaults(words, size).join("\n"), /is written over/);
    assert.match(wordFaults(words, size).join("\n"), /has a contrast of 1\.\d/);
    await tab.close();
  });
});

async function pageWithVega(
  browser: Browser,
  { paper, ink }: { readonly paper: string; readonly ink: string },
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1024, height: 900 } });
  const style = `background: ${paper}; --jp-content-font-color1: ${ink}`;
  await page.setContent(`<body style="${style}"></body>`);
  const library = createRequire(import.meta.url);
  for (const name of ["vega", "vega-lite"]) {
    const path = join(library.resolve(`${name}/package.json`), "..", "build", `${name}.min.js`);
    await page.addScriptTag({ path });
  }
  return page;
}

async function drawn(
  page: Page,
  spec: unknown,
  colour: string,
): Promise<{ readonly width: number; readonly height: number; readonly words: readonly Word[] }> {
  const picture = await page.evaluate(async (chart) => {
    interface Libraries {
      readonly vega: {
        readonly parse: (spec: unknown) => unknown;
        readonly View: new (
          runtime: unknown,
          options: object,
        ) => { initialize(place: Element): { runAsync(): Promise<unknown> } };
      };
      readonly vegaLite: { readonly compile: (spec: unknown) => { readonly spec: unknown } };
    }
    const { vega, vegaLite } = globalThis as unknown as Libraries;
    document.body.innerHTML = "<div></div>";
    const place = document.body.firstElementChild!;
    const view = new vega.View(vega.parse(vegaLite.compile(chart).spec), { renderer: "svg" });
    await view.initialize(place).runAsync();
    const svg = place.querySelector("svg")!;
    const frame = svg.getBoundingClientRect();
    const words = [...svg.querySelectorAll("text")].map((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      const [x, y] = [frame.left, frame.top];
      return {
        text: text.textContent,
        role: /role-[\w-]+/.exec(text.parentElement!.getAttribute("class") ?? "")?.[0] ?? "",
        isSeen: text.textContent !== "" && getComputedStyle(text).opacity !== "0",
        box: { left: left - x, right: right - x, top: top - y, bottom: bottom - y },
      };
    });
    return { width: frame.width, height: frame.height, words };
  }, spec);
  const contrasts = await page
    .locator("svg")
    .first()
    .evaluate(contrastsIn, { paper: colour, words: "text" });
  const words = picture.words.map((word, n) => ({ ...word, contrast: contrasts[n]! }));
  return { ...picture, words: words.filter(({ isSeen }) => isSeen) };
}

/** What is cut off, or written over another word; and, but for words on marks, what is too pale. */
function wordFaults(
  words: readonly Word[],
  { width, height }: { readonly width: number; readonly height: number },
): string[] {
  const cut = words.flatMap(({ text, box }) =>
    box.left < -slack ||
    box.top < -slack ||
    box.right > width + slack ||
    box.bottom > height + slack
      ? [`"${text}" is cut off`]
      : [],
  );
  const over = words.flatMap((one, k) =>
    words.slice(k + 1).flatMap((other) => {
      const across =
        Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down =
        Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      // A line's height is more than its letters'.
      return across > slack && down > 2 * slack
        ? [`"${one.text}" is written over "${other.text}"`]
        : [];
    }),
  );
  const pale = words.flatMap(({ text, role, contrast }) =>
    role !== "role-mark" && contrast < 4.5
      ? [`"${text}" has a contrast of ${contrast.toFixed(2)}`]
      : [],
  );
  return [...cut, ...over, ...pale];
}
