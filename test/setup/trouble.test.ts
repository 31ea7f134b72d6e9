import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { requireOrSkip } from "../requirements.js";
import { copyProject, remove, start, unrolled, type Ended } from "./project.js";

describe("set-up in trouble", function () {
  this.timeout(60_000);
  let project: string;

  beforeEach(() => {
    project = copyProject("none");
  });
  afterEach(() => {
    spawnSync("chmod", ["-R", "u+w", project]);
    remove(project);
  });

  const setUpThrough = (program: string, args: readonly string[]): Promise<Ended> =>
    start(program, [...args, process.execPath, join(project, "bin", "unrolled.mjs"), "setup"], {
      cwd: project,
      env: { npm_config_cache: join(project, "npm-cache") },
    }).ended;

  it("says in one line that the npm registry can't be reached", async () => {
    const { code, stderr } = await unrolled(project, ["setup"], {
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_cache: join(project, "npm-cache"),
    });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^unrolled: The network can't be reached: npm ci downloads packages, once.*; mend it with: npm ci/m,
    );
    assert.doesNotMatch(stderr, /^ +at /m, "no stack");
  });

  it("says in one line that npm is missing", async () => {
    const { code, stderr } = await unrolled(project, ["setup"], { PATH: join(project, "nowhere") });
    assert.equal(code, 1);
    assert.match(stderr, /^unrolled: npm was not found: .*; mend it with: /m);
  });

  it("says in one line that the folder can't be written to, and leaves nothing", async () => {
    spawnSync("chmod", ["-R", "a-w,a+rX", project]);
    const asNobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    const { code, stderr } =
      process.getuid?.() === 0
        ? await setUpThrough("setpriv", asNobody)
        : await setUpThrough("env", []);
    assert.equal(code, 1);
    assert.match(stderr, /^unrolled: This folder can't be written to: .*; mend it with: /m);
    assert.ok(!existsSync(join(project, "node_modules")));
  });

  it("says in one line that the disk is full", async function () {
    const inNamespace = ["--mount", "--map-root-user"];
    const can = spawnSync("unshare", [...inNamespace, "mount", "-t", "tmpfs", "none", project]);
    requireOrSkip(
      this,
      "unshare with mounts of its own",
      can.status === 0,
      "apt-get install util-linux (and allow user namespaces)",
    );
    remove(project);
    project = copyProject("linked packages");
    const dist = join(project, "dist");
    rmSync(dist, { recursive: true });
    mkdirSync(dist);
    chmodSync(dist, 0o755);
    const mountFull = 'mount -t tmpfs -o size=16k none "$0" && exec "$@"';
    const { code, stderr } = await setUpThrough("unshare", [
      ...inNamespace,
      "sh",
      "-c",
      mountFull,
      dist,
    ]);
    assert.equal(code, 1);
    assert.match(stderr, /^unrolled: The disk is full: .*; mend it with: /m);
  });
});
