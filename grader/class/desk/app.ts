/**
 * The desk's pages as an application: requests in, pages out. Hono routes them: it is small and needs no other package,
 * and its applications answer requests without a server, so that tests need none.
 */
import { Hono, type HonoRequest } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Exercise } from "../../../exercises/exercise.js";
import { UnrolledError } from "../../../src/core/errors.js";
import { type Book, decide, gradeIn, pointsIn, readBook } from "../course/book.js";
import { studentIn } from "../course/people.js";
import { MistakesFile } from "../course/namedMistakes.js";
import { CourseError } from "../course/checkedYaml.js";
import type { Assignment } from "../course/courseFile.js";
import { html } from "../report/markup.js";
import { page } from "../report/page.js";
import type { CourseStore, DecisionKind } from "../store/courseStore.js";
import { type AlikeCode, AlikeFinder } from "./alikeCode.js";
import { alikePage, pairPage } from "./alikePage.js";
import { assignmentPage, coursePage } from "./coursePage.js";
import { exercisePage } from "./exercisePage.js";
import { gradePage } from "./gradePage.js";
import { guard } from "./guard.js";
import { address } from "./link.js";
import { mistakesPage } from "./mistakesPage.js";
import { nameMistake } from "./naming.js";
import { mistakesIn, resultsOf } from "./results.js";

/** What the desk serves, and to whom. */
export interface DeskOptions {
  readonly store: CourseStore;
  /** The course's settings; read anew for each page. */
  readonly course?: string;
  readonly token: string;
  readonly port: number;
}

/** A form that is larger is refused. */
const formLimit = bodyLimit({
  maxSize: 100_000,
  onError: (c) =>
    c.html(failurePage("That text is too long: expected at most 100,000 bytes."), 413),
});
const KINDS: readonly DecisionKind[] = ["set", "unset", "comment", "excuse", "unexcuse"];

/**
 * The application. What a request can't have is said on a page.
 *
 * @param options - what it serves, and to whom
 * @returns an application whose `fetch` answers requests
 */
export function deskApp({ store, course, token, port }: DeskOptions): Hono {
  const app = new Hono();
  const book = (): Promise<Book> => readBook(store, course);
  const finder = new AlikeFinder(store);
  app.use(guard(token, port));
  app.onError((error, c) => {
    if (error instanceof UnrolledError) return c.html(failurePage(error.message), 400);
    console.error(`desk: ${error.message}`);
    return c.html(failurePage("The desk failed on this; its terminal says why."), 500);
  });
  app.notFound((c) => c.html(failurePage("There is no such page."), 404));

  app.get("/", async (c) => c.html(coursePage(await book())));
  app.get("/assignment", async (c) => {
    const all = await book();
    return c.html(assignmentPage(all, assignmentOf(all, c.req.query("assignment"))));
  });
  app.get("/grade", async (c) => {
    const all = await book();
    const assignment = assignmentOf(all, c.req.query("assignment"));
    const student = studentIn(all.matched, c.req.query("student") ?? "");
    const grade = gradeIn(all, student, assignment.name);
    const attempts = all.attempts.filter(
      (one) => one.student === student && one.assignment === assignment.name,
    );
    const wanted = Number(c.req.query("attempt"));
    const shown = attempts.find(({ id }) => id === wanted) ?? grade.attempt;
    const evidence =
      shown === undefined ? { results: [], remarks: [] } : await store.evidence(shown.id);
    return c.html(gradePage(all, grade, { attempts, shown, evidence }, assignment.exercises));
  });
  app.get("/exercise", async (c) => {
    const all = await book();
    const assignment = assignmentOf(all, c.req.query("assignment"));
    const exercise = exerciseOf(assignment, c.req.query("exercise"));
    const results = await resultsOf(store, all, assignment.name, exercise.id);
    const about = { assignment: assignment.name, exercise };
    return c.html(exercisePage(all, about, results, c.req.query("student") ?? ""));
  });
  app.get("/mistakes", async (c) => {
    const all = await book();
    const assignment = assignmentOf(all, c.req.query("assignment"));
    return c.html(mistakesPage(all, assignment.name, await mistakesIn(store, all, assignment)));
  });
  app.get("/alike", async (c) => {
    const all = await book();
    const { name, exercises } = assignmentOf(all, c.req.query("assignment"));
    const alike: AlikeCode[] = [];
    for (const exercise of exercises) alike.push(await finder.of(all, name, exercise));
    return c.html(alikePage(all, name, alike));
  });
  app.get("/pair", async (c) => {
    const all = await book();
    const assignment = assignmentOf(all, c.req.query("assignment"));
    const exercise = exerciseOf(assignment, c.req.query("exercise"));
    const alike = await finder.of(all, assignment.name, exercise);
    const wanted = [c.req.query("student"), c.req.query("other")];
    const pair = alike.pairs.find(({ students }) => students.every((one) => wanted.includes(one)));
    if (pair === undefined)
      throw new CourseError(
        `desk: these two are not alike in ${exercise.id} any more; open the list again`,
      );
    return c.html(pairPage(all, assignment.name, alike, pair));
  });
  app.post("/decide", formLimit, async (c) => {
    const field = await fieldsOf(c.req);
    const kind = KINDS.find((one) => one === field("kind"));
    if (kind === undefined)
      throw new CourseError(`desk: expected a decision, one of ${KINDS.join(", ")}`);
    const about = { student: field("student"), assignment: field("assignment") };
    const score = kind === "set" ? { score: pointsIn(field("score")) } : {};
    await decide(store, await book(), { ...about, kind, ...score, text: field("text") });
    const exercise = field("exercise");
    const path = exercise === "" ? "/grade" : "/exercise";
    return c.redirect(address(path, exercise === "" ? about : { ...about, exercise }), 303);
  });
  app.post("/name", formLimit, async (c) => {
    const field = await fieldsOf(c.req);
    const all = await book();
    const assignment = assignmentOf(all, field("assignment"));
    const exercise = exerciseOf(assignment, field("exercise"));
    const about = {
      ...{ assignment: assignment.name, exercise: exercise.id },
      behaviour: field("behaviour"),
    };
    const words = { name: field("name"), hint: field("hint") };
    await nameMistake(new MistakesFile(course), { store, book: all }, about, words);
    return c.redirect(address("/mistakes", { assignment: assignment.name }), 303);
  });
  return app;
}

/** A form's fields by their names; "" for one that is not there. */
async function fieldsOf(request: HonoRequest): Promise<(name: string) => string> {
  const sent = await request.parseBody();
  return (name) => {
    const value = sent[name];
    return typeof value === "string" ? value.replaceAll("\r\n", "\n") : "";
  };
}

function failurePage(message: string): string {
  const body = html`<nav><a href="/">The course</a></nav>
    <h1>That did not work</h1>
    <p>${message}</p>`;
  return page("That did not work", body);
}

function assignmentOf({ assignments }: Book, name = ""): Assignment {
  const found = assignments.find((one) => one.name === name);
  if (found === undefined)
    throw new CourseError(`desk: there is no assignment ${JSON.stringify(name)}`);
  return found;
}

function exerciseOf({ name, exercises }: Assignment, id = ""): Exercise {
  const found = exercises.find((one) => one.id === id);
  if (found === undefined)
    throw new CourseError(`desk: ${name} has no exercise ${JSON.stringify(id)}`);
  return found;
}
