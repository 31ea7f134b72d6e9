/**
 * What the platforms read, where there is neither a schema nor a parser to be had: facts, each with the
 * document that it was taken from.
 */

/** The platforms' names and rules. */
export const ofPlatforms = {
  /** Gradescope, "Autograder Specifications", Output Format (gradescope-autograders.readthedocs.io; gradescope/autograder_samples, docs/specs.md). */
  gradescope: {
    keys: [
      ...["score", "execution_time", "output", "output_format", "test_output_format"],
      ...["test_name_format", "visibility", "stdout_visibility", "extra_data", "tests"],
      "leaderboard",
    ] as readonly string[],
    testKeys: [
      ...["score", "max_score", "status", "name", "name_format", "number", "output"],
      ...["output_format", "tags", "visibility", "extra_data"],
    ] as readonly string[],
    statuses: ["passed", "failed"] as readonly string[],
    formats: ["text", "html", "simple_format", "md", "ansi"] as readonly string[],
    visibilities: ["hidden", "after_due_date", "after_published", "visible"] as readonly string[],
  },
  /** GitHub Classroom's own graders and reporter (classroom-resources/autograding-grading-reporter, src/notify-classroom.js, src/console-results.js). */
  githubClassroom: {
    testKeys: ["name", "status", "score", "message", "test_code", "line_no"] as readonly string[],
    statuses: ["pass", "fail", "error"] as readonly string[],
  },
  /** 1EdTech's "LTI Assignment and Grade Services" 2.0, section "Score publish service" (imsglobal.org/spec/lti-ags/v2p0). */
  lti: {
    required: ["userId", "timestamp", "activityProgress", "gradingProgress"] as readonly string[],
    optional: ["scoreGiven", "scoreMaximum", "comment"] as readonly string[],
    activityProgress: [
      ...["Initialized", "Started", "InProgress", "Submitted", "Completed"],
    ] as readonly string[],
    gradingProgress: [
      ...["FullyGraded", "Pending", "PendingManual", "Failed", "NotReady"],
    ] as readonly string[],
  },
  /** Canvas' gradebook importer (instructure/canvas-lms, lib/gradebook_importer.rb). */
  canvas: {
    columns: ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"] as readonly string[],
    possible: "    Points Possible",
  },
  /** nbgrader 0.9.6's exporter (jupyter/nbgrader, nbgrader/plugins/export.py); release.test.ts asks the program itself. */
  nbgrader: [
    ...["assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"],
    ...["raw_score", "late_submission_penalty", "score", "max_score"],
  ] as readonly string[],
  /** Moodle's assignment (moodle/moodle, mod/assign/feedback/offline/ and mod/assign/feedback/file/importziplib.php). */
  moodle: {
    worksheet: [
      ...["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade"],
      ...["Grade can be changed", "Last modified (submission)", "Last modified (grade)"],
      "Feedback comments",
    ] as readonly string[],
    /** The first part of a path that has four parts between "_", the second a number, the third and fourth a plugin. */
    participantOf: (path: string): string | undefined =>
      path
        .split("/")
        .map((part) => part.split("_"))
        .find(
          ([, number = "", type, plugin]) =>
            /^\d+$/.test(number) && type === "assignfeedback" && plugin === "file",
        )?.[1],
  },
} as const;
