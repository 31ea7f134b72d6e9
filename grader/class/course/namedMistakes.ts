/**
 * `mistakes.yaml`, beside course.yaml: mistakes that an instructor has named at the desk, each with a hint.
 *
 * A mistake is known by what it answers (behaviour.ts), which is another digest for other inputs. So one wrong
 * function is kept with it, as text: when a class of another seed is graded, that function is run in the box on its
 * inputs, and the digest is added here (namedBehaviours.ts). The text is a student's: it is shown and run in the box,
 * nothing else.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeWhole } from "#common/write-whole";
import { Document } from "yaml";
import { z } from "zod";
import { manifest } from "../../../exercises/manifest.js";
import type { GradedExercise } from "../result/graded.js";
import { type Checked, checkedYaml, CourseError, meant } from "./checkedYaml.js";
import { ownIds } from "./ownExercises/folders.js";

/** What an instructor says about it, bounded: it stands on students' pages and in other systems' tables. */
export const MOST = { name: 100, hint: 2000 };
/** As much as the gradebook keeps of a function, with room for the lines between its parts. */
const MOST_CODE = 30_000;

const mistakeSchema = z.strictObject({
  exercise: z.string(),
  name: z.string().trim().min(1, "expected a name").max(MOST.name),
  hint: z.string().trim().min(1, "expected a hint").max(MOST.hint),
  /** ISO 8601, UTC. */
  named: z.string(),
  answers: z.array(
    z.string().regex(/^[0-9a-f]{16}-([0-9a-f]{64}|none)$/, "expected what the desk wrote here"),
  ),
  code: z.string().min(1).max(MOST_CODE),
});
const fileSchema = z.strictObject({ mistakes: z.array(mistakeSchema) });

/** A mistake that was named. */
export type NamedMistake = Readonly<z.infer<typeof mistakeSchema>>;

const HEAD = ` Mistakes that were named at the desk (npx unrolled desk). Change a name or a hint here as you like;
 take an entry out, and the mistake has no name any more. "answers" says by what it is known again, and
 "code" is one wrong function, which is run in the sandbox to know the mistake in the next class too:
 take a student's name out of its comments if there is one.`;

/** The file of a course. */
export class MistakesFile {
  readonly path: string;
  private readonly course: string;

  /**
   * @param course - the path of course.yaml; left out, the one here
   */
  constructor(course = "course.yaml") {
    this.course = course;
    this.path = join(dirname(course), "mistakes.yaml");
  }

  /**
   * What was named.
   *
   * @returns none where there is no file
   * @throws CourseError with every mistake in it, each with its line and the mend
   */
  read(): NamedMistakes {
    return new NamedMistakes(this.checked()?.data.mistakes ?? []);
  }

  /**
   * Names a mistake, or gives a named one other words.
   *
   * @param mistake - with the answers that it is known by
   * @throws CourseError where the words are too long or missing, or the file can't be used
   */
  name(mistake: NamedMistake): void {
    const one = named(mistake);
    const [answers] = one.answers;
    this.change((document, { mistakes }) => {
      const place = mistakes.findIndex(
        ({ exercise, answers: known }) => exercise === one.exercise && known.includes(answers!),
      );
      if (place < 0) document.addIn(["mistakes"], document.createNode(one));
      else
        for (const key of ["name", "hint"] as const)
          document.setIn(["mistakes", place, key], one[key]);
    });
  }

  /**
   * Adds answers to mistakes that are there, as their functions gave them for other inputs.
   *
   * @param learned - each mistake's
   * @throws CourseError where the file can't be used
   */
  learn(learned: ReadonlyMap<NamedMistake, readonly string[]>): void {
    if (learned.size === 0) return;
    this.change((document, { mistakes }) => {
      for (const [{ exercise, code }, answers] of learned) {
        // Somebody may have changed the file meanwhile.
        const place = mistakes.findIndex((one) => one.exercise === exercise && one.code === code);
        const known = mistakes[place]?.answers;
        if (known === undefined) continue;
        for (const one of answers)
          if (!known.includes(one)) document.addIn(["mistakes", place, "answers"], one);
      }
    });
  }

