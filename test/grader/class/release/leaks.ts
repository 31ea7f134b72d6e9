/** What no learner may find in what a class is given: looked for in all of its bytes. */
import { readFileSync } from "node:fs";
import { inPack } from "#common/pack-root";
import type { Exercise } from "../../../../exercises/exercise.js";

/** Something held back, and whose it is. */
export interface Secret {
  readonly kind: string;
  readonly text: string;
}

/** A shorter line stands in many a function. */
const SHORTEST_LINE = 16;

/**
 * What is held back of an exercise: cases, mistakes, hints, and every line of a right function beyond the starter.
 *
 * @param exercise - with a teacher's own cases
 * @returns the secrets
 */
export function secretsOf(exercise: Exercise): readonly Secret[] {
  const { id, cases, mutants, families = [], hints, reference, tolerance } = exercise;
  const given = ["starter.ts", "statement.md"].map((name) => fileOf(id, name)).join("\n");
  const code = [
    reference.toString(),
    ...["solution.ts", "honest.ts"].map((name) => fileOf(id, name)),
  ];
  const lines = code
    .flatMap((text) => text.replaceAll(/\/\*[\s\S]*?\*\/|^import [\s\S]*?;$/gm, "").split("\n"))
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST_LINE && !given.includes(line));
  const heldBack = cases.filter(({ shown }) => shown === false);
  const of = (kind: string, texts: readonly string[]): readonly Secret[] =>
    texts.map((text) => ({ kind: `${id}: ${kind}`, text }));
  return [
    ...of("a line of a right function", lines),
    ...of(
      "a teacher's case",
      heldBack.flatMap(({ name, size, settings = {} }) => [
        name,
        JSON.stringify(size).slice(1, -1),
        ...Object.values(size).map((n) => ` ${n}`),
        ...Object.keys(settings),
      ]),
    ),
    ...of(
      "a mistake",
      mutants.flatMap(({ name, mistake, hint }) => [nameText(name), mistake, hint]),
    ),
    ...of(
      "a family of mistakes",
      families.flatMap(({ name, hint }) => [nameText(name), hint]),
    ),
    ...of(
      "a hint",
      hints.filter((hint) => !given.includes(hint)),
    ),
    ...of("the tolerance", [tolerance.why]),
  ];
}

/** A name of one word, such as "logarithm", stands in a statement too; quoted it is a name. */
function nameText(name: string): string {
  return name.includes("-") ? name : JSON.stringify(name);
}

function fileOf(exercise: string, name: string): string {
  return readFileSync(inPack("exercises", exercise, name), "utf8");
}

/**
 * The secrets that a file holds: in its bytes, or in a text of its JSON.
 *
 * @param file - the file's text
 * @param secrets - to look for
 * @returns those that are found
 */
export function leaksIn(file: string, secrets: readonly Secret[]): readonly Secret[] {
  const texts = [file, stringsIn(JSON.parse(file)).join("\n")];
  return secrets.filter(({ text }) => texts.some((one) => holds(one, text)));
}

/** A word or a number only where it is not a part of another: "sign" is no leak in "assignment". */
function holds(text: string, secret: string): boolean {
  const isPart = (character: string | undefined): boolean => /[\p{L}\p{N}]/u.test(character ?? "");
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
    const isWithin =
      (isPart(secret[0]) && isPart(text[at - 1])) ||
      (isPart(secret.at(-1)) && isPart(text[at + secret.length]));
    if (!isWithin) return true;
  }
  return false;
}

/** Every text in a value; the lines of a notebook's cell put together. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (Array.isArray(value) && value.every((one) => typeof one === "string"))
    return [value.join("")];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [key, ...stringsIn(one)]);
}
