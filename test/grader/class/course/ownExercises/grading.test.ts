import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { deskApp } from "../../../../../grader/class/desk/app.js";
import { openCourseStore } from "../../../../../grader/class/store/courseStore.js";
import { sandboxOrSkip } from "../../../sandbox/box.js";
import { KINDS } from "../../store/kinds.js";
import { PostgresServer } from "../../store/postgresServer.js";
import { HAND_INS, ID, inOwnCourse, unrolled, write } from "./ownCourse.js";

/** How each student's last attempt at the exercise ended, and the mistake that was named. */
async function ends(place: string): Promise<Record<string, string>> {
  const store = await openCourseStore(place);
  try {
    const found: Record<string, string> = {};
    for (const { id, student } of await store.attempts()) {
      const { results } = await store.evidence(id);
      const { verdict, score } = results.find((one) => one.verdict.exercise === ID)!;
      const named = verdict.diagnosis?.mutants.join() ?? "";
      found[student] = [verdict.status, score, named].join(" ").trim();
    }
    return found;
  } finally {
    await store.close();
  }
}

const EXPECTED = {
  ada: "passed 4",
  bob: "wrong 1.33 sum-for-mean",
  cyd: "crashed 0",
  dan: "not-run 0",
};

for (const kind of KINDS) {
  describe(`a class with a teacher's own exercise on ${kind.name}`, function () {
    this.timeout(120_000);

    before(async function () {
      await (await sandboxOrSkip(this)).close();
      kind.prepare?.(this);
    });
    after(() => {
      kind.remove?.();
    });

    it("is graded in the box: right, a mistake by its name, thrown, missing; and anew once the exercise has changed", async () => {
      await inOwnCourse(async (folder) => {
        await kind.inNew(async (place) => {
          const at = [kind.name === "SQLite" ? "--gradebook" : "--database", place];
          const first = unrolled(folder, "grade", "ps1", "--seed", "5", ...at);
          assert.equal(first.code, 0, first.out);
          assert.deepEqual(await ends(place), EXPECTED);
          assert.match(
            unrolled(folder, "grade", "ps1", ...at).out,
            /^0 graded in .*, 4 unchanged/m,
          );
          const statement = join(folder, "exercises", ID, "statement.md");
          await writeFile(statement, "A statement decides nothing.\n");
          assert.match(
            unrolled(folder, "grade", "ps1", ...at).out,
            /^0 graded in .*, 4 unchanged/m,
          );
          const file = join(folder, "exercises", ID, "solution.ts");
          const text = await readFile(file, "utf8");
          await writeFile(file, text.replace("sum / x.length", "sum")); // bob is right now
          const mutants = join(folder, "exercises", ID, "mutants.ts");
          await write(
            mutants,
            (await readFile(mutants, "utf8")).replace("right(x) * x", "right(x) / x"),
          );
          const again = unrolled(folder, "grade", "ps1", ...at);
          assert.match(again.out, /^4 graded in /m);
          const { ada, bob } = await ends(place);
          assert.deepEqual([ada, bob], ["wrong 1.33 sum-for-mean", "passed 4"]);
        });
      });
    });
  });
}

