/** The process that looks at what students wrote: see boundedReader.ts. */
import type { Answer, Question } from "./boundedReader.js";
import { foundIn } from "./foundHandIn.js";
import { readHandIn } from "./readHandIn.js";

process.on("message", ({ number, place, exercises }: Question) => {
  void readHandIn(place)
    .then((handIn): Answer => ({ number, found: foundIn(handIn, exercises) }))
    .catch((error: unknown): Answer => ({ number, failure: String((error as Error).message) }))
    .then((answer) => process.send!(answer));
});
process.send!("ready");
