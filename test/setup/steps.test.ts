import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import { copyProject, remove, root, start } from "./project.js";

interface Step {
  readonly title: string;
  readonly made: undefined;
  readonly where: string;
  readonly needs: readonly Step[];
  readonly isDone: () => Promise<boolean>;
  readonly run: () => Promise<void>;
}

type SetUp = (steps: readonly Step[], words: { readonly again: string }) => Promise<void>;

describe("the steps of the set-up", () => {
  let setUp: SetUp;
  const events: string[] = [];

  before(async () => {
    const module = pathToFileURL(join(root, "bin", "setup", "steps.mjs")).href;
    ({ setUp } = (await import(module)) as { setUp: SetUp });
  });

  const step = (title: string, needs: readonly Step[], run: () => Promise<void>): Step => {
    let done = false;
    return {
      title,
      made: undefined,
      where: ".",
      needs,
      isDone: () => Promise.resolve(done),
      run: async () => {
        events.push(`${title} begins`);
        await run();
        done = true;
        events.push(`${title} ends`);
      },
    };
  };
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  it("run at the same time where neither needs the other, and in turn where one does", async () => {
    events.length = 0;
    const one = step("one", [], () => pause(40));
    const other = step("other", [], () => pause(20));
    const both = step("both", [one, other], () => pause(0));
    await setUp([one, other, both], { again: "again" });
    assert.deepEqual(events, [
      ...["one begins", "other begins", "other ends", "one ends"],
      ...["both begins", "both ends"],
    ]);
  });

  it("end with the first failure, after what ran beside it, and begin nothing more", async () => {
    events.length = 0;
    const fails = step("fails", [], () => Promise.reject(new Error("first")));
    const slow = step("slow", [], () => pause(20));
    const later = step("later", [fails], () => pause(0));
    const after = step("after", [slow], () => pause(0));
    await assert.rejects(setUp([fails, slow, later, after], { again: "again" }), /^Error: first$/);
    assert.deepEqual(events, ["fails begins", "slow begins", "slow ends"]);
  });
});

describe("the build's stamp", function () {
  this.timeout(60_000);
  let project: string;

  before(() => {
    project = copyProject("all");
  });
  after(() => {
    remove(project);
  });

  const isDone = async (): Promise<string> => {
    const file = pathToFileURL(join(project, "bin", "setup", "build.mjs")).href;
    const source = `import { buildStep } from ${JSON.stringify(file)}; console.log(await buildStep.isDone());`;
    const args = ["--input-type=module", "-e", source];
    return (await start(process.execPath, args, { cwd: project }).ended).stdout.trim();
  };

  for (const source of [
    "bench/main.ts",
    "bin/common/marks.mjs",
    "src/kernel/start/snapshot.cts",
    "src/engine/node/blas.ts",
  ]) {
    it(`is stale once ${source} has changed`, async () => {
      await start(process.execPath, [join(project, "bin", "unrolled.mjs"), "list"], {
        cwd: project,
      }).ended;
      assert.equal(await isDone(), "true");
      appendFileSync(join(project, source), "\n");
      assert.equal(await isDone(), "false");
    });
  }
});
