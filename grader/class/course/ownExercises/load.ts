/** A teacher's own exercise: from its folder to what a class is graded with. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Exercise, OwnExercise } from "../../../../exercises/exercise.js";
import { manifest } from "../../../../exercises/manifest.js";
import { argumentNamesOf } from "../../../authoring/exerciseList.js";
import { nameFault } from "../../../authoring/newExercise.js";
import { textFaults } from "../../../authoring/proof.js";
import { prepareCase } from "../../../judge/judge.js";
import { CourseError } from "../checkedYaml.js";
import { definitionFaults } from "./definition.js";
import { ownFolder } from "./folders.js";
import { OwnModules } from "./modules.js";
import { faultAt, SourceFile } from "./sourceFile.js";

/** What of an exercise's folder is its own forms of the function, beside the starter. */
const FORMS = ["solution.ts", "mutants.ts", "honest.ts"];

/** An exercise that was loaded, and what its proof needs. */
export interface LoadedExercise {
  readonly exercise: Exercise;
  /** The folder of all own exercises. */
  readonly folder: string;
  readonly modules: OwnModules;
}

/** What was loaded, as long as its files say the same: the desk asks for it with every page. */
const kept = new Map<string, LoadedExercise>();

/**
 * Loads an exercise.
 *
 * @param courseFile - the path of course.yaml
 * @param id - the exercise's folder in `exercises/` beside it
 * @returns the exercise, whose cases can all be drawn
 * @throws CourseError with all that is wrong, each with its file, line and mend
 */
export async function loadOwnExercise(courseFile: string, id: string): Promise<LoadedExercise> {
  const folder = ownFolder(courseFile);
  const file = join(folder, id, "exercise.ts");
  const known = kept.get(file);
  if (known !== undefined && isUnchanged(known)) return known;
  kept.delete(file);
  const named = nameFaultOf(id);
  if (named !== undefined) throw faultAt(file, 1, named);
  const modules = new OwnModules(folder);
  const { exercise: definition } = await modules.load(file);
  const source = modules.files.get(file)!;
  if (definition === undefined)
    throw faultAt(file, 1, "it exports no exercise; write: export const exercise: OwnExercise = …");
  const starter = starterOf(folder, id);
  const faults = definitionFaults(definition).map(
    ({ path, text }) => faultAt(file, source.lineOf("exercise", path), text).message,
  );
  if (faults.length === 0) {
    const own = definition as OwnExercise;
    if (own.id !== id)
      faults.push(
        faultAt(
          ...([file, source.lineOf("exercise", ["id"])] as const),
          `id: expected the folder's name, ${JSON.stringify(id)}, got ${JSON.stringify(own.id)}; rename one of them`,
        ).message,
      );
  }
  if (faults.length > 0) throw new CourseError(faults.join("\n"));
  const exercise = withFiles(definition as OwnExercise, { folder, modules, starter });
  const loaded = { exercise, folder, modules };
  faults.push(
    ...textFaults(exercise).map((fault) => placed(fault, loaded)),
    ...drawFaults(loaded, file),
  );
  if (faults.length > 0) throw new CourseError(faults.join("\n"));
  kept.set(file, loaded);
  return loaded;
}

/**
 * A fault that the proof of an exercise tells, with the place in the teacher's files.
 *
 * @param fault - "exercises/ID/FILE: …", of whatever file the pack's exercises have such a thing in
 * @param loaded - the exercise
 * @returns a line
 */
