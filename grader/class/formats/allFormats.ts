/** The formats by their names on the command line. */
import { canvasCsv } from "./canvas.js";
import { BYTE_ORDER_MARK, gradesCsv } from "./csv.js";
import type { Format } from "./format.js";
import { githubAnnotations } from "./githubAnnotations.js";
import { classroomResult } from "./githubClassroom.js";
import { gradescopeResults } from "./gradescope.js";
import { junitXml } from "./junit.js";
import { ltiScores } from "./lti.js";
import { moodleCsv, moodleWorksheet, refuseUnnumbered, refuseWorksheet } from "./moodle.js";
import { moodleFeedbackZip } from "./moodleFeedback.js";
import { nbgraderCsv } from "./nbgrader.js";
import { tapReport } from "./tap.js";

const formats = {
  csv: {
    says: "a table for a spreadsheet, with each exercise",
    isOfGrades: true,
    write: ({ graded, exercises }) =>
      BYTE_ORDER_MARK +
      gradesCsv(
        graded,
        exercises.map(({ id }) => id),
      ),
  },
  canvas: { says: "Canvas' gradebook import", isOfGrades: true, write: canvasCsv },
  moodle: { says: "Moodle's gradebook import", isOfGrades: true, write: moodleCsv },
  "moodle-worksheet": {
    says: "Moodle's grading worksheet",
    isOfGrades: true,
    refuse: refuseWorksheet,
    write: moodleWorksheet,
  },
  "moodle-feedback": {
    says: "a zip of each student's page, for Moodle's feedback files",
    refuse: (planned) => {
      refuseUnnumbered("moodle-feedback", planned);
    },
    write: moodleFeedbackZip,
  },
  nbgrader: { says: "the table of nbgrader export", isOfGrades: true, write: nbgraderCsv },
  lti: { says: "LTI scores (AGS 2.0), a JSON array", isOfGrades: true, write: ltiScores },
  junit: { says: "JUnit XML", write: junitXml },
  tap: { says: "TAP 14", write: tapReport },
  gradescope: {
    says: "Gradescope's results.json, of one hand-in",
    isOfOne: true,
    write: gradescopeResults,
  },
  "github-annotations": {
    says: "annotations of GitHub Actions, of one hand-in",
    isOfOne: true,
    write: githubAnnotations,
  },
  "github-classroom": {
    says: "GitHub Classroom's result as a step's output, of one hand-in",
    isOfOne: true,
    write: classroomResult,
  },
} as const satisfies Readonly<Record<string, Format>>;

/** A format's name. */
export type FormatName = keyof typeof formats;

/** Every format that a result can be written in. */
export const allFormats: Readonly<Record<FormatName, Format>> = formats;
