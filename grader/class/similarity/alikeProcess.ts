/** The process that compares what students wrote: see alikeApart.ts. */
import { alikePairs } from "./alike.js";
import type { Question } from "./alikeApart.js";

process.once("message", ({ codes, given }: Question) => {
  process.send!(alikePairs(codes, given));
});
