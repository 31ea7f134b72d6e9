/** The zip that an instructor uploads to Gradescope as an autograder: this pack, and the two scripts that it runs. */
import { strToU8, zipSync, type Zippable } from "fflate";
import { ALWAYS_THE_SAME } from "./zipTime.js";

/** What the autograder grades. */
export interface AutograderSettings {
  readonly assignment: string;
  /** The ids of the exercises. */
  readonly exercises: readonly string[];
  /** The same inputs for every student. */
  readonly seed: number;
  /** A course.yaml of the assignment, where its course has one. */
  readonly course?: string;
}

/** The platform stops a run after ten minutes, unless the instructor says otherwise. */
const DEADLINE = 540;

const SETUP = `#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends bubblewrap ca-certificates npm perl-base util-linux
npm install --global n
n 22
hash -r
cd "\${AUTOGRADER:-/autograder}/source/unrolled"
npm ci --omit=dev --ignore-scripts --no-audit --no-fund
`;

/**
 * The zip.
 *
 * @param pack - the pack's files that grading needs, by their paths
 * @param settings - what is graded
 * @returns a zip with setup.sh, run_autograder, unrolled/, and the course's settings where there are some
 */
export function gradescopeZip(
  pack: ReadonlyMap<string, Uint8Array>,
  settings: AutograderSettings,
): Uint8Array {
  const files: Zippable = {
    "setup.sh": executable(SETUP),
    run_autograder: executable(runScript(settings)),
  };
  if (settings.course !== undefined) files["course.yaml"] = strToU8(settings.course);
  for (const [path, bytes] of pack) files[`unrolled/${path}`] = bytes;
  return zipSync(files, { mtime: ALWAYS_THE_SAME, level: 9 });
}

function executable(script: string): Zippable[string] {
  return [strToU8(script), { os: 3, attrs: 0o100755 << 16 }];
}

function runScript({ assignment, exercises, seed, course }: AutograderSettings): string {
  const settings = course === undefined ? "" : ` --course "$root/source/course.yaml"`;
  return `#!/usr/bin/env bash
# Gradescope runs this for each hand-in. Where its containers allow no user namespaces, bubblewrap can't
# work: then student code runs as another user, from whom all of this folder is closed.
set -uo pipefail
root=\${AUTOGRADER:-/autograder}
results=$root/results/results.json
mkdir -p "$root/results"
chmod 700 "$root"
rm -f "$results"
gradebook=$(mktemp -d)
trap 'rm -rf "$gradebook"' EXIT
cd "$root/source/unrolled" && node --input-type=module -e '
  import { main } from "./dist/grader/cli.js";
  process.exitCode = await main(process.argv.slice(1));
' -- grade "$root/submission" --student submission --assignment ${quoted(assignment)} \\
  --exercises ${quoted(exercises.join(","))} --seed ${seed} --deadline ${DEADLINE}${settings} \\
  --gradebook "$gradebook/gradebook.sqlite" --format "gradescope=$results" \\
  --accept-weaker-sandbox
[ -e "$results" ] || echo '{"score": 0, "output": "The grader could not start: tell your instructor."}' > "$results"
`;
}

/** A word that the shell takes as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
