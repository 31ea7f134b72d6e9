// tfjs-node's native part, from npm and PyPI alone (Linux on x86-64).
//
// The package's own install script downloads libtensorflow and a prebuilt addon from outside the
// registries. Both can be had within them:
//   * PyPI's tensorflow-cpu wheel holds libtensorflow_cc and libtensorflow_framework, which export
//     the C API that the addon calls (2.15.1 is the newest with which tfjs-core's whole suite passes);
//   * the addon's sources are in the npm package, and it is plain Node-API, so that g++ and npm's
//     node-api-headers build it for every version of Node at once.
// The result is kept in a cache outside node_modules, which `npm ci` deletes, and hard-linked from there.
import {
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { packagesStep } from "./packages.mjs";
import { inProject } from "./places.mjs";
import { Problem, problemFrom } from "./problem.mjs";
import { findPython } from "./python.mjs";
import { run } from "./run.mjs";
import { installCommand, onPath } from "./system-packages.mjs";

const tensorflow = {
  version: "2.15.1",
  // The wheel for Python 3.11, whatever Python runs pip: nothing in it that we use is Python.
  sha256: "54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26",
};
const tfjsNodeVersion = "4.22.0";
const nodeApi = 8;
const again = "npm run setup:native";

const tfjsNode = inProject("node_modules", "@tensorflow", "tfjs-node");
const addon = join("lib", `napi-v${nodeApi}`, "tfjs_binding.node");
const probe = fileURLToPath(new URL("probe-tfjs-node.cjs", import.meta.url));
const unpacker = fileURLToPath(new URL("take_libtensorflow.py", import.meta.url));

/** Where the result is kept: UNROLLED_NATIVE_CACHE, or the user's cache folder. */
function cacheFolder() {
  return (
    process.env.UNROLLED_NATIVE_CACHE ??
    join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "unrolled")
  );
}

/** What was built for which versions: another combination is another folder. */
function cachedBuild() {
  const parts = [
    "tfjs-node",
    tfjsNodeVersion,
    "tf",
    tensorflow.version,
    `napi${nodeApi}`,
    "linux-x64",
  ];
  return join(cacheFolder(), parts.join("-"));
}

/**
 * Whether tfjs-node computes, tried in a process of its own (a broken addon may end it).
 * @returns {Promise<{ works: boolean, says: string }>}
 */
export async function probeNative() {
  const { code, output } = await run(process.execPath, [probe], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" },
    seconds: 60,
  });
  const lines = output.trim().split("\n");
  return { works: code === 0, says: lines.at(code === 0 ? -1 : 0) ?? "" };
}

/** @type {import("./steps.mjs").Step} */
export const nativeStep = {
  title: "Making tfjs-node's native part",
  needs: [packagesStep],
  made: "tfjs-node with its native part",
  where: "node_modules/@tensorflow/tfjs-node",
  outside: cachedBuild,
  isDone: async () => existsSync(join(tfjsNode, addon)) && (await probeNative()).works,
  async run(say) {
    await requireMeans();
    if (!existsSync(join(cachedBuild(), addon))) await build(say);
    say("linking it into node_modules");
    for (const part of ["lib", "deps"]) {
      rmSync(join(tfjsNode, part), { recursive: true, force: true });
      linkTree(join(cachedBuild(), part), join(tfjsNode, part));
    }
    say("trying it");
    const { works, says } = await probeNative();
    if (!works) {
      throw new Problem({
        what: "tfjs-node was built but does not compute",
        why: says,
        mend: `rm -rf ${cachedBuild()} && ${again}`,
      });
    }
  },
};

async function requireMeans() {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Problem({
      what: "tfjs-node's native part is for Linux on x86-64 only",
      why: `this is ${process.platform} on ${process.arch}; the lessons use @tensorflow/tfjs here, which is slower`,
      mend: "nothing to do, all lessons run without it",
    });
  }
  if (!existsSync(join(tfjsNode, "binding", "tfjs_binding.cc"))) {
    throw new Problem({
      what: "The package @tensorflow/tfjs-node is missing",
      why: "it is a package of the development, which was left out",
      mend: `npm ci --ignore-scripts && ${again}`,
    });
  }
  const { version } = JSON.parse(readFileSync(join(tfjsNode, "package.json"), "utf8"));
  if (version !== tfjsNodeVersion) {
    throw new Problem({
      what: `@tensorflow/tfjs-node is ${version}`,
      why: `the native part is made for ${tfjsNodeVersion}`,
      mend: `npm ci --ignore-scripts && ${again}`,
    });
  }
  if (!onPath(process.env.CXX ?? "g++")) {
    throw new Problem({
      what: "A C++ compiler was not found",
      why: "it builds the part of tfjs-node that speaks with TensorFlow",
      mend: installCommand("compiler"),
    });
  }
}

