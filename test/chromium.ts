/** The browser that tests look at pages with. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { requireOrSkip } from "./requirements.js";

/**
 * Starts Chromium, or skips where the machine has none.
 *
 * @param context - `this` of a before hook
 * @returns a running browser, to be closed
 */
export async function chromiumOrSkip(context: Mocha.Context): Promise<Browser> {
  const path = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((one) => existsSync(one));
  requireOrSkip(context, "Chromium", path !== undefined, "apt-get install chromium");
  return await chromium.launch({
    executablePath: path!,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}
