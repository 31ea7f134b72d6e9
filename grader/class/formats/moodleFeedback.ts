/** The feedback of a class as Moodle takes it back: "Upload multiple feedback files in a zip". */
import { strToU8, zipSync, type Zippable } from "fflate";
import type { ClassResult } from "../result/classResult.js";
import { noNumber } from "./moodle.js";
import { ALWAYS_THE_SAME } from "./zipTime.js";

/**
 * A folder for each student, with the page that they get back.
 *
 * Moodle splits a folder's name at "_" and reads the participant's number from the second part, so a name must
 * hold none.
 *
 * @param result - of one assignment
 * @returns a zip
 * @throws FormatError where a student has no number
 */
export function moodleFeedbackZip({ graded, personOf, pageOf }: ClassResult): Uint8Array {
  const files: Zippable = {};
  for (const one of graded) {
    const { name, number } = personOf(one.student);
    if (number === undefined) throw noNumber("moodle-feedback", one.student);
    const plain = name.replaceAll(/[\p{C}_/\\:*?"<>|]/gu, " ").trim();
    const folder = `${plain === "" ? "student" : plain}_${number}_assignfeedback_file_`;
    files[`${folder}/feedback-${fileName(one.assignment)}.html`] = strToU8(pageOf(one));
  }
  return zipSync(files, { mtime: ALWAYS_THE_SAME });
}

function fileName(assignment: string): string {
  return assignment.replaceAll(/[^A-Za-z0-9-]/g, "-");
}
