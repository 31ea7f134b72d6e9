/**
 * One lesson in the real JupyterLab in a real browser: opened, run, and looked at for a drawn
 * chart. Screenshots go to UNROLLED_SCREENSHOTS when it names a folder; UNROLLED_LESSON names
 * another lesson to take them of.
 */
import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { chromiumOrSkip } from "../chromium.js";
import { contrastsIn } from "../contrast.js";
import { requireOrSkip } from "../requirements.js";
import { copyProject, remove, type Running, start } from "../setup/project.js";
import { pythonEnvironment } from "./execute.js";

const lesson = process.env["UNROLLED_LESSON"] ?? "02-the-rnn-cell";

describe("a lesson in JupyterLab", function () {
  this.timeout(180_000);
  let project: string;
  let server: Running | undefined;
  let browser: Browser | undefined;
  let address: URL;

  before(async function () {
    requireOrSkip(this, "the Python environment", pythonEnvironment, "npm run setup");
    browser = await chromiumOrSkip(this);
    project = copyProject("all");
    server = start(
      process.execPath,
      [join(project, "bin", "unrolled.mjs"), "start", "--no-browser"],
      {
        cwd: project,
      },
    );
    address = new URL((await server.line(/(http:\/\/\S+token=\w+)/))[1]!);
  });

  after(async () => {
    await browser?.close();
    server?.process.kill("SIGINT");
    await server?.ended;
    if (project) remove(project);
  });

  for (const theme of ["Light", "Dark"] as const) {
    it(`runs all cells and draws its charts in the ${theme.toLowerCase()} theme`, async () => {
      const page = await browser!.newPage({ viewport: { width: 1280, height: 1000 } });
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await changeSettings(address, "apputils-extension:themes", { theme: `JupyterLab ${theme}` });
      // All cells in the page, also those that are scrolled out of sight.
      await changeSettings(address, "notebook-extension:tracker", { windowingMode: "none" });
      await openNotebook(page, address, theme, lesson);
      await runAll(page);

      const charts = page.locator(".jp-RenderedVegaCommon5 :is(canvas, svg).marks");
      await charts.first().waitFor();
      assert.ok((await charts.count()) >= 3, `${await charts.count()} charts`);
      for (const chart of await charts.all()) {
        await assertDrawn(chart);
        await assertReadable(chart);
      }
      assert.equal(
        await page.locator(".jp-OutputArea-output[data-mime-type*='stderr']").count(),
        0,
      );
      assert.equal(
        await page.evaluate(() => document.body.dataset["jpThemeLight"]),
        String(theme === "Light"),
      );
      assert.deepEqual(errors, []);
      await takePicture(page, theme);
      await page.close();
    });
  }

  it("reset puts a starter into the cell that asks for it, and keeps the old text", async () => {
    const page = await browser!.newPage({ viewport: { width: 1100, height: 900 } });
    const mine = "function oneHot(): number {\n  return 41; // mine\n}";
    await writeNotebook(address, "notebooks/reset.ipynb", [
      mine,
      'import { reset } from "unrolled/check";\nawait reset("oneHot");',
    ]);
    await openNotebook(page, address, "reset", "reset");
    const cell = (index: number): Locator => page.locator(".jp-Notebook .jp-CodeCell").nth(index);
    for (const index of [0, 1]) {
      await cell(index).locator(".cm-content").click();
      await page.keyboard.press("Control+Enter");
      await cell(index)
        .getByText(/\[\d+\]/)
        .waitFor();
    }
    const editor = cell(1).locator(".cm-content");
    await editor.getByText("NotImplementedError", { exact: true }).first().waitFor();
    assert.match(await editor.innerText(), /^\/\/ exercise: oneHot\n/);
    assert.equal((await cell(0).locator(".cm-content").innerText()).trim(), mine);
    const words = await cell(1).locator(".jp-OutputArea-output").first().innerText();
    const kept = /is kept: (\S+)/.exec(words)?.[1];
    assert.equal(readFileSync(kept ?? "", "utf8"), mine, words);
    await takeScreenshot(page, "reset");
    await page.close();
  });

  it("opens a lesson that nobody has touched as unchanged", async () => {
    const page = await browser!.newPage({ viewport: { width: 1100, height: 900 } });
    await openNotebook(page, address, "untouched", lesson);
    const tab = page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", { hasText: lesson });
    await tab.waitFor();
    // What JupyterLab writes into a notebook comes once it knows its kernel.
    await page.waitForTimeout(2000);
    assert.doesNotMatch((await tab.getAttribute("class")) ?? "", /jp-mod-dirty/);
    assert.equal(await page.locator(".jp-OutputArea-output").count(), 0);
    await page.locator(".jp-CodeCell .cm-content").first().click();
    await page.keyboard.type(" ");
    await page.locator(".lm-TabBar-tab.jp-mod-dirty", { hasText: lesson }).waitFor();
    await page.close();
  });

  it("shows the charts of the pack's own file before anything runs; on 1024 pixels code is not cut off, on a phone a chart can be moved to its end", async () => {
    const page = await browser!.newPage({ viewport: { width: 1024, height: 900 } });
    const copy = join(project, "my-work", "notebooks", "with-outputs.ipynb");
    copyFileSync(join(project, "notebooks", `${lesson}.ipynb`), copy);
    await openNotebook(page, address, "with-outputs", "with-outputs");
    await page.locator(".jp-RenderedVegaCommon5 svg.marks").first().waitFor();
    const widths = await page.evaluate(() =>
      Array.from(document.querySelectorAll(".jp-CodeCell .cm-scroller"), (code) => ({
        visible: code.clientWidth,
        whole: code.scrollWidth,
      })).filter(({ visible }) => visible > 0),
    );
    for (const { visible, whole } of widths)
      assert.ok(whole <= visible + 1, `${whole} of ${visible}`);
    assert.ok(widths.length > 3 && widths[0]!.visible < 600, JSON.stringify(widths[0]));

    await page.setViewportSize({ width: 390, height: 844 });
    await page.keyboard.press("Control+B"); // the side bar
    const charts = page.locator(".jp-RenderedVegaCommon5");
    await charts.first().scrollIntoViewIfNeeded();
    await takeScreenshot(page, "phone");
    for (const chart of await charts.locator("svg.marks").all()) {
      const rest = await chart.evaluate((svg) => {
        for (let box = svg.parentElement; box !== null; box = box.parentElement)
          box.scrollLeft = 1e6;
        return svg.getBoundingClientRect().right - window.innerWidth;
      });
      assert.ok(rest <= 0, `${rest} pixels of a chart cannot be reached`);
    }
    await page.close();
  });

  it("runs, interrupts, restarts, completes with Tab and explains with Shift-Tab", async () => {
    const page = await browser!.newPage({ viewport: { width: 1100, height: 900 } });
    await writeNotebook(address, "notebooks/scratch.ipynb", [
      "const kept: number = 41;\nkept + 1",
      "while (true) {}",
      "kept + 2",
      'import { softmax } from "unrolled";\nconst wrong: string = kept;',
      "",
      "",
    ]);
    await openNotebook(page, address, "scratch", "scratch");
    const cell = (index: number): Locator => page.locator(".jp-Notebook .jp-CodeCell").nth(index);
    const output = (index: number): Locator => cell(index).locator(".jp-OutputArea-output");
    const run = async (index: number): Promise<void> => {
      await cell(index).locator(".cm-content").click();
      await page.keyboard.press("Control+Enter");
    };
    const menu = async (name: string, item: RegExp): Promise<void> => {
      await page.locator(".lm-MenuBar-item", { hasText: name }).first().click();
      await page.locator(".lm-Menu-item", { hasText: item }).first().click();
    };

    await run(0);
    await output(0).getByText("42", { exact: true }).waitFor();

    await run(1);
    await cell(1).getByText("[*]:").waitFor();
    await page.getByText(/TypeScript.*\| Busy/).waitFor();
    await menu("Kernel", /^Interrupt Kernel/);
    await output(1)
      .getByText(/Interrupted: the cell was stopped/)
      .waitFor();
    await run(2);
    await output(2).getByText("43", { exact: true }).waitFor();

    await run(3);
    await output(3)
      .getByText(/TS2322.*Type 'number' is not assignable to type 'string'/)
      .waitFor();
    await takeScreenshot(page, "kernel-errors");

    await cell(4).locator(".cm-content").click();
    await page.keyboard.type("Math.s");
    await page.keyboard.press("Tab");
    await page.locator(".jp-Completer-item", { hasText: "sqrt" }).waitFor();
    await takeScreenshot(page, "kernel-tab");
    await page.locator(".jp-Completer-item", { hasText: "sqrt" }).click();
    await page.keyboard.type("(16)");
    await page.keyboard.press("Control+Enter");
    await output(4).getByText("4", { exact: true }).waitFor();

    await cell(3).locator(".cm-content").click();
    await page.keyboard.press("Control+A");
    await page.keyboard.type('import { softmax } from "unrolled";');
    await page.keyboard.press("Control+Enter");
    await cell(3)
      .getByText(/\[\d+\]:/)
      .first()
      .waitFor();
    await cell(5).locator(".cm-content").click();
    await page.keyboard.type("softmax");
    await page.keyboard.press("Shift+Tab");
    const tooltip = page.locator(".jp-Tooltip");
    for (const part of [/function softmax/, /e\^\(z_k\)/, /\(n_y, m\) scores/]) {
      await tooltip.getByText(part).first().waitFor();
    }
    await takeScreenshot(page, "kernel-shift-tab");
    await page.keyboard.press("Escape");

    await menu("Kernel", /^Restart Kernel…/);
    await page.locator(".jp-Dialog .jp-mod-accept").click();
    await page.getByText(/TypeScript.*\| Idle/).waitFor();
    await run(2);
    await output(2)
      .getByText(
        /TS2304.*kept is declared by a cell of this notebook that has not run.*run it first/,
      )
      .waitFor();
    await page.close();
  });

  it("a button of a cell's over a comm: a click runs the cell's handler, and its label changes", async () => {
    const page = await browser!.newPage({ viewport: { width: 1100, height: 900 } });
    await writeNotebook(address, "notebooks/button.ipynb", [counterCell]);
    await openNotebook(page, address, "button", "button");
    await page.locator(".jp-CodeCell .cm-content").first().click();
    await page.keyboard.press("Control+Enter");
    const button = page.locator(".jp-OutputArea button.jupyter-button");
    for (const clicks of [0, 1, 2]) {
      await button.getByText(`${clicks} clicks`, { exact: true }).waitFor();
      await takeScreenshot(page, `kernel-button-${clicks}`);
      await button.click();
    }
    await page.locator(".jp-OutputArea-output").getByText("click 3").waitFor();
    await page.close();
  });
});

