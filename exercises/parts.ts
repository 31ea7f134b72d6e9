/** What a teacher's own exercise is made with, `unrolled/exercise`: the types of its parts, and the pack's draws. */
export * from "./constants.js";
export * from "./draws.js";
export type * from "./exercise.js";
export * from "./otherFunctions.js";
export { standIn } from "./standIns.js";
