/** The engine in a real browser: WebAssembly, one thread, the readable function's numbers. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import type { Browser } from "playwright-core";
import { chromiumOrSkip } from "../../chromium.js";
import { root } from "../../setup/project.js";

describe("the engine in a browser", function () {
  this.timeout(60_000);
  let server: Server | undefined;
  let browser: Browser | undefined;

  before(async function () {
    browser = await chromiumOrSkip(this);
    server = createServer(({ url }, response) => {
      const path = join(root, "dist", normalize(`/${url}`));
      const found = extname(path) === ".js" && existsSync(path);
      response.writeHead(found || url === "/" ? 200 : 404, {
        "content-type": found ? "text/javascript" : "text/html",
      });
      response.end(found ? readFileSync(path) : "<title>the engine</title>");
    });
    await new Promise<void>((ready) => server!.listen(0, "127.0.0.1", ready));
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  it("computes in WebAssembly what the readable function computes", async () => {
    const { port } = server!.address() as AddressInfo;
    const page = await browser!.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    const result = await page.evaluate(async () => {
      // Names in variables: the compiler of the tests looks for no such files.
      const [library, fast] = ["/src/index.js", "/src/engine/index.js"];
      const u = (await import(library)) as typeof import("unrolled");
      const engine = (await import(fast)) as typeof import("unrolled/engine");
      const random = u.seededRandom(1);
      const parameters = u.initializeGru({ n_x: 3, n_a: 9, n_y: 2 }, random);
      const column = (size: number): ReturnType<typeof u.oneHot> => u.oneHot([0, 1, 1, 0], size);
      const x = u.Sequence.build<"n_x", "m">(5, () => column(3));
      const y = u.Sequence.build<"n_y", "m">(5, () => column(2));
      const a_0 = u.Mat.zeros<"n_a", "m">(9, 4);
      const wanted = u.gruLossAndGradients(x, y, a_0, parameters);
      const got = engine.gruLossAndGradients(x, y, a_0, parameters);
      return {
        path: engine.sharedEngine().path,
        lossError: Math.abs(got.total - wanted.total) / wanted.total,
        gradientError:
          got.gradients.dWc.sub(wanted.gradients.dWc).norm() / wanted.gradients.dWc.norm(),
      };
    });
    assert.equal(result.path, "wasm");
    assert.ok(result.lossError < 1e-6, `loss differs by ${result.lossError}`);
    assert.ok(result.gradientError < 1e-5, `gradient differs by ${result.gradientError}`);
  });
});