export function placed(fault: string, { exercise, folder, modules }: LoadedExercise): string {
  const [, file = "exercise.ts", text = fault] =
    /^exercises\/[^/]+\/([^:]+): (.*)$/s.exec(fault) ?? [];
  const { id, mutants, cases } = exercise;
  const isStarter = file === "starter.ts";
  const sources = Array.from(modules.files.values());
  if (isStarter) {
    const path = join(folder, id, file);
    return faultAt(path, sourceAt(path).lineOf(id), text).message;
  }
  const words = text.split(/[\s:"]/);
  const named = [
    ...mutants.map(({ name }) => name).filter((name) => words.includes(name)),
    ...cases.map(({ name }) => name).filter((name) => text.includes(`"${name}"`)),
  ];
  for (const name of named)
    for (const source of sources) {
      const line = source.lineOfName(name);
      if (line !== undefined) return faultAt(source.path, line, text).message;
    }
  const hint = /^hint (\d)/.exec(text)?.[1];
  const part =
    hint === undefined
      ? [words.find((word) => word in exercise) ?? ""]
      : ["hints", Number(hint) - 1];
  const path = join(folder, id, "exercise.ts");
  return faultAt(path, modules.files.get(path)!.lineOf("exercise", part), text).message;
}

/** A file as it is now. */
function sourceAt(path: string): SourceFile {
  return new SourceFile(path, readFileSync(path, "utf8"));
}

/**
 * Why a teacher's exercise can't have a name.
 *
 * @param id - the name
 * @returns what is wrong and the mend; undefined for one that it can have
 */
export function nameFaultOf(id: string): string | undefined {
  const isTaken = manifest.some((one) => one.id.toLowerCase() === id.toLowerCase());
  return isTaken
    ? `the pack has an exercise ${id}; give yours another name: its folder, its id and its function`
    : nameFault(id);
}

/** The starter: it alone says what the function calls its arguments. */
function starterOf(
  folder: string,
  id: string,
): { readonly text: string; readonly argumentNames: readonly string[] } {
  const path = join(folder, id, "starter.ts");
  if (!existsSync(path))
    throw faultAt(path, 1, `it is missing; begin it with: export function ${id}(`);
  const source = sourceAt(path);
  const names = argumentNamesOf(source.text, id);
  if (typeof names === "string") throw faultAt(path, source.lineOf(id), names);
  return { text: source.text, argumentNames: names };
}

function withFiles(
  definition: OwnExercise,
  {
    folder,
    modules,
    starter,
  }: {
    readonly folder: string;
    readonly modules: OwnModules;
    readonly starter: { readonly text: string; readonly argumentNames: readonly string[] };
  },
): Exercise {
  const { id, cases } = definition;
  const hash = createHash("sha256");
  const texts = new Map(Array.from(modules.files.values(), ({ path, text }) => [path, text]));
  texts.set(join(folder, id, "starter.ts"), starter.text);
  for (const path of Array.from(texts.keys()).sort())
    hash.update(JSON.stringify([relative(folder, path), texts.get(path)]));
  const statement = join(folder, id, "statement.md");
  const forms = FORMS.map((name) => join(folder, id, name)).filter((path) => existsSync(path));
  return {
    ...{ ...definition, lesson: "", argumentNames: starter.argumentNames },
    // Nothing that a shown case tells can be of one that is held back.
    cases: [
      ...cases.filter(({ shown }) => shown !== false),
      ...cases.filter(({ shown }) => shown === false),
    ],
    own: {
      hash: hash.digest("hex").slice(0, 32),
      statement: existsSync(statement) ? readFileSync(statement, "utf8") : `## ${definition.title}`,
      starter: starter.text,
      texts: [starter.text, ...forms.map((path) => readFileSync(path, "utf8"))],
    },
  };
}

/** Cases that can't be asked. */
function drawFaults({ exercise, modules }: LoadedExercise, file: string): readonly string[] {
  const source = modules.files.get(file)!;
  return exercise.cases.flatMap((one) => {
    try {
      prepareCase(exercise, one, 1);
      return [];
    } catch (error) {
      const place = modules.placeOf(error) ?? {
        path: file,
        line: source.lineOfName(one.name) ?? source.lineOf("exercise", ["cases"]),
      };
      const why = (error as Error).message;
      return [
        faultAt(
          ...([place.path, place.line] as const),
          `the case ${JSON.stringify(one.name)} can't be asked: ${why}; mend draw, the reference, or the case`,
        ).message,
      ];
    }
  });
}

function isUnchanged({ exercise, folder, modules }: LoadedExercise): boolean {
  const starter = join(folder, exercise.id, "starter.ts");
  const files = Array.from(modules.files.values(), ({ path, text }) => ({ path, text }));
  files.push({ path: starter, text: exercise.own?.texts[0] ?? "" });
  return files.every(({ path, text }) => existsSync(path) && readFileSync(path, "utf8") === text);
}