/** A counter in the protocol of ipywidgets, as a cell writes it. */
const counterCell = `import { openComm } from "unrolled/display";
const controls = { _model_module: "@jupyter-widgets/controls", _model_module_version: "2.0.0", _view_module: "@jupyter-widgets/controls", _view_module_version: "2.0.0" };
let clicks = 0;
const state = { ...controls, _model_name: "ButtonModel", _view_name: "ButtonView", description: "0 clicks" };
const button = openComm("jupyter.widget", { state, buffer_paths: [] }, { metadata: { version: "2.1.0" } });
button.onMessage(({ data }) => {
  if (data["method"] !== "custom") return;
  console.log(\`click \${++clicks}\`);
  button.send({ method: "update", state: { description: \`\${clicks} clicks\` }, buffer_paths: [] });
});
({ [Symbol.for("Jupyter.display")]: () => ({ "application/vnd.jupyter.widget-view+json": { model_id: button.id, version_major: 2, version_minor: 0 } }) })`;

/** A notebook of code cells, written through the server. */
async function writeNotebook(
  address: URL,
  path: string,
  sources: readonly string[],
): Promise<void> {
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    id: `cell-${i}`,
    metadata: {},
    source,
    execution_count: null,
    outputs: [],
  }));
  const kernelspec = { name: "tslab", display_name: "TypeScript", language: "typescript" };
  const content = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells };
  const response = await fetch(new URL(`/api/contents/${path}`, address), {
    method: "PUT",
    headers: { authorization: `token ${address.searchParams.get("token") ?? ""}` },
    body: JSON.stringify({ type: "notebook", format: "json", content }),
  });
  assert.ok(response.ok, `contents: ${response.status}`);
}

