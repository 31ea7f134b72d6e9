import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, it } from "mocha";
import { remove, root } from "./project.js";

type TellWhatIsNew = (project: string, work: string, say: (line: string) => void) => void;

const module = pathToFileURL(join(root, "bin", "setup", "whats-new.mjs")).href;
const { tellWhatIsNew } = (await import(module)) as { tellWhatIsNew: TellWhatIsNew };

const changelog = `# Changelog

## [Unreleased]

- not yet

## [0.10.0] - 2026-12-01

### Added

- lesson 07

## [0.2.0] - 2026-11-25

### Fixed

- a fault

## [0.1.0] - 2026-11-24

- the first
`;

describe("after an update", () => {
  let project: string;
  let work: string;
  const release = (version: string): void => {
    writeFileSync(join(project, "package.json"), JSON.stringify({ version }));
  };
  const news = (): string[] => {
    const said: string[] = [];
    tellWhatIsNew(project, work, (line) => said.push(line));
    return said;
  };

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "unrolled-news-"));
    work = join(project, "my-work");
    mkdirSync(join(work, ".unrolled"), { recursive: true });
    writeFileSync(join(project, "CHANGELOG.md"), changelog);
    release("0.1.0");
    assert.deepEqual(news(), [], "a first start has no news");
  });
  afterEach(() => {
    remove(project);
  });

  it("the changelog's sections since the last start are told, the newest first, once", () => {
    release("0.10.0");
    assert.deepEqual(news(), [
      "Updated from 0.1.0 to 0.10.0.",
      "  Version 0.10.0:",
      "  Added:",
      "  - lesson 07",
      "  Version 0.2.0:",
      "  Fixed:",
      "  - a fault",
    ]);
    assert.deepEqual(news(), []);
  });

  it("only what came after the last start is told: 0.10.0 is newer than 0.2.0", () => {
    release("0.2.0");
    assert.equal(news().at(-1), "  - a fault");
    release("0.10.0");
    assert.equal(news().at(-1), "  - lesson 07");
  });

  it("going back to an older version tells nothing", () => {
    release("0.10.0");
    news();
    release("0.2.0");
    assert.deepEqual(news(), []);
  });

  it("a learner of version 0.1.0, which remembered nothing, is told too", () => {
    const older = join(project, "older");
    mkdirSync(join(older, ".unrolled"), { recursive: true });
    writeFileSync(join(older, ".unrolled", "copied.json"), "{}");
    work = older;
    release("0.2.0");
    assert.equal(news()[0], "Updated from 0.1.0 to 0.2.0.");
  });

  it("a long list ends after twelve lines with the file's name", () => {
    const many = Array.from({ length: 30 }, (_, n) => `- change ${n}`).join("\n");
    writeFileSync(join(project, "CHANGELOG.md"), `## [0.2.0] - 2026-11-25\n\n${many}\n`);
    release("0.2.0");
    const said = news();
    assert.equal(said.length, 14);
    assert.equal(said.at(-1), "The rest: CHANGELOG.md");
  });

  it("a lost changelog or a spoilt record stops nobody", () => {
    remove(join(project, "CHANGELOG.md"));
    release("0.2.0");
    assert.deepEqual(news(), ["Updated from 0.1.0 to 0.2.0.", "The rest: CHANGELOG.md"]);
    writeFileSync(join(work, ".unrolled", "version"), "what?");
    assert.deepEqual(news(), []);
  });

  it("this version has its section in the pack's own changelog", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      version: string;
    };
    assert.match(
      readFileSync(join(root, "CHANGELOG.md"), "utf8"),
      new RegExp(`^## \\[${version.replaceAll(".", "\\.")}\\] - \\d{4}-\\d{2}-\\d{2}$`, "m"),
    );
  });
});
