/** A desk over the small course, for the tests of its pages. */
import { strict as assert } from "node:assert";
import { dirname, join } from "node:path";
import type { Hono } from "hono";
import { deskApp } from "../../../../grader/class/desk/app.js";
import { type CourseStore, openCourseStore } from "../../../../grader/class/store/courseStore.js";
import { inFolder } from "../../sandbox/box.js";
import { COURSE_FILES, fillGradebook, handIn } from "../course/sampleCourse.js";
import { program } from "../similarity/programs.js";
import type { Kind } from "../store/kinds.js";

/** The desk's secret and its address. */
export const TOKEN = "the-token";
/** Where it thinks that it is served. */
export const HOME = "http://127.0.0.1:4000";
/** What a browser that has opened it sends. */
export const COOKIE = { cookie: `desk_4000=${TOKEN}` };
/** Whose grade most decisions are about. */
export const BOB = { student: "Bob Ray (22)", assignment: "ps1" };
/** A name, a file and an output that would run where they are not shown as texts. */
export const HOSTILE = `<img src=x onerror="alert(1)">'&/../?x=1`;

/** By what the answers that nobody has named are known. */
export const BEHAVIOUR = `${"a".repeat(16)}-${"b".repeat(64)}`;

/** Bob's wrong hand-in as somebody else's, with a mistake that was recognised, and markup in all texts. */
export function hostileHandIn(): ReturnType<typeof handIn> {
  const graded = handIn("Bob Ray (22)", false);
  const [one] = graded.results;
  const diagnosis = {
    ...{ kind: "mistake" as const, mutants: ["transposed"] },
    ...{ mistake: "Rows are columns.", hint: "Turn it round." },
  };
  const cases = one!.verdict.cases.map((result) => ({
    ...{ ...result, status: "crashed" as const, message: HOSTILE },
    at: { where: "ps1.ts, line 7", text: HOSTILE },
  }));
  return {
    ...graded,
    student: HOSTILE,
    remarks: [{ kind: "problem", file: HOSTILE, text: HOSTILE }],
    results: [
      {
        ...{ ...one!, place: HOSTILE, console: HOSTILE },
        verdict: { ...one!.verdict, cases, diagnosis },
        code: [
          { place: HOSTILE, from: 1, text: HOSTILE },
          { place: "ps1.ts", from: 6, text: `export function oneHot() {\n  ${HOSTILE}\n}` },
        ],
      },
    ],
  };
}

/** Two students' wrong hand-ins whose answers are the same, with no known mistake behind them. */
export function unnamedHandIns(): readonly ReturnType<typeof handIn>[] {
  return ["Dee (44)", `Eve ${HOSTILE}`].map((student) => {
    const graded = hostileHandIn();
    const [one] = graded.results;
    const { diagnosis: _, ...verdict } = one!.verdict;
    return { ...graded, student, results: [{ ...one!, verdict, behaviour: BEHAVIOUR }] };
  });
}

/** Two students' hand-ins of which one is a renamed copy of the other, in two parts. */
export function alikeHandIns(): readonly ReturnType<typeof handIn>[] {
  const programs = [
    { student: "Fay (66)", text: program("oneHot", "honest-8") },
    { student: `Gus ${HOSTILE}`, text: `${program("oneHot", "copy-8-renamed")}// ${HOSTILE}` },
  ];
  return programs.map(({ student, text }) => {
    const graded = handIn(student, true);
    const [one] = graded.results;
    const [head, ...rest] = text.split("\n");
    const code = [
      { place: "ps1.ts", from: 1, text: head! },
      { place: "ps1.ts", from: 12, text: rest.join("\n") },
    ];
    return { ...graded, results: [{ ...one!, code }] };
  });
}

/** A desk for the small course and the hostile hand-in. */
export interface Desk {
  readonly app: Hono;
  readonly store: CourseStore;
  readonly get: (path: string, about?: Readonly<Record<string, string>>) => Promise<string>;
  readonly decide: (fields: Readonly<Record<string, string>>, origin?: string) => Promise<Response>;
  /** Sends the form that names a mistake. */
  readonly name: (fields: Readonly<Record<string, string>>, origin?: string) => Promise<Response>;
  /** The file that keeps named mistakes. */
  readonly mistakes: string;
}

/**
 * Makes the small course, with the hostile hand-in in it.
 *
 * @param kind - the store of its gradebook
 * @param others - further hand-ins
 * @param use - gets the gradebook's place and the path of the course's settings
 */
export async function inDeskCourse(
  kind: Kind,
  others: readonly ReturnType<typeof handIn>[],
  use: (place: string, course: string) => Promise<void>,
): Promise<void> {
  await inFolder(COURSE_FILES, (folder) =>
    kind.inNew(async (place) => {
      await fillGradebook(place, [hostileHandIn(), ...others]);
      await use(place, join(folder, "course.yaml"));
    }),
  );
}

/**
 * Uses a desk of its own.
 *
 * @param kind - the store that it stands on
 * @param use - a test
 * @param others - hand-ins beside the small course's
 */
export async function atDeskOf(
  kind: Kind,
  use: (desk: Desk) => Promise<void>,
  others: readonly ReturnType<typeof handIn>[] = [],
): Promise<void> {
  await inDeskCourse(kind, others, async (place, course) => {
    const store = await openCourseStore(place);
    const app = deskApp({ store, course, token: TOKEN, port: 4000 });
    const send = async (
      path: string,
      fields: Readonly<Record<string, string>>,
      origin = HOME,
    ): Promise<Response> =>
      await app.request(HOME + path, {
        ...{ method: "POST", headers: { ...COOKIE, origin } },
        body: new URLSearchParams(fields),
      });
    try {
      await use({
        ...{ app, store },
        get: async (path, about = {}) => {
          const url = `${HOME}${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams(about).toString()}`;
          const response = await app.request(url, { headers: COOKIE });
          const text = await response.text();
          assert.equal(response.status, 200, text);
          return text;
        },
        decide: (fields, origin) => send("/decide", fields, origin),
        name: (fields, origin) => send("/name", fields, origin),
        mistakes: join(dirname(course), "mistakes.yaml"),
      });
    } finally {
      await store.close();
    }
  });
}
