import { strict as assert } from "node:assert";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Decision } from "../../../../grader/class/store/courseStore.js";
import { escapeHtml } from "../../../../src/display/escapeHtml.js";
import { handIn } from "../course/sampleCourse.js";
import { KINDS } from "../store/kinds.js";
import {
  alikeHandIns,
  atDeskOf,
  BEHAVIOUR,
  BOB,
  COOKIE,
  type Desk,
  HOME,
  HOSTILE,
  hostileHandIn,
  TOKEN,
  unnamedHandIns,
} from "./atDesk.js";

for (const kind of KINDS) {
  describe(`the desk on ${kind.name}`, () => {
    before(function () {
      this.timeout(30_000);
      kind.prepare?.(this);
    });
    after(() => {
      kind.remove?.();
    });
    const atDesk = (use: (desk: Desk) => Promise<void>): Promise<void> => atDeskOf(kind, use);

    it("serves nobody without its token, and gives a cookie for it that scripts can't read", async () => {
      await atDesk(async ({ app }) => {
        for (const path of ["/", "/grade?assignment=ps1&student=x", "/?token=other", "/none"])
          assert.equal((await app.request(HOME + path)).status, 401, path);
        const other = await app.request(HOME, { headers: { cookie: "desk_4000=other" } });
        assert.equal(other.status, 401);
        const opened = await app.request(`${HOME}/?token=${TOKEN}`);
        assert.equal(opened.status, 303);
        assert.equal(opened.headers.get("location"), "/");
        assert.match(opened.headers.get("set-cookie")!, /HttpOnly; SameSite=Strict/);
      });
    });

    it("answers to its own host alone, whatever name leads here", async () => {
      await atDesk(async ({ app }) => {
        for (const host of ["evil.example:4000", "127.0.0.1:4001", "127.0.0.1"])
          assert.equal(
            (await app.request(`http://${host}/`, { headers: COOKIE })).status,
            421,
            host,
          );
        const local = await app.request("http://localhost:4000/", { headers: COOKIE });
        assert.equal(local.status, 200);
      });
    });

    it("records nothing for a form of another page, also one of this machine", async () => {
      await atDesk(async ({ app, store, decide }) => {
        const fields = { ...BOB, kind: "set", score: "10", text: "why not" };
        for (const origin of ["http://127.0.0.1:4001", "https://evil.example", "null", ""])
          assert.equal((await decide(fields, origin)).status, 403, origin);
        const without = await app.request(`${HOME}/decide`, {
          ...{ method: "POST", headers: COOKIE, body: new URLSearchParams(fields) },
        });
        assert.equal(without.status, 403);
        const anybody = await app.request(`${HOME}/decide`, {
          ...{ method: "POST", headers: { origin: HOME }, body: new URLSearchParams(fields) },
        });
        assert.equal(anybody.status, 401);
        assert.deepEqual(await store.decisions(), []);
      });
    });

    it("shows the course, an assignment's students and exercises, and who handed in nothing", async () => {
      await atDesk(async ({ get }) => {
        const course = await get("/");
        assert.match(course, /<h1>RNNs<\/h1>/);
        assert.match(course, /href="\/assignment\?assignment=ps1">ps1</);
        const assignment = await get("/assignment", { assignment: "ps1" });
        for (const name of ["Ann Lee", "Bob Ray", "Cyd Fox"])
          assert.ok(assignment.includes(`>${name}</a>`), name);
        assert.match(assignment, /1 day\(s\) late/);
        assert.match(assignment, /oneHot<\/a><\/td>[\s\S]*?>1 <span class="quiet">of 3</);
        assert.match(await get("/grade", { ...BOB, student: "Cyd Fox" }), /nothing handed in/);
      });
    });

    it("has a page for who handed in nothing, be their name another's too, and takes decisions there", async () => {
      await atDesk(async ({ get, decide }) => {
        const one = { assignment: "ps1", student: "33" };
        assert.match(await get("/grade", one), /<h1>Cyd Fox<\/h1>[\s\S]*nothing handed in/);
        const assignment = await get("/assignment", { assignment: "ps1" });
        const link = /href="(\/grade\?[^"]*)">Cyd Fox/.exec(assignment)![1]!;
        assert.match(await get(link.replaceAll("&amp;", "&")), /<h1>Cyd Fox<\/h1>/);
        const student = /name="student" value="([^"]*)"/.exec(await get("/grade", one))![1]!;
        await decide({ ...one, student, kind: "excuse", text: "ill" });
        await decide({ ...one, student, kind: "set", score: "4", text: "oral" });
        assert.match(await get("/grade", one), /set by hand[^<]*; excused/);
      });
    });

    it("shows a hand-in with each case, also those held back, where it threw, and the mistake", async () => {
      await atDesk(async ({ get }) => {
        const ann = await get("/grade", { ...BOB, student: "Ann Lee (11)" });
        assert.match(ann, /handed in 2026-12-02 11:00, 1 day\(s\) late/);
        const { cases } = hostileHandIn().results[0]!.verdict;
        const held = cases.find(({ shown }) => !shown)!;
        assert.ok(ann.includes(held.name));
        const theirs = await get("/grade", { ...BOB, student: HOSTILE });
        assert.match(theirs, /at ps1\.ts, line 7/);
        assert.match(theirs, /style="counter-reset:line 5">/);
        const marked = /<span class="line bad">(.*?)<\/span\s*><span class="note bad">(.*?)</.exec(
          theirs,
        )!;
        assert.match(marked[1]!, /^ {2}&lt;img/);
        assert.match(marked[2]!, / \(as \d more\): &lt;img/);
        assert.match(theirs, /Rows are columns\./);
      });
    });

    it("goes through one exercise of all students, one after the other", async () => {
      await atDesk(async ({ get }) => {
        const about = { assignment: "ps1", exercise: "oneHot" };
        const seen: string[] = [];
        for (let next: string | null = ""; next !== null;) {
          const shown = await get("/exercise", { ...about, student: next });
          const [, name] = /\/grade\?[^"]*">(.*?)<\/a>/.exec(shown)!;
          seen.push(name!);
          const [, query] = /href="\/exercise\?([^"]*)">next/.exec(shown) ?? [];
          const later = new URLSearchParams(query?.replaceAll("&amp;", "&"));
          next = later.get("student");
        }
        assert.equal(seen.length, 3);
        assert.deepEqual(seen.slice(1), ["Ann Lee", "Bob Ray"]);
      });
    });

    it("leads to each attempt of a student, and says which one counts", async () => {
      const again = handIn(BOB.student, true);
      await atDeskOf(
        kind,
        async ({ get }) => {
          const now = await get("/grade", BOB);
          assert.match(
            now,
            /<b>Attempt 2: 1 of 1 exercises pass<\/b>\s*<span class="quiet">[^<]*; counts/,
          );
          const [, href] = /href="(\/grade\?[^"]*attempt=[^"]*)">Attempt 1: 0 of 1/.exec(now)!;
          const before = await get(href!.replaceAll("&amp;", "&"));
          assert.match(before, /<b>Attempt 1: 0 of 1 exercises pass<\/b>/);
          assert.match(
            before,
            /href="[^"]*">Attempt 2: 1 of 1 exercises pass<\/a>\s*<span class="quiet">[^<]*; counts/,
          );
          assert.match(now, /href="#decisions"[^]*id="decisions"/);
        },
        [again],
      );
    });

    it("lists whose code is alike, and shows two side by side with what both have marked", async () => {
      await atDeskOf(
        kind,
        async ({ app, get, store }) => {
          const list = await get("/alike", { assignment: "ps1" });
          assert.match(list, /Fay/);
          assert.ok(list.includes(escapeHtml(`Gus ${HOSTILE}`)) && !list.includes(HOSTILE));
          assert.ok(!/Ann|Bob/.test(list), "who is like nobody else");
          const [, href] = /href="(\/pair\?[^"]*)"/.exec(list)!;
          const pair = await get(href!.replaceAll("&amp;", "&"));
          assert.equal(pair.match(/class="listing"/g)!.length, 4, "two parts each");
          assert.ok(pair.match(/class="line same"/g)!.length > 20);
          assert.ok(pair.includes(escapeHtml(HOSTILE)) && !pair.includes(HOSTILE));
          const none = await app.request(
            `${HOME}/pair?assignment=ps1&exercise=oneHot&student=Fay%20(66)&other=x`,
            { headers: COOKIE },
          );
          assert.equal(none.status, 400);
          assert.match(await none.text(), /not alike in oneHot any more; open the list again/);
          await store.deleteStudent("Fay (66)", "me", "2026-11-28T00:00:00Z");
          assert.match(
            await get("/alike", { assignment: "ps1" }),
            /No two hand-ins are that much alike/,
          );
        },
        alikeHandIns(),
      );
    });

    it("names who made which mistake", async () => {
      await atDesk(async ({ get }) => {
        const map = await get("/mistakes", { assignment: "ps1" });
        assert.match(map, /<h2>transposed<\/h2>/);
        assert.match(map, /<b>1<\/b>\s+<span class="quiet">student</);
        assert.match(
          map,
          /href="\/exercise\?assignment=ps1&amp;exercise=oneHot&amp;student=%3Cimg/,
        );
      });
    });

    it("groups who gives the same wrong answers, and names them once, for all", async () => {
      await atDeskOf(
        kind,
        async ({ get, name, mistakes }) => {
          const map = await get("/mistakes", { assignment: "ps1" });
          assert.match(map, /<b>2<\/b>\s+<span class="quiet">students</);
          assert.match(map, /Name it for all of them/);
          const about = { assignment: "ps1", exercise: "oneHot", behaviour: BEHAVIOUR };
          const words = { name: `rows ${HOSTILE}`, hint: `look\r\n${HOSTILE}` };
          for (const origin of ["http://127.0.0.1:4001", "https://evil.example", "null", ""])
            assert.equal((await name({ ...about, ...words }, origin)).status, 403, origin);
          for (const [fields, told] of [
            [{ ...about, ...words, name: " " }, /a name of 1 to 100 characters/],
            [{ ...about, ...words, name: "x".repeat(101) }, /a name of 1 to 100 characters/],
            [{ ...about, ...words, hint: "x".repeat(2001) }, /a hint of 1 to 2000/],
            [{ ...about, ...words, behaviour: "x" }, /nobody answers oneHot of ps1 like that/],
            [{ ...about, ...words, exercise: "rnnForward" }, /has no exercise/],
          ] as const) {
            const response = await name(fields);
            assert.equal(response.status, 400);
            assert.match(await response.text(), told);
          }
          assert.ok(!existsSync(mistakes));
          const named = await name({ ...about, ...words });
          assert.equal(named.headers.get("location"), "/mistakes?assignment=ps1");
          const kept = readFileSync(mistakes, "utf8");
          assert.match(kept, /^# Mistakes that were named/);
          assert.ok(!kept.includes("Dee"));
          for (const student of ["Dee (44)", `Eve ${HOSTILE}`]) {
            const shown = await get("/grade", { assignment: "ps1", student });
            assert.match(shown, /Named by your teacher:<\/b> rows &lt;img/);
            assert.ok(!shown.includes("<img"));
          }
          // Somebody's own lines in the file stay.
          writeFileSync(mistakes, kept.replace("mistakes:", "# mine\nmistakes:"));
          await name({ ...about, name: "rows again", hint: "look" });
          const again = await get("/mistakes", { assignment: "ps1" });
          assert.match(again, /<h2>rows again<\/h2>/);
          assert.match(readFileSync(mistakes, "utf8"), /# mine/);
          assert.equal(readFileSync(mistakes, "utf8").match(/- exercise:/g)?.length, 1);
        },
        unnamedHandIns(),
      );
    });

    it("keeps points, comments and excuses as the gradebook's commands do, and tells their history", async () => {
      await atDesk(async ({ store, get, decide }) => {
        const made: readonly (Partial<Decision> & { readonly text: string })[] = [
          { kind: "set", score: 6.5, text: "spoke with Bob" },
          { kind: "comment", text: "see you\non Monday" },
          { kind: "excuse", text: "ill" },
        ];
        for (const { kind, score, text } of made) {
          const fields = { ...BOB, kind: kind!, text, score: String(score ?? "") };
          const response = await decide({ ...fields, text: text.replace("\n", "\r\n") });
          assert.equal(response.status, 303);
          assert.equal(
            response.headers.get("location"),
            "/grade?student=Bob+Ray+%2822%29&assignment=ps1",
          );
        }
        const kept = await store.decisions();
        assert.deepEqual(
          kept.map(({ by: _by, at: _at, ...decision }) => decision),
          made.map((decision) => ({ ...BOB, ...decision })),
        );
        const shown = await get("/grade", BOB);
        assert.match(shown, /6\.5 <span class="quiet small">of 10 points/);
        assert.match(shown, /set by hand; the automatic score is 0; excused/);
        for (const text of ["spoke with Bob", "see you\non Monday", "ill"])
          assert.ok(shown.includes(`<td>${text}</td>`), text);
        const fields = { ...BOB, exercise: "oneHot", kind: "unset", text: "after all" };
        const there = (await decide(fields)).headers.get("location")!;
        assert.match(there, /^\/exercise\?.*&exercise=oneHot$/);
        assert.ok((await get(there)).includes("<td>after all</td>"));
        await decide({ ...BOB, kind: "unexcuse", text: "after all" });
        assert.match(await get("/grade", BOB), /<b>0 <span[^]*?automatic\s*<\/span>/);
      });
    });

    it("says on a page what it can't do, and then records nothing", async () => {
      await atDesk(async ({ app, store, decide }) => {
        for (const [fields, words] of [
          [{ kind: "set", score: "11", text: "x" }, /expected 0 to 10/],
          [{ kind: "set", score: "-1", text: "x" }, /a number of points/],
          [{ kind: "set", score: "1", text: " " }, /a reason in words/],
          [{ kind: "excuse" }, /a reason in words/],
          [{ kind: "deleted", text: "x" }, /expected a decision, one of set/],
          [{ kind: "comment", text: "x", student: "Bob" }, /no student &quot;Bob&quot;/],
          [{ kind: "comment", text: "x", assignment: "ps2" }, /no assignment &quot;ps2&quot;/],
        ] as const) {
          const response = await decide({ ...BOB, ...fields });
          const text = await response.text();
          assert.equal(response.status, 400, text);
          assert.match(text, words);
        }
        assert.equal(
          (await decide({ ...BOB, kind: "comment", text: "x".repeat(1e6) })).status,
          413,
        );
        assert.deepEqual(await store.decisions(), []);
        for (const [path, status] of [
          ["/grade?assignment=ps1&student=nobody", 400],
          ["/assignment?assignment=ps2", 400],
          ["/exercise?assignment=ps1&exercise=nothing", 400],
          ["/none", 404],
        ] as const)
          assert.equal((await app.request(HOME + path, { headers: COOKIE })).status, status, path);
      });
    });

    it("shows hostile names, files and outputs as texts on every page, and lets no page run or load anything", async () => {
      await atDesk(async ({ app, get, decide }) => {
        await decide({ ...BOB, student: HOSTILE, kind: "comment", text: `</textarea>${HOSTILE}` });
        const about = { assignment: "ps1", exercise: "oneHot", student: HOSTILE };
        for (const path of ["/", "/assignment", "/grade", "/exercise", "/mistakes"]) {
          const shown = await get(path, about);
          assert.ok(!/<img|<script|<\/textarea><img/i.test(shown), path);
          assert.match(shown, /content="default-src &#39;none&#39;;/);
          if (path !== "/") assert.ok(shown.includes("&lt;img src=x onerror=&quot;"), path);
        }
        const { headers } = await app.request(HOME, { headers: COOKIE });
        assert.equal(headers.get("cache-control"), "no-store");
        assert.equal(headers.get("content-security-policy"), "frame-ancestors 'none'");
        assert.equal(headers.get("x-content-type-options"), "nosniff");
      });
    });
  });
}