/** JupyterLab's own settings, through its own interface. */
async function changeSettings(address: URL, plugin: string, settings: object): Promise<void> {
  const url = new URL(`/lab/api/settings/@jupyterlab/${plugin}`, address);
  const response = await fetch(url, {
    method: "PUT",
    headers: { authorization: `token ${address.searchParams.get("token") ?? ""}` },
    body: JSON.stringify({ raw: JSON.stringify(settings) }),
  });
  assert.ok(response.ok, `settings: ${response.status}`);
}

/** Opens a notebook in a workspace of its own, so that no tab of an earlier test is there. */
async function openNotebook(
  page: Page,
  address: URL,
  workspace: string,
  name: string,
): Promise<void> {
  const url = new URL(`/lab/workspaces/${workspace}/tree/notebooks/${name}.ipynb`, address);
  url.search = address.search;
  await page.goto(url.href);
  await page.locator(".jp-Notebook .jp-Cell").first().waitFor({ timeout: 60_000 });
  await page.getByText(/TypeScript.*\| Idle/).waitFor({ timeout: 60_000 });
}

/** Run → Run All Cells, and waits until every code cell has its number. */
async function runAll(page: Page): Promise<void> {
  await page.getByText("Run", { exact: true }).first().click();
  await page.getByText("Run All Cells", { exact: true }).click();
  await page.waitForFunction(
    () => {
      const prompts = Array.from(
        // A folded cell shows a line in place of its prompt.
        document.querySelectorAll(".jp-CodeCell .jp-InputPrompt:not(.jp-Placeholder-prompt)"),
        (prompt) => prompt.textContent,
      );
      return prompts.length > 0 && prompts.every((text) => /\[\d+\]/.test(text));
    },
    undefined,
    { timeout: 120_000 },
  );
}

