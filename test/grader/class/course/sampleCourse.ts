/** A small course with its gradebook, for the tests of what works on it. */
import { join } from "node:path";
import { openCourseStore } from "../../../../grader/class/store/courseStore.js";
import { openGradebook } from "../../../../grader/class/store/open.js";
import { inFolder } from "../../sandbox/box.js";
import { passing } from "../formats/samples.js";

const COURSE = `course: RNNs
timeZone: Europe/Berlin
roster: roster.csv
assignments:
  - name: ps1
    exercises: [oneHot]
    points: 10
    due: 2026-12-01 12:00
    late: { perDay: 0.1 }
`;
const ROSTER = "name,number,email\nAnn Lee,11,ann@x.org\nBob Ray,22,bob@x.org\nCyd Fox,33,\n";
/** The files of the course's folder. */
export const COURSE_FILES = { "course.yaml": COURSE, "roster.csv": ROSTER };
const ANN = "Ann Lee (11)";
const BOB = "Bob Ray (22)";
/** What an attempt was graded with. */
export const FACTS = { key: "k", number: 1, seed: 1, packVersion: "1", sandbox: "bubblewrap" };

/** A hand-in of ps1 whose only exercise passes, or does not. */
export function handIn(student: string, isRight: boolean): ReturnType<typeof passing> {
  const graded = passing(student);
  const [one] = graded.results;
  const verdict = { ...one!.verdict, exercise: "oneHot" };
  if (isRight) return { ...graded, results: [{ ...one!, verdict }] };
  const wrong = { ...verdict, status: "wrong" as const, passed: 0 };
  return { ...graded, score: 0, results: [{ ...one!, score: 0, verdict: wrong }] };
}

/** A course in a folder of its own, with Ann's right hand-in, a day late, and Bob's wrong one, in time. */
export async function inCourse(
  use: (at: readonly string[], folder: string) => Promise<void>,
): Promise<void> {
  await inFolder(COURSE_FILES, async (folder) => {
    const file = join(folder, "gradebook.sqlite");
    await fillGradebook(file);
    await use(["--gradebook", file, "--course", join(folder, "course.yaml")], folder);
  });
}

/**
 * Adds the hand-ins of the small course.
 *
 * @param place - a new gradebook's
 * @param others - hand-ins of ps1 beside Ann's and Bob's
 */
export async function fillGradebook(
  place: string,
  others: readonly ReturnType<typeof passing>[] = [],
): Promise<void> {
  const gradebook = await openGradebook(place);
  await gradebook.seedOf("ps1", 1);
  const all = [handIn(ANN, true), handIn(BOB, false), ...others];
  for (const [n, one] of all.entries()) {
    const number = all.slice(0, n + 1).filter(({ student }) => student === one.student).length;
    await gradebook.add(one, { ...FACTS, number, key: `k${n}` });
  }
  await gradebook.close();
  const store = await openCourseStore(place);
  await store.handedIn([
    { student: ANN, assignment: "ps1", hash: "a", at: new Date("2026-12-02T10:00Z") },
    { student: BOB, assignment: "ps1", hash: "b", at: new Date("2026-12-01T10:00Z") },
  ]);
  await store.close();
}
