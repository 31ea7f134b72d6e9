/**
 * The process of a proof, which another one ends when it loops. It says line by line, at once, which function it calls,
 * and at last what it has found: a list.
 */
import { writeSync } from "node:fs";
import { loadExercise, proofFaults } from "./proof.js";
import { watched } from "./watched.js";

/** Where the lines go. */
const LINES = 3;

const [id, pack] = process.argv.slice(2) as [string, string];
const say = (line: string): void => void writeSync(LINES, `${line}\n`);
const end = (faults: readonly string[]): never => {
  say(JSON.stringify(faults));
  process.exit();
};
process.on("uncaughtException", (error) => {
  const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
  end([`exercises/${id}: its proof failed: ${reason}`]);
});

const parts = await loadExercise(id, pack);
say("exercise.ts: the proof");
const running = watched(parts, say);
end(await proofFaults(parts, running));
