/** A mistake that the catalogue does not know, from grading to the next class. */
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { deskApp } from "../../../grader/class/desk/app.js";
import { openCourseStore } from "../../../grader/class/store/courseStore.js";
import { COOKIE, HOME, TOKEN } from "./desk/atDesk.js";
import { inFolder, sandboxOrSkip } from "../sandbox/box.js";

/** A state that is squashed a second time, which no mistake of the catalogue is. */
const IMPORTS = 'import { Mat, type RnnParameters, softmax, tanh } from "unrolled";\n';
const OPENING = `${IMPORTS}export function rnnCellForward(x_t: Mat, a_prev: Mat, parameters: RnnParameters) {
  const { Wax, Waa, Wya, ba, by } = parameters;`;
const CLOSING = `
  return { a_next, yhat_t: softmax(Wya.dot(a_next).add(by)), cache: { x_t, a_prev, a_next, parameters } };
}
`;
const SAME_MISTAKE = {
  ada: `${OPENING}
  const z = Wax.dot(x_t).add(Waa.dot(a_prev)).add(ba);
  const a_next = z.map((value) => Math.tanh(value) + 0.1 * Math.sin(5 * value));${CLOSING}`,
  bob: `${IMPORTS}const wave = (value: number) => Math.sin(value * 5) / 10 + Math.tanh(value);
${OPENING.slice(IMPORTS.length)}
  const a_next = Waa.dot(a_prev).add(ba).add(Wax.dot(x_t)).map(wave);${CLOSING}`,
  cyd: `${OPENING}
  const a_next = Mat.zeros(ba.rows, x_t.cols).map((_, i, j) => {
    let z = ba.get(i, 0);
    for (let k = x_t.rows - 1; k >= 0; k--) z += Wax.get(i, k) * x_t.get(k, j);
    for (let k = a_prev.rows - 1; k >= 0; k--) z += Waa.get(i, k) * a_prev.get(k, j);
    return (Math.sin(5 * z) + 10 * Math.tanh(z)) / 10;
  });${CLOSING}`,
};
const OTHERS = {
  dee: `${OPENING}
  const z = Wax.dot(x_t).add(Waa.dot(a_prev)).add(ba);
  const a_next = z.map((value) => Math.tanh(value) + 0.3 * Math.cos(3 * value));${CLOSING}`,
  eve: readFileSync(inPack("exercises/rnnCellForward/solution.ts"), "utf8"),
};
const COURSE = `course: RNNs
timeZone: UTC
assignments:
  - { name: ps1, exercises: [rnnCellForward] }
`;
const WORDS = { name: "A wave on the state", hint: "What is the range of <b>tanh</b>?" };