describe("a teacher's own exercise in a class", function () {
  this.timeout(120_000);

  before(async function () {
    await (await sandboxOrSkip(this)).close();
  });

  it("is released with its statement and starter and nothing else, and graded as it comes back", async () => {
    await inOwnCourse(async (folder) => {
      const { code, out } = unrolled(folder, "release", "ps1");
      assert.equal(code, 0, out);
      const file = join(folder, "release/ps1", `${ID}.ipynb`);
      const text = await readFile(file, "utf8");
      assert.match(text, new RegExp(`function ${ID}\\(`));
      assert.match(text, /"points": 4/);
      assert.doesNotMatch(text, /many numbers|sum-for-mean|\/ x\.length|await check/);
      const notebook = JSON.parse(text) as { cells: { metadata: object; source: string[] }[] };
      const written = notebook.cells.find(({ source }) =>
        source.join("").includes(`function ${ID}(`),
      )!;
      written.source = [HAND_INS["ada"]!];
      await write(join(folder, "back/eve", `${ID}.ipynb`), JSON.stringify(notebook));
      const graded = unrolled(folder, "grade", "back", "--assignment", "ps1", "--csv", "-");
      assert.match(graded.out, /^eve,ps1,4,6,/m);
    });
  });

  it("stands with its title and points in the pages, the table, Gradescope's file and the desk", async () => {
    await inOwnCourse(async (folder) => {
      const args = ["--seed", "5", "--report", "out", "--csv", "grades.csv"];
      assert.equal(unrolled(folder, "grade", "ps1", ...args).code, 0);
      const pages = await readdir(join(folder, "out/students"));
      const bob = pages.find((name) => name.startsWith("bob"))!;
      const page = await readFile(join(folder, "out/students", bob), "utf8");
      assert.match(page, /The mean of squares/);
      assert.match(page, /The squares were added up, and not divided by how many there are\./);
      assert.match(page, /1 held-back case</);
      assert.doesNotMatch(page, /many numbers/);
      assert.match(await readFile(join(folder, "grades.csv"), "utf8"), /^ada,ps1,4,6,/m);
      const one = ["ps1/bob", "--student", "bob", "--assignment", "ps1", "--exercises", ID];
      const format = ["--format", "gradescope=results.json", "--gradebook", "other.sqlite"];
      const alone = unrolled(folder, "grade", ...one, ...format);
      assert.equal(alone.code, 0, alone.out);
      const results = await readFile(join(folder, "results.json"), "utf8");
      const { tests } = JSON.parse(results) as {
        readonly tests: readonly { readonly name: string; readonly max_score: number }[];
      };
      assert.deepEqual(
        tests.map(({ name, max_score }) => [name, max_score]),
        [[`${ID}: The mean of squares`, 4]],
      );
      const store = await openCourseStore(join(folder, "gradebook.sqlite"));
      try {
        const course = join(folder, "course.yaml");
        const app = deskApp({ store, course, token: "t", port: 4000 });
        const shown = await app.request("http://127.0.0.1:4000/grade?assignment=ps1&student=bob", {
          headers: { cookie: "desk_4000=t" },
        });
        assert.match(await shown.text(), /The mean of squares[\s\S]*The squares were added up/);
      } finally {
        await store.close();
      }
    });
  });

  it("can be read by no hand-in, nor is anything of it in the pack", async () => {
    await inOwnCourse(async (folder) => {
      const solution = join(folder, "exercises", ID, "solution.ts");
      await rm(join(folder, "ps1"), { recursive: true });
      await write(
        join(folder, "ps1/eve/a.ts"),
        `export { ${ID} } from ${JSON.stringify(solution)};\n`,
      );
      const reading = `export function ${ID}(x: number[]) { (globalThis as any).Deno.readTextFileSync(${JSON.stringify(solution)}); return x.reduce((s, a) => s + a * a, 0) / x.length; }\n`;
      await write(join(folder, "ps1/fay/a.ts"), reading);
      const { out } = unrolled(folder, "grade", "ps1");
      assert.match(out, /eve +0\.0 of 6/);
      assert.match(out, /fay +0\.0 of 6/);
      assert.ok(!existsSync(inPack("exercises", ID)) && !existsSync(inPack("dist/exercises", ID)));
    });
  });

  it("that is broken is told in words before anything is graded, and only where an assignment lists it", async () => {
    await inOwnCourse(
      async (folder) => {
        const { code, out } = unrolled(folder, "grade", "ps1");
        assert.equal(code, 2, out);
        assert.match(out, /^course: exercises\/meanSquare\/exercise\.ts, line 1: .*; .*\n$/);
        assert.ok(!existsSync(join(folder, "gradebook.sqlite")));
        const course = join(folder, "course.yaml");
        await writeFile(course, (await readFile(course, "utf8")).replace(`${ID}: 4, `, ""));
        assert.equal(unrolled(folder, "grade", "ps1").code, 0);
      },
      { "exercise.ts": "export const exercise = ;\n" },
    );
  });
});

describe("a teacher's own exercise on other machines", function () {
  this.timeout(120_000);
  let server: PostgresServer;

  before(async function () {
    await (await sandboxOrSkip(this)).close();
    server = PostgresServer.startOrSkip(this);
  });
  after(() => {
    server?.remove();
  });

  it("is graded by a worker that has its files, and refused in words by one that has others or none", async () => {
    await inOwnCourse(async (folder) => {
      const address = server.newDatabase();
      const database = ["--database", address];
      // Sends, and leaves the work to others.
      const sending = unrolled(
        folder,
        "grade",
        "ps1",
        ...database,
        "--workers",
        "0",
        "--deadline",
        "8",
      );
      assert.match(sending.out, /stopped after 8 s/);
      const elsewhere = join(folder, "elsewhere");
      const none = unrolled(join(folder, "ps1"), "worker", ...database, "--until-empty");
      assert.equal(none.code, 1, none.out);
      assert.match(
        none.out,
        /^worker: what waits needs pack \w+ in bubblewrap with own exercises \w+, and this is pack \w+ in bubblewrap: .*copy the course's course\.yaml and exercises\/ here, name it with --course, and start/m,
      );
      for (const part of ["course.yaml", "exercises"])
        await cp(join(folder, part), join(elsewhere, part), { recursive: true });
      const file = join(elsewhere, "exercises", ID, "solution.ts");
      const text = await readFile(file, "utf8");
      await writeFile(file, `${text}// older\n`);
      const course = ["--course", join(elsewhere, "course.yaml")];
      const other = unrolled(folder, "worker", ...database, "--until-empty", ...course);
      assert.equal(other.code, 1, other.out);
      await writeFile(file, text);
      const same = unrolled(folder, "worker", ...database, "--until-empty", ...course);
      assert.equal(same.code, 0, same.out);
      assert.match(same.out, /^ada: 4 of 6$/m);
      const ended = await ends(address);
      assert.match(ended["bob"]!, /^wrong .* sum-for-mean$/);
    });
  });
});
