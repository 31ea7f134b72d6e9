/** What `unrolled course init` writes. */
import { manifest } from "../../../exercises/manifest.js";

/**
 * A course to begin with: an assignment for each lesson that has exercises, nothing due yet.
 *
 * @param timeZone - the machine's
 * @returns YAML with a word on each setting
 */
export function courseTemplate(timeZone: string): string {
  const lessons = Array.from(new Set(manifest.map(({ lesson }) => lesson)));
  const assignments = lessons.map(
    (lesson) => `  - name: lesson-${lesson}\n    lessons: ["${lesson}"]\n`,
  );
  return `# A course: what is graded, and how. Checked by: npx unrolled course check
course: Recurrent neural networks
timeZone: ${timeZone} # of every time below
# roster: roster.csv # who takes part: a CSV of Canvas, of Moodle, of GitHub Classroom, or one with the columns name, id, email, section

# Of an assignment, name and either lessons or exercises are needed; the rest is as shown here unless you write it:
#
#   - name: ps1 # as the hand-ins' folder is called, or as grade --assignment says
#     exercises: [oneHot, padBatch] # or with points: { oneHot: 1, padBatch: 3 }
#     points: 10 # what all of it is worth; otherwise the sum of the exercises' own points
#     weight: 1 # beside the other assignments
#     due: 2026-12-01 23:59
#     # The minute in which it is due counts whole. A day late is 24 hours begun after it, also where clocks are changed:
#     # each costs a tenth of the points here; after 10 of them the score is 0; so many minutes late are still in time.
#     late: { perDay: 0.1, upToDays: 10, graceMinutes: 0 }
#     attempts: last # or: best
#     extensions: { ada: 2026-12-05 23:59 } # by an id or name of the roster, or the name that the hand-in has
#     cases: # your own, of any exercise above; learners do not see them, only how many pass
#       oneHot: [{ name: fifty letters, size: { n_x: 50, m: 9 } }]
#
# An exercise of your own is a folder in exercises/ beside this file, and is listed like the pack's: npx unrolled course exercise NAME begins one.
assignments:
${assignments.join("")}`;
}
