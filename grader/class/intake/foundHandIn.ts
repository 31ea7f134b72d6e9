/** A hand-in, read: what is to be graded, without its files. */
import { createHash } from "node:crypto";
import type { HandIn } from "./readHandIn.js";
import type { Remark } from "./remark.js";
import { findSolutions, type Solution } from "./solution.js";

/** What was found in a hand-in. */
export interface FoundHandIn {
  readonly student: string;
  readonly assignment: string;
  readonly solutions: ReadonlyMap<string, Solution>;
  readonly remarks: readonly Remark[];
  /** Over everything that was handed in; undefined where that could not be read, so that it is read again. */
  readonly hash: string | undefined;
  readonly mentionsMathjs: boolean;
  /** When it came, as nbgrader says: ISO 8601, UTC. */
  readonly handedInAt?: string;
}

/**
 * What is to be graded of a hand-in.
 *
 * @param handIn - its files
 * @param exercises - the ids whose functions are looked for
 * @returns the functions with what they need, and all remarks
 */
export function foundIn(handIn: HandIn, exercises: readonly string[]): FoundHandIn {
  const { student, assignment, files, handedInAt } = handIn;
  const { solutions, remarks } = findSolutions(handIn, exercises);
  return {
    ...{ student, assignment, solutions, hash: hashOf(handIn) },
    remarks: [...handIn.remarks, ...remarks],
    mentionsMathjs: files.some(({ text }) => text.includes("mathjs")),
    ...(handedInAt === undefined ? {} : { handedInAt }),
  };
}

function hashOf({ files, remarks }: HandIn): string {
  const hash = createHash("sha256");
  for (const { path, text } of files)
    hash.update(`${path.length} ${path}${text.length} `).update(text);
  return hash.update(JSON.stringify(remarks)).digest("hex");
}
