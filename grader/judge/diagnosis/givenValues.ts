/** The matrices and sequences that a function is given, by the name that code has for them. */
import type { Exercise } from "../../../exercises/exercise.js";
import { isMat, isSequence, type Mat, type Sequence } from "../../../src/index.js";
import { isPlainRecord } from "../../values/describe.js";
import type { ObservedCase } from "./explanation.js";

/** Where a value stands: the argument's place, then keys. */
export type Path = readonly (number | string)[];

/** A value that the function is given in every case. */
export interface Given<V> {
  /** Its key, or the argument's name. */
  readonly name: string;
  /** The name of the record that it stands in; none for an argument by itself. */
  readonly within?: string;
  readonly path: Path;
  /** The value in each case, in their order. */
  readonly values: readonly V[];
}

/** All matrices among the arguments, and in the records among them. */
export function givenMatrices(
  exercise: Exercise,
  cases: readonly ObservedCase[],
): readonly Given<Mat>[] {
  return givenBy(exercise, cases, isMat);
}

/** All sequences among the arguments. */
export function givenSequences(
  exercise: Exercise,
  cases: readonly ObservedCase[],
): readonly Given<Sequence>[] {
  return givenBy(exercise, cases, isSequence);
}

function givenBy<V>(
  { argumentNames }: Exercise,
  cases: readonly ObservedCase[],
  isOne: (value: unknown) => value is V,
): readonly Given<V>[] {
  const paths = (cases[0]?.args ?? []).flatMap((value, n) => pathsIn(value, [n], isOne));
  return paths.flatMap((path) => {
    const values = cases.map(({ args }) => valueAt(args, path));
    const [within, name] = [path.at(-2), path.at(-1)].map((key) =>
      typeof key === "number" ? argumentNames[key] : key,
    );
    if (name === undefined || name === "" || !values.every(isOne)) return [];
    return [{ name, ...(within === undefined ? {} : { within }), path, values }];
  });
}

function pathsIn(value: unknown, path: Path, isOne: (value: unknown) => boolean): readonly Path[] {
  if (isOne(value)) return [path];
  if (!isPlainRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key], isOne));
}

/** What stands at a path; undefined where it leads nowhere. */
function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof key === "number"
        ? (value as readonly unknown[])[key]
        : isPlainRecord(value)
          ? value[key]
          : undefined,
    root,
  );
}
