/**
 * Runs the lessons as shipped and keeps what they show: `npm run notebooks`, or `npm run notebooks -- 02 05` for some.
 * Prints each lesson's size and its charts by their titles.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { writeWhole } from "#common/write-whole";
import { lessonFiles, notebookText } from "../../grader/notebook/lessonCells.js";
import { execute } from "./execute.js";
import { keptCharts, withOutputs } from "./keptOutputs.js";
import { readLesson } from "./lesson.js";

const wanted = process.argv.slice(2);
let count = 0;
for (const file of lessonFiles()) {
  const name = basename(file, ".ipynb");
  if (wanted.length > 0 && !wanted.some((start) => name.startsWith(start))) continue;
  const lesson = readLesson(name);
  const ran = withOutputs(lesson, await execute(lesson));
  const text = notebookText(ran);
  const changed = text !== readFileSync(file, "utf8");
  if (changed) writeWhole(file, text);
  const shown = keptCharts(ran);
  count += shown.length;
  const size = `${(Buffer.byteLength(text) / 1e6).toFixed(2)} MB`;
  console.log(`${name}: ${size}, ${shown.length} charts${changed ? "" : ", as it was"}`);
  for (const { id, title } of shown) console.log(`  ${id}  ${title}`);
}
console.log(`${count} charts`);