  private change(make: (document: Document, data: z.infer<typeof fileSchema>) => void): void {
    const checked = this.checked();
    const document = checked?.document ?? new Document({ mistakes: [] });
    if (checked === undefined) document.commentBefore = HEAD;
    make(document, checked?.data ?? { mistakes: [] });
    try {
      writeWhole(this.path, document.toString({ lineWidth: 100 }));
    } catch (error) {
      throw new CourseError(
        `mistakes: ${this.path} can't be written: ${(error as Error).message}; free space, or let yourself write there`,
      );
    }
  }

  private checked(): Checked<z.infer<typeof fileSchema>> | undefined {
    if (!existsSync(this.path)) return undefined;
    let text: string;
    try {
      text = readFileSync(this.path, "utf8");
    } catch (error) {
      throw new CourseError(
        `mistakes: ${this.path} can't be read: ${(error as Error).message}; let yourself read it, or move it away`,
      );
    }
    return parseMistakes(text, this.path, ownIds(this.course));
  }
}

/**
 * Reads the file's text.
 *
 * @param text - YAML
 * @param file - its name, for the messages
 * @param own - the names of the teacher's own exercises
 * @returns the mistakes, and the document that holds them
 * @throws CourseError with every mistake in it, each with its line and the mend
 */
export function parseMistakes(
  text: string,
  file: string,
  own: readonly string[] = [],
): Checked<z.infer<typeof fileSchema>> {
  const checked = checkedYaml(text, fileSchema, {
    ...{ what: "mistakes", file, sample: "mend the line, or take the entry out" },
    settings: ["mistakes", ...Object.keys(mistakeSchema.shape)],
  });
  const ids = [...manifest.map(({ id }) => id), ...own];
  const strange = checked.data.mistakes.flatMap(({ exercise }, place) =>
    ids.includes(exercise)
      ? []
      : [
          {
            line: checked.lineOf(["mistakes", place, "exercise"]),
            text: `there is no exercise ${JSON.stringify(exercise)}${meant(exercise, ids)}; take the entry out`,
          },
        ],
  );
  return strange.length === 0 ? checked : checked.refuse(strange);
}

/**
 * A wrong function as it is kept with a mistake's name.
 *
 * @param result - of who made the mistake
 * @returns its text
 */
export function exampleOf({ code }: GradedExercise): string {
  return code.map(({ text }) => text).join("\n\n");
}

/** What an instructor has written, or what is wrong with it. */
function named(mistake: NamedMistake): NamedMistake {
  const parsed = mistakeSchema.safeParse(mistake);
  if (parsed.success) return parsed.data;
  const { name, hint } = MOST;
  throw new CourseError(
    `mistakes: this can't be kept: expected a name of 1 to ${name} characters and a hint of 1 to ${hint}; write both, or shorten them`,
  );
}

/** Mistakes that were named, by what they answer. */
export class NamedMistakes {
  readonly all: readonly NamedMistake[];
  private readonly byAnswers = new Map<string, NamedMistake>();

  /**
   * @param all - in the file's order: of two that answer the same, the last counts
   */
  constructor(all: readonly NamedMistake[]) {
    this.all = all;
    for (const one of all)
      for (const answers of one.answers) this.byAnswers.set(keyOf(one.exercise, answers), one);
  }

  /** The mistake of an exercise that gives such answers; undefined where it has no name. */
  by(exercise: string, behaviour: string): NamedMistake | undefined {
    return this.byAnswers.get(keyOf(exercise, behaviour));
  }

  /**
   * A result as it is shown: with the instructor's words, where its mistake has been named.
   *
   * @param result - as it was graded
   * @returns the same where nothing was named
   */
  shown(result: GradedExercise): GradedExercise {
    const { verdict, behaviour } = result;
    const mistake = behaviour === undefined ? undefined : this.by(verdict.exercise, behaviour);
    if (mistake === undefined) return result;
    const { name, hint } = mistake;
    const diagnosis = { kind: "named" as const, mutants: [name], mistake: name, hint };
    return { ...result, verdict: { ...verdict, diagnosis } };
  }
}

function keyOf(exercise: string, answers: string): string {
  return `${exercise} ${answers}`;
}
