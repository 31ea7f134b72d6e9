/** The workflow of a GitHub Classroom assignment: grades each push, annotates it, and reports the points. */
import { stringify } from "yaml";
import { FormatError } from "./format.js";

/** What the workflow grades, and where it finds this pack. */
export interface WorkflowSettings {
  readonly assignment: string;
  /** The ids of the exercises. */
  readonly exercises: readonly string[];
  /** The same inputs for every student. */
  readonly seed: number;
  /** A course.yaml of the assignment, where its course has one; students can read it. */
  readonly course?: string;
  /** The pack's repository: "owner/name". */
  readonly repository: string;
  /** Its tag, branch or commit. */
  readonly ref: string;
}

/**
 * The file .github/workflows/classroom.yml.
 *
 * @param settings - what is graded
 * @returns YAML
 * @throws FormatError where a name holds what GitHub would replace
 */
export function githubWorkflow(settings: WorkflowSettings): string {
  const { assignment, exercises, seed, course, repository, ref } = settings;
  for (const text of [assignment, repository, ref, course ?? ""]) {
    if (text.includes("${{"))
      throw new FormatError(
        `autograder github: ${JSON.stringify(text)} holds "\${{", which GitHub replaces: expected a plain name; leave it out`,
      );
  }
  // What a person chose reaches the shell as a variable, never as a part of the script.
  const env = { ASSIGNMENT: assignment, EXERCISES: exercises.join(","), SEED: String(seed) };
  const grade =
    course === undefined
      ? { env, run: gradeScript("") }
      : { env: { ...env, COURSE: course }, run: gradeScript(WITH_COURSE) };
  const workflow = {
    name: "Autograding Tests",
    on: { push: {}, workflow_dispatch: {}, repository_dispatch: {} },
    permissions: { checks: "write", actions: "read", contents: "read" },
    jobs: {
      "run-autograding-tests": {
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 15,
        if: "github.actor != 'github-classroom[bot]'",
        steps: [
          { uses: "actions/checkout@v4", with: { path: "hand-in", "persist-credentials": false } },
          {
            uses: "actions/checkout@v4",
            with: { repository, ref, path: "unrolled", "persist-credentials": false },
          },
          { uses: "actions/setup-node@v4", with: { "node-version": 22 } },
          { name: "Sandbox", run: SANDBOX },
          { name: "Grade", id: "grade", ...grade },
          {
            uses: "classroom-resources/autograding-grading-reporter@v1",
            env: { GRADE_RESULTS: "${{ steps.grade.outputs.result }}" },
            with: { runners: "grade" },
          },
        ],
      },
    },
  };
  return stringify(workflow, { lineWidth: 0 });
}

/** Ubuntu keeps user namespaces from programs that it does not know. */
const SANDBOX = `sudo apt-get update
sudo apt-get install -y bubblewrap
sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 || true
`;

const WITH_COURSE = `printf '%s' "$COURSE" > "$RUNNER_TEMP/course.yaml"
set -- --course "$RUNNER_TEMP/course.yaml"
`;

function gradeScript(before: string): string {
  return `cd unrolled
${before}npx unrolled grade ../hand-in --student "$GITHUB_ACTOR" --assignment "$ASSIGNMENT" \\
  --exercises "$EXERCISES" --seed "$SEED" --deadline 600 "$@" \\
  --format github-annotations=- --format github-classroom=../classroom.txt
cat ../classroom.txt >> "$GITHUB_OUTPUT"
`;
}
