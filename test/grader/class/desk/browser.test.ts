/** The desk's pages in a real browser. Pictures of them go to UNROLLED_SCREENSHOTS when it names a folder. */
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContext } from "playwright-core";
import { startDesk } from "../../../../grader/class/desk/server.js";
import { openCourseStore } from "../../../../grader/class/store/courseStore.js";
import { chromiumOrSkip } from "../../../chromium.js";
import { KINDS } from "../store/kinds.js";
import { alikeHandIns, BOB, HOSTILE, inDeskCourse, unnamedHandIns } from "./atDesk.js";

const [SQLITE] = KINDS;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SCREENSHOTS = process.env["UNROLLED_SCREENSHOTS"];
const ONE = { assignment: "ps1", exercise: "oneHot", student: HOSTILE };
const PAGES: readonly (readonly [path: string, about: Readonly<Record<string, string>>])[] = [
  ["", {}],
  ["assignment", ONE],
  ["grade", ONE],
  ["grade", BOB],
  ["exercise", ONE],
  ["mistakes", ONE],
  ["alike", ONE],
  ["pair", { ...ONE, student: "Fay (66)", other: `Gus ${HOSTILE}` }],
  ["nowhere", {}],
];
/** The sizes and colours in which a page is looked at. */
const VIEWS = [390, 1440].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
);

describe("the desk in Chromium", function () {
  this.timeout(60_000);
  let browser: Browser;

  before(async function () {
    browser = await chromiumOrSkip(this);
  });
  after(async () => {
    await browser?.close();
  });

  /** Opens a desk, as its command's address does, in a window of such a size. */
  async function atWindow(
    view: (typeof VIEWS)[number],
    use: (context: BrowserContext, home: string) => Promise<void>,
  ): Promise<void> {
    await inDeskCourse(SQLITE!, [...unnamedHandIns(), ...alikeHandIns()], async (place, course) => {
      const store = await openCourseStore(place);
      const desk = await startDesk({ store, course, port: 0 });
      const { width, colorScheme } = view;
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      try {
        await (await context.newPage()).goto(desk.address);
        await use(context, new URL(desk.address).origin);
      } finally {
        await context.close();
        desk.close();
        await store.close();
      }
    });
  }

  for (const view of VIEWS) {
    it(`has no fault that axe finds, and fits, at ${view.width} pixels, ${view.colorScheme}`, async () => {
      await atWindow(view, async (context, home) => {
        const [page] = context.pages();
        const failures: string[] = [];
        context.on("dialog", () => failures.push("a page ran something"));
        for (const [n, [path, about]] of PAGES.entries()) {
          await page!.goto(`${home}/${path}?${new URLSearchParams(about).toString()}`);
          await page!.evaluate(AXE);
          const found = await page!.evaluate<AxeResults>("axe.run()");
          for (const { id, nodes } of found.violations)
            failures.push(`/${path}: ${id}: ${nodes.map(({ html }) => html).join(" ")}`);
          const wide = await page!.evaluate(() => document.documentElement.scrollWidth);
          if (wide > view.width) failures.push(`/${path}: ${wide} pixels wide`);
          const name = `desk-${n}-${path || "course"}-${view.width}-${view.colorScheme}.png`;
          if (SCREENSHOTS !== undefined)
            await page!.screenshot({ path: join(SCREENSHOTS, name), fullPage: true });
        }
        assert.deepEqual(failures, []);
      });
    });
  }

  it("gives a mistake a name for all who make it, and shows hostile words as texts", async () => {
    await atWindow(VIEWS[0]!, async (context, home) => {
      const [page] = context.pages();
      const failures: string[] = [];
      context.on("dialog", () => failures.push("a page ran something"));
      await page!.goto(`${home}/mistakes?${new URLSearchParams(ONE).toString()}`);
      await page!.getByLabel("Name of the mistake").fill(HOSTILE.slice(0, 100));
      await page!.getByLabel("Hint").fill(`</textarea>${HOSTILE}\nsecond line`);
      await page!.getByRole("button", { name: "Name it for all of them" }).click();
      await page!.getByRole("heading", { name: HOSTILE.slice(0, 100) }).waitFor();
      assert.equal(await page!.getByText("named here").count(), 1);
      assert.equal(await page!.getByText("Without a name").count(), 0);
      await page!.getByText("Change its name or hint").click();
      const hint = await page!.getByLabel("Hint").inputValue();
      assert.equal(hint, `</textarea>${HOSTILE}\nsecond line`);
      for (const view of VIEWS) {
        await page!.setViewportSize({ width: view.width, height: 900 });
        await page!.emulateMedia({ colorScheme: view.colorScheme });
        await page!.evaluate(AXE);
        const { violations } = await page!.evaluate<AxeResults>("axe.run()");
        assert.deepEqual(
          violations.map(({ id }) => id),
          [],
        );
        const wide = await page!.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= view.width, `${wide} pixels wide`);
        if (SCREENSHOTS !== undefined) {
          const name = `desk-named-${view.width}-${view.colorScheme}.png`;
          await page!.screenshot({ path: join(SCREENSHOTS, name), fullPage: true });
        }
      }
      assert.deepEqual(failures, []);
    });
  });

  it("keeps what is typed into its forms, and refuses a form of another page", async () => {
    await atWindow(VIEWS[0]!, async (context, home) => {
      const [page] = context.pages();
      const address = `${home}/grade?${new URLSearchParams(BOB).toString()}`;
      await page!.goto(address);
      await page!.getByLabel("Comment that the student reads").fill("see you\non Monday");
      await page!.getByRole("button", { name: "Keep the comment" }).click();
      await page!.getByRole("cell", { name: "see you on Monday" }).waitFor();
      const other = await context.newPage();
      await other.setContent(
        `<form method="post" action="${home}/decide"><input name="kind" value="comment"><button>go</button></form>`,
      );
      const [answer] = await Promise.all([
        other.waitForResponse(`${home}/decide`),
        other.getByRole("button").click(),
      ]);
      assert.equal(answer.status(), 403);
    });
  });
});
