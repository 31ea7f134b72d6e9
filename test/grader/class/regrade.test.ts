/** A regrade is looked at before it counts. */
import { strict as assert } from "node:assert";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { openCourseStore } from "../../../grader/class/store/courseStore.js";
import { handInOneHot, runCommand } from "./commandRun.js";
import { inFolder, sandboxOrSkip } from "../sandbox/box.js";

const COURSE = `course: RNNs
timeZone: UTC
assignments:
  - name: ps1
    exercises: [oneHot]
    points: 10
    due: 2026-12-01 12:00
    late: { perDay: 0.1 }
`;

describe("unrolled regrade", function () {
  this.timeout(60_000);
  before(async function () {
    await (await sandboxOrSkip(this)).close();
  });

  /** A class that is graded: Ada's hand-in is wrong, Bob's right; then each hands in the other's. */
  async function inClass(
    use: (place: {
      readonly folder: string;
      readonly hands: string;
      readonly at: readonly string[];
    }) => Promise<void>,
  ): Promise<void> {
    await inFolder({ "course.yaml": COURSE }, async (folder) => {
      const hands = join(folder, "ps1");
      const at = [
        ...["--gradebook", join(folder, "gradebook.sqlite")],
        ...["--course", join(folder, "course.yaml")],
      ];
      const handIn = (student: string, isRight: boolean): Promise<void> =>
        handInOneHot(hands, student, isRight);
      await handIn("ada", false);
      await handIn("bob", true);
      await handIn("cyd", true);
      assert.equal((await runCommand("grade", hands, ...at)).code, 0);
      await handIn("ada", true);
      await handIn("bob", false);
      await use({ folder, hands, at });
    });
  }

  it("says who changes, by how much and why, and changes nothing until it is committed", async () => {
    await inClass(async ({ folder, hands, at }) => {
      const before = (await runCommand("gradebook", "list", ...at)).told;
      await runCommand(
        "gradebook",
        "set",
        "bob",
        "ps1",
        "--score",
        "9",
        "--reason",
        "spoke",
        ...at,
      );
      const { code, told: out } = await runCommand("regrade", hands, "--preview", ...at);
      assert.equal(code, 0, out);
      assert.match(out, /^ada, ps1: 0 → 10 \(oneHot: \w+ 0\/\d+ → passed (\d+)\/\1\)$/m);
      assert.match(out, /^bob, ps1: 9 → 9, set by hand, the automatic score 10 → 0 \(oneHot: /m);
      assert.doesNotMatch(out, /cyd/);
      assert.match(out, /^Hand-ins graded again: 2; 1 grade changes, mean \+10\.0, none down\.$/m);
      assert.match(before, /^ada +0 /m);
      assert.match((await runCommand("gradebook", "list", ...at)).told, /^ada +0 /m);
      const store = await openCourseStore(join(folder, "gradebook.sqlite"));
      assert.equal((await store.attempts()).length, 3);
      await store.close();
      const preview = join(folder, "gradebook.sqlite.regrade.json");
      assert.equal(statSync(preview).mode & 0o777, 0o600);

      const committed = await runCommand("regrade", "--commit", ...at);
      assert.equal(committed.code, 0, committed.out);
      assert.match(committed.out, /new grades count: 2/);
      assert.equal(existsSync(preview), false);
      const { out: list } = await runCommand("gradebook", "list", ...at);
      assert.match(list, /^ada +10 /m);
      assert.match(list, /^bob +9\* /m);
      assert.equal((await runCommand("gradebook", "verify", ...at.slice(0, 2))).code, 0);
      const again = await runCommand("regrade", hands, "--preview", ...at);
      assert.match(again.out, /^Hand-ins graded again: 0; no grade changes\.$/m);
    });
  });

  it("takes off what being late costs, as it will when it is committed", async () => {
    await inClass(async ({ hands, at }) => {
      const late = ["--submitted-at", "2026-12-02 11:00"];
      const { out } = await runCommand("regrade", hands, "--preview", ...late, ...at);
      assert.match(out, /^ada, ps1: 0 → 9 /m);
      assert.equal((await runCommand("regrade", "--commit", ...at)).code, 0);
      assert.match((await runCommand("gradebook", "list", ...at)).told, /^ada +9 late/m);
      // The time stays that of the same bytes, whatever is said of them when they are graded again.
      const again = await runCommand("regrade", hands, "--preview", "--seed", "7", ...at);
      assert.match(again.out, /: 3; no grade changes\.$/m);
    });
  });

  it("refuses a preview that others' changes have overtaken, and what it can't do, in one line", async () => {
    await inClass(async ({ folder, hands, at }) => {
      for (const [args, words] of [
        [[hands], /either --preview or --commit/],
        [[hands, "--preview", "--commit"], /either --preview or --commit/],
        [["--preview"], /expected the folder/],
        [[hands, "--preview", "--gradebook", join(folder, "none")], /there is no .*none/],
      ] as const) {
        const { code, out } = await runCommand("regrade", ...args);
        assert.equal(code, 2, out);
        assert.match(out, words);
      }
      const none = await runCommand("regrade", "--commit", ...at);
      assert.equal(none.code, 2);
      assert.match(none.out, /there is no preview/);
      await runCommand("regrade", hands, "--preview", ...at);
      await runCommand("gradebook", "comment", "cyd", "ps1", "well done", ...at);
      const held = readFileSync(join(folder, "gradebook.sqlite.regrade.json"), "utf8");
      const late = await runCommand("regrade", "--commit", ...at);
      assert.equal(late.code, 1);
      assert.match(late.out, /has changed since the preview; make another one/);
      assert.equal(readFileSync(join(folder, "gradebook.sqlite.regrade.json"), "utf8"), held);
    });
  });
});