/** The command as it is called from a terminal, with what it prints. */
function unrolled(folder: string, ...args: readonly string[]): string {
  const program = `import { main } from ${JSON.stringify(inPack("dist/grader/cli.js"))};
    process.exitCode = await main(process.argv.slice(1));`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", program, "--", ...args],
    { cwd: folder, encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
  return stdout;
}

describe("a mistake that the catalogue does not know", function () {
  this.timeout(120_000);

  before(async function () {
    await (await sandboxOrSkip(this)).close();
  });

  async function handIn(folder: string, students: Readonly<Record<string, string>>): Promise<void> {
    for (const [student, code] of Object.entries(students)) {
      await mkdir(join(folder, "ps1", student), { recursive: true });
      await writeFile(join(folder, "ps1", student, "a.ts"), code);
    }
  }

  /** A page of the desk, or what comes of a form. */
  async function atDesk(
    folder: string,
    path: string,
    form?: Readonly<Record<string, string>>,
  ): Promise<string> {
    const store = await openCourseStore(join(folder, "gradebook.sqlite"));
    try {
      const course = join(folder, "course.yaml");
      const app = deskApp({ store, course, token: TOKEN, port: 4000 });
      const response = await app.request(`${HOME}${path}`, {
        headers: { ...COOKIE, origin: HOME },
        ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
      });
      const text = await response.text();
      assert.ok(response.status === 200 || response.status === 303, text);
      return text;
    } finally {
      await store.close();
    }
  }

  function pagesOf(folder: string): ReadonlyMap<string, string> {
    const students = join(folder, "out/students");
    return new Map(
      readdirSync(students).map((name) => [
        name.split(".")[0]!,
        readFileSync(join(students, name), "utf8"),
      ]),
    );
  }

  function namedIn(folder: string): readonly string[] {
    return Array.from(pagesOf(folder))
      .filter(([, page]) => page.includes(WORDS.name))
      .map(([student]) => student)
      .sort();
  }

  it("is one group for all who make it, is named once, and is known again in the next class", async () => {
    await inFolder({ "course.yaml": COURSE }, async (folder) => {
      await handIn(folder, { ...SAME_MISTAKE, ...OTHERS });
      unrolled(folder, "grade", "ps1", "--seed", "5", "--report", "out");
      assert.deepEqual(namedIn(folder), []);
      const map = await atDesk(folder, "/mistakes?assignment=ps1");
      const [, , ...groups] = map.split("<section").map((card) => card.split("</section>")[0]!);
      const first = map.split("<section")[1]!;
      for (const student of Object.keys(SAME_MISTAKE))
        assert.ok(first.includes(`>${student}</a>`), map);
      assert.match(first, /<b>3<\/b>/);
      assert.ok(first.includes("0.1 * Math.sin(5 * value)"), "the first one's code");
      assert.match(map, /Mistakes of one student alone: 1</);
      assert.equal(groups.length, 1, "dee's is the only other one, eve is right");

      const behaviour = /name="behaviour" value="([0-9a-f-]+)"/.exec(first)![1]!;
      for (const [student, page] of pagesOf(folder))
        for (const part of behaviour.split("-")) assert.ok(!page.includes(part), student);
      const about = { assignment: "ps1", exercise: "rnnCellForward", behaviour };
      await atDesk(folder, "/name", { ...about, ...WORDS });
      const named = await atDesk(folder, "/mistakes?assignment=ps1");
      assert.match(named, /named here[\s\S]*?<b>3<\/b>/);
      assert.ok(named.includes("&lt;b&gt;tanh&lt;/b&gt;") && !named.includes("<b>tanh"));

      // Nothing is graded again for it.
      const out = unrolled(
        ...([folder, "grade", "ps1", "--report", "out", "--format", "tap=t.tap"] as const),
      );
      assert.match(out, /0 graded in .*, 5 unchanged/);
      assert.deepEqual(namedIn(folder), ["ada", "bob", "cyd"]);
      const ada = pagesOf(folder).get("ada")!;
      assert.match(ada, /Named by your teacher:<\/b> A wave on the state/);
      assert.ok(ada.includes("&lt;b&gt;tanh&lt;/b&gt;") && !ada.includes("<b>tanh"));
      const tap = await readFile(join(folder, "t.tap"), "utf8");
      assert.equal(tap.split("Named by your teacher: A wave on the state").length, 4);
      assert.match(readFileSync(join(folder, "out/index.html"), "utf8"), /A wave on the state/);

      // The next class: another seed, another gradebook, other students.
      const file = join(folder, "mistakes.yaml");
      assert.doesNotMatch(readFileSync(file, "utf8"), /\bada\b/);
      await inFolder(
        { "course.yaml": COURSE, "mistakes.yaml": readFileSync(file, "utf8") },
        async (next) => {
          await handIn(next, { fay: SAME_MISTAKE.cyd, gus: OTHERS.dee });
          unrolled(next, "grade", "ps1", "--seed", "9", "--report", "out");
          assert.deepEqual(namedIn(next), ["fay"]);
          const kept = readFileSync(join(next, "mistakes.yaml"), "utf8");
          assert.equal(kept.match(/^ +- [0-9a-f]{16}-[0-9a-f]{64}$/gm)?.length, 2);
          assert.match(await atDesk(next, "/mistakes?assignment=ps1"), /named here/);
          unrolled(next, "grade", "ps1", "--report", "out");
          assert.equal(readFileSync(join(next, "mistakes.yaml"), "utf8"), kept);
        },
      );
      assert.match(unrolled(folder, "gradebook", "verify"), /5 entries|whole|as it was/i);
    });
  });

  it("changes nothing else, whatever the kept code is", async () => {
    const entry = (code: string): string =>
      `mistakes:\n  - { exercise: rnnCellForward, name: n, hint: h, named: now, answers: [], code: ${JSON.stringify(code)} }\n`;
    const hostile = [
      `export function rnnCellForward() { Deno.writeTextFileSync("escaped", ""); Deno.exit(0); }`,
      "\0 }{ no code at all",
    ];
    await inFolder({ "course.yaml": COURSE }, async (folder) => {
      await handIn(folder, { eve: OTHERS.eve });
      for (const code of hostile) {
        writeFileSync(join(folder, "mistakes.yaml"), entry(code));
        const out = unrolled(folder, "grade", "ps1", "--seed", "5");
        assert.match(out, /eve .*1 of 1 exercises pass/, code);
        const kept = readFileSync(join(folder, "mistakes.yaml"), "utf8");
        assert.match(kept, /[0-9a-f]{16}-none/, code);
        assert.ok(!existsSync(join(folder, "escaped")));
      }
    });
  });
});
