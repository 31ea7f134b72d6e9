import { isMat, Mat } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import type * as starter from "./starter.js";

/** Right ways to count that are not the library's. */
export const honest: readonly Honest<typeof starter.countParameters>[] = [
  {
    style: "a list of what is still to be looked at, no recursion",
    write: (parameters) => {
      const open: object[] = [parameters];
      let count = 0;
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (isMat(next)) count += next.data.length;
        else open.push(...(Object.values(next) as object[]));
      }
      return count;
    },
  },
  {
    style: "the matrices flattened first, then their lengths added from the end",
    write: (parameters) => {
      const matricesOf = (part: object): readonly Mat[] =>
        part instanceof Mat ? [part] : (Object.values(part) as object[]).flatMap(matricesOf);
      return matricesOf(parameters)
        .map(({ shape: [rows, columns] }) => rows * columns)
        .reduceRight((sum, one) => sum + one, 0);
    },
  },
  {
    style: "one by one: every entry of every row is counted",
    write: (parameters) => {
      let count = 0;
      const visit = (part: object): void => {
        if (!isMat(part)) {
          for (const key in part) visit((part as Record<string, object>)[key]!);
          return;
        }
        part.toArray().forEach((row) => row.forEach(() => count++));
      };
      visit(parameters);
      return count;
    },
  },
];
