/** A class that is made to measure graders by: ten exercises a student, most solved, some with a mistake, some not begun. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inPack } from "#common/pack-root";

/** The assignment. */
export const IDS = [
  ...["oneHot", "padBatch", "rnnCellForward", "stackWeights", "softmaxCrossEntropy"],
  ...["rnnForward", "rnnCellBackward", "rnnBackward", "numericalGradient", "manyToOne"],
] as const;

/** One of the assignment's exercises. */
export type Id = (typeof IDS)[number];

/** How far a student has come with an exercise. */
export type Kind = "right" | "wrong" | "crashing" | "not begun";

/** Changes of a right text. */
export type Mistakes = Readonly<Record<Id, readonly [from: string, to: string]>>;

/** What students write by mistake. */
const WRONG: Mistakes = {
  oneHot: ["] = 1;", "] = -1;"],
  padBatch: ["(t <= T_x", "(t < T_x"],
  rnnCellForward: [".add(ba)", ""],
  stackWeights: ["(Waa, Wax);", "(Wax as never, Waa) as never;"],
  softmaxCrossEntropy: [".get(k, i)) / m", ".get(k, i))"],
  rnnForward: ["a_prev = a_next", "a_prev = a_0"],
  rnnCellBackward: ["1 - a * a", "1 - a"],
  rnnBackward: [".add(da_next)", ""],
  numericalGradient: ["(2 * h)", "h"],
  manyToOne: ["yhat[T_x[i]! - 1]", "yhat[0]"],
};

/**
 * How far a student has come with an exercise: of twenty, sixteen are right, one is wrong, one crashes, two are not begun.
 *
 * @param student - from 0
 * @param place - of the exercise in the assignment, from 0
 * @returns always the same
 */
export function kindOf(student: number, place: number): Kind {
  const kind = (student * 7 + place * 3) % 20;
  if (kind >= 18) return "not begun";
  return kind === 17 ? "crashing" : kind === 16 ? "wrong" : "right";
}

/**
 * A right text with its mistake.
 *
 * @param right - the text of a right function
 * @param id - the exercise's
 * @param mistakes - each exercise's
 * @returns the changed text
 * @throws Error when there is nothing to change
 */
export function withMistake(right: string, id: Id, mistakes: Mistakes): string {
  const [from, to] = mistakes[id];
  if (!right.includes(from)) throw new Error(`class: ${id} has no "${from}" to change`);
  return right.replace(from, to);
}

/**
 * A student's name, of equal lengths.
 *
 * @param student - from 0
 * @returns such as "student-00042"
 */
export function nameOf(student: number): string {
  return `student-${String(student).padStart(5, "0")}`;
}

/** The return of a function's answer: what stands in it crashes. */
const CRASHES = /^ {2}return /m;

/** One student's text of an exercise. */
function textOf(id: Id, kind: Kind): string {
  const file = kind === "not begun" ? "starter.ts" : "solution.ts";
  const text = readFileSync(inPack("exercises", id, file), "utf8");
  if (kind === "wrong") return withMistake(text, id, WRONG);
  return kind === "crashing"
    ? text.replace(CRASHES, "  return (undefined as any).length ?? ")
    : text;
}

/**
 * Writes a class of so many students, a folder each with a file an exercise.
 *
 * @param folder - the class's
 * @param students - how many
 */
export function writeClass(folder: string, students: number): void {
  const texts = new Map<string, string>();
  for (let student = 0; student < students; student++) {
    const own = join(folder, nameOf(student));
    mkdirSync(own, { recursive: true });
    for (const [place, id] of IDS.entries()) {
      const kind = kindOf(student, place);
      const key = `${id} ${kind}`;
      const text = texts.get(key) ?? textOf(id, kind);
      texts.set(key, text);
      writeFileSync(join(own, `${id}.ts`), `${text}// ${student}\n`);
    }
  }
}