/** A chart is drawn when it has a size, and a canvas several colours or an SVG several marks. */
async function assertDrawn(chart: Locator): Promise<void> {
  const box = await chart.boundingBox();
  assert.ok(box !== null && box.width > 200 && box.height > 50, JSON.stringify(box));
  const variety = await chart.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement))
      return element.querySelectorAll("path, text").length;
    const pixels = element.getContext("2d")!.getImageData(0, 0, element.width, element.height).data;
    return new Set(new Uint32Array(pixels.buffer)).size;
  });
  assert.ok(variety > 10, `${variety} colours or marks`);
}

/** A chart's words outside its marks have a contrast of at least 4.5 : 1 with the page (WCAG 2). */
async function assertReadable(chart: Locator): Promise<void> {
  const words = ".role-title-text text, .role-axis-label text, .role-axis-title text";
  const contrasts = await chart.evaluate(contrastsIn, { paper: "--jp-layout-color0", words });
  assert.ok(contrasts.length > 0, "no words");
  assert.ok(Math.min(...contrasts) >= 4.5, `${Math.min(...contrasts)} : 1`);
}

/** What a user sees now. */
async function takeScreenshot(page: Page, name: string): Promise<void> {
  const folder = process.env["UNROLLED_SCREENSHOTS"];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** The whole notebook as a picture, for people to look at. */
async function takePicture(page: Page, theme: string): Promise<void> {
  const folder = process.env["UNROLLED_SCREENSHOTS"];
  if (folder === undefined) return;
  const height = await page.evaluate(() =>
    Math.max(
      ...Array.from(
        document.querySelectorAll(".jp-Notebook, .jp-Notebook *"),
        (one) => one.scrollHeight,
      ),
    ),
  );
  await page.setViewportSize({ width: 1280, height: Math.min(height + 200, 16_000) });
  await page.locator(".jp-Notebook .jp-Cell").first().scrollIntoViewIfNeeded();
  await page.waitForTimeout(1000);
  await page.screenshot({ path: join(folder, `${lesson}-${theme.toLowerCase()}.png`) });
}
