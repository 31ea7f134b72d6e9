/**
 * Programs for ten exercises by somebody who had not seen how alike code is found: eight honest ones each, and
 * copies of three of them, renamed, written in another manner, put in another order, or in part.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import type { StudentCode } from "../../../../grader/class/similarity/alike.js";

/** An exercise's programs; a copy's name is "copy-3-renamed", of honest-3. */
export interface Programs {
  readonly exercise: string;
  readonly honest: readonly StudentCode[];
  readonly copies: readonly StudentCode[];
}

const FOLDER = inPack("test", "grader", "class", "similarity", "programs");

/** Of all ten exercises. */
export function allPrograms(): readonly Programs[] {
  return readdirSync(FOLDER).map((file) => {
    const [, ...parts] = readFileSync(join(FOLDER, file), "utf8").split("// ---- ");
    const all = parts.map((part): StudentCode => {
      const end = part.indexOf("\n");
      return { student: part.slice(0, end), text: part.slice(end + 1) };
    });
    return {
      exercise: file.replace(".txt", ""),
      honest: all.filter(({ student }) => student.startsWith("honest")),
      copies: all.filter(({ student }) => student.startsWith("copy")),
    };
  });
}

/** One program by its name. */
export function program(exercise: string, name: string): string {
  const found = allPrograms().find((one) => one.exercise === exercise)!;
  return [...found.honest, ...found.copies].find(({ student }) => student === name)!.text;
}