/** Builds in a temporary folder and moves the result into place in one go. */
async function build(say) {
  mkdirSync(cacheFolder(), { recursive: true });
  const folder = mkdtempSync(join(cacheFolder(), "building-"));
  const removeIt = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", removeIt);
  try {
    say("fetching tensorflow-cpu (about 200 MB)");
    const python = await findPython();
    await fetchWheel(python, folder);
    say("taking the two libraries out of it");
    await must("unpacking the wheel", python, [unpacker, folder, join(folder, "out", "deps")]);
    const libraries = join(folder, "out", "deps", "lib");
    if (onPath("strip")) {
      const large = readdirSync(libraries).map((name) => join(libraries, name));
      await run("strip", ["--strip-unneeded", ...large]); // smaller; no harm if it can't
    }
    // The names that the linker, and the addon's own loader, look for.
    symlinkSync("libtensorflow_cc.so.2", join(libraries, "libtensorflow.so"));
    symlinkSync("libtensorflow_framework.so.2", join(libraries, "libtensorflow_framework.so"));
    say("compiling the addon");
    await compile(join(folder, "out"));
    rmSync(join(folder, "out", "deps", "include"), { recursive: true });
    try {
      renameSync(join(folder, "out"), cachedBuild());
    } catch (error) {
      // Another process was faster: its result is the same.
      if (!existsSync(join(cachedBuild(), addon))) throw error;
    }
  } finally {
    removeIt();
    process.off("exit", removeIt);
  }
}

async function fetchWheel(python, folder) {
  const requirements = join(folder, "requirements.txt");
  writeFileSync(
    requirements,
    `tensorflow-cpu==${tensorflow.version} --hash=sha256:${tensorflow.sha256}\n`,
  );
  const platforms = ["manylinux2014_x86_64", "manylinux_2_17_x86_64"];
  await must("pip download tensorflow-cpu", python, [
    ...["-m", "pip", "download", "--no-deps", "--no-cache-dir", "--only-binary=:all:"],
    ...["--progress-bar", "off", "--no-input", "--disable-pip-version-check"],
    ...["--python-version", "3.11", "--implementation", "cp"],
    ...platforms.flatMap((platform) => ["--platform", platform]),
    ...["--require-hashes", "-d", folder, "-r", requirements],
  ]);
}

async function compile(out) {
  mkdirSync(join(out, "lib", `napi-v${nodeApi}`), { recursive: true });
  const sources = ["tfjs_backend.cc", "tfjs_binding.cc"].map((name) =>
    join(tfjsNode, "binding", name),
  );
  await must("Compiling the addon", process.env.CXX ?? "g++", [
    ...["-std=c++17", "-O2", "-fPIC", "-shared"],
    ...[`-DNAPI_VERSION=${nodeApi}`, "-DBUILDING_NODE_EXTENSION"],
    `-I${inProject("node_modules", "node-api-headers", "include")}`,
    `-I${join(out, "deps", "include")}`,
    ...sources,
    ...["-o", join(out, addon)],
    ...[`-L${join(out, "deps", "lib")}`, "-ltensorflow", "-ltensorflow_framework"],
    "-Wl,-rpath,$ORIGIN/../../deps/lib",
  ]);
}

async function must(doing, program, args) {
  const { code, output } = await run(program, args);
  if (code !== 0) throw problemFrom(doing, output, again);
}

/** Copies a folder by hard links; by real copies where the cache is on another disk. */
function linkTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    const kind = lstatSync(source);
    if (kind.isDirectory()) linkTree(source, target);
    else if (kind.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else {
      try {
        linkSync(source, target);
      } catch {
        cpSync(source, target);
      }
    }
  }
}
