/** What the exercise.ts of a teacher's own exercise must export; the compiler takes types out and checks none. */
import { z } from "zod";
import { wordsOf } from "../checkedYaml.js";

const run = z.custom((value) => typeof value === "function", "expected a function");
const text = z.string().min(1, "expected some text");

const caseSchema = z.strictObject({
  name: text.max(200),
  shown: z.boolean().optional(),
  size: z.record(z.string(), z.number()),
  settings: z.record(z.string(), z.union([z.number(), z.nan(), z.boolean()])).optional(),
});

const schema = z.strictObject({
  id: text,
  title: text.max(200),
  points: z.number().positive(),
  cases: z.array(caseSchema).min(1),
  draw: run,
  reference: run,
  mutants: z.array(
    z.strictObject({ name: text, mistake: text, hint: text, caughtBy: text, wrong: run }),
  ),
  families: z
    .array(
      z.strictObject({
        ...{ name: text, mistake: run, hint: text, constants: run, wrong: run },
        isAlone: z.boolean().optional(),
      }),
    )
    .optional(),
  hints: z.tuple(
    [text, text, text],
    "expected three texts: a nudge, the formula, the code's shape",
  ),
  tolerance: z.strictObject({ atol: z.number().min(0), rtol: z.number().min(0), why: text }),
  answer: z.record(z.string(), z.strictObject({ symbol: text, rows: text, columns: text })),
  ignore: z.array(text).optional(),
});

/** What is wrong with a part of it. */
export interface DefinitionFault {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/**
 * What is wrong with what an exercise.ts exports.
 *
 * @param value - its `exercise`
 * @returns every mistake with its mend
 */
export function definitionFaults(value: unknown): readonly DefinitionFault[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  const settings = [...Object.keys(schema.shape), ...Object.keys(caseSchema.shape)];
  return wordsOf(parsed.error.issues, value, settings);
}
