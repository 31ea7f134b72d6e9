import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { copyProject, remove, start, unrolled, type Ended } from "./project.js";

/**
 * A stand-in for python3 that notes each call. `-m venv DIR` puts itself there as DIR/bin/python, and
 * the environment variable PIP says whether pip "installs" or fails with that message.
 */
const standIn = `#!/bin/sh
echo "$0 $*" >> "$CALLS"
case "$*" in
  *ensurepip*) echo "$VERSION"; [ -z "$NO_VENV" ] ;;
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  *sys.prefix*) dirname "$(dirname "$0")" ;;
  "-m pip install "*) sleep "\${SLOW:-0}"; [ -z "$PIP" ] || { echo "$PIP" >&2; exit 1; } ;;
esac
`;

describe("the Python environment", function () {
  this.timeout(60_000);
  let project: string;
  let programs: string;
  let calls: string;

  beforeEach(() => {
    project = copyProject("linked packages");
    programs = join(project, "programs");
    calls = join(project, "calls");
    mkdirSync(programs);
    writeFileSync(calls, "");
    // What the stand-in itself calls, and no Python of the system's.
    for (const name of ["sh", "cp", "mkdir", "dirname", "du", "sleep"]) {
      symlinkSync(join("/bin", name), join(programs, name));
    }
  });
  afterEach(() => {
    remove(project);
  });

  const withPython = (name = "python3"): void => {
    writeFileSync(join(programs, name), standIn);
    chmodSync(join(programs, name), 0o755);
  };
  const setUp = (env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
    unrolled(project, ["setup"], { PATH: programs, CALLS: calls, VERSION: "3.12", ...env });
  const stamp = (): string => join(project, ".venv", ".installed-lessons");

  it("names the command that installs Python where there is none", async () => {
    const { code, stderr } = await setUp();
    assert.equal(code, 1);
    assert.match(stderr, /unrolled: Python was not found: .*3\.10 or newer; mend it with: \S+/);
    assert.ok(!existsSync(join(project, ".venv")));
  });

  it("names the version that is too old", async () => {
    withPython();
    const { code, stderr } = await setUp({ VERSION: "3.9" });
    assert.equal(code, 1);
    assert.match(stderr, /unrolled: Python 3\.9 is too old: /);
  });

  it("takes a newer Python beside one that is too old", async () => {
    withPython("python");
    writeFileSync(join(programs, "python3"), "#!/bin/sh\necho 3.8\n", { mode: 0o755 });
    await setUp();
    assert.ok(existsSync(stamp()));
  });

  it("says so where Python can't make environments (Debian without python3-venv)", async () => {
    withPython();
    const { code, stderr } = await setUp({ NO_VENV: "1" });
    assert.equal(code, 1);
    assert.match(stderr, /unrolled: Python 3\.12 can't make environments: /);
  });

  for (const [fault, said, problem] of [
    ["no network", "Temporary failure in name resolution", "The network can't be reached"],
    ["a full disk", "OSError: [Errno 28] No space left on device", "The disk is full"],
    ["a read-only folder", "OSError: [Errno 30] Read-only file system", "can't be written to"],
  ] as const) {
    it(`tells ${fault} from other failures, and leaves no stamp`, async () => {
      withPython();
      const { code, stderr } = await setUp({ PIP: said });
      assert.equal(code, 1);
      assert.ok(stderr.includes(problem), stderr);
      assert.ok(stderr.includes(`  | ${said}`), "the program's last words are shown");
      assert.ok(!existsSync(stamp()));
    });
  }

  it("is made anew after a run that was killed half-way", async () => {
    withPython();
    mkdirSync(join(project, ".venv", "bin"), { recursive: true });
    writeFileSync(join(project, ".venv", "left-behind"), "");
    await setUp();
    assert.ok(existsSync(stamp()));
    assert.ok(!existsSync(join(project, ".venv", "left-behind")));
  });

  it("is made once, brought up to date in place, and kept when that fails", async () => {
    withPython();
    const installs = (): number => readFileSync(calls, "utf8").split("-m pip install").length - 1;
    const made = (): number => readFileSync(calls, "utf8").split("-m venv").length - 1;
    await setUp();
    assert.deepEqual([made(), installs()], [1, 1]);
    await setUp();
    assert.deepEqual([made(), installs()], [1, 1]);
    writeFileSync(join(project, "requirements.txt"), "# another version\n");
    await setUp({ PIP: "Temporary failure in name resolution" });
    assert.ok(existsSync(stamp()), "the environment still works for the old version");
    await setUp();
    assert.deepEqual([made(), installs()], [1, 3]);
  });

  it("is made once by two set-ups at the same time: the second waits", async () => {
    withPython();
    const both = await Promise.all([setUp({ SLOW: "1" }), setUp({ SLOW: "1" })]);
    assert.deepEqual(
      both.map(({ code }) => code),
      [0, 0],
    );
    assert.equal(readFileSync(calls, "utf8").split("-m venv").length - 1, 1);
    assert.ok(both.some(({ stderr }) => stderr.includes("Waiting for another set-up")));
    assert.ok(!existsSync(join(project, ".set-up.lock")));
  });

  it("does not wait for a set-up that was killed", async () => {
    withPython();
    const killed = start(process.execPath, [join(project, "bin", "unrolled.mjs"), "setup"], {
      cwd: project,
      env: { PATH: programs, CALLS: calls, VERSION: "3.12", SLOW: "5" },
    });
    while (!readFileSync(calls, "utf8").includes("pip install")) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    killed.process.kill("SIGKILL");
    await killed.ended;
    assert.ok(existsSync(join(project, ".set-up.lock")), "left behind");
    assert.equal((await setUp()).code, 0);
    assert.ok(existsSync(stamp()));
  });
});
