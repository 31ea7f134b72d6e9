/**
 * Stryker's test runner for this pack: the tests are loaded once, and run again for each mutant.
 *
 * A process for each mutant takes a second, of which the tests are some milliseconds. Stryker's code
 * holds all mutants of a file and asks `globalThis.__stryker__` which one is on; so one process can run
 * the tests for all of them, but for those that act while a file is loaded: for these Stryker begins a
 * new process (`reloadEnvironment`), and the files are loaded with the mutant on. A process that hangs
 * is ended by Stryker.
 */
import { resolve } from "node:path";
import Mocha from "mocha";

/** What the changed code reads and counts. */
interface StrykerGlobal {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: unknown;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

const shared = globalThis as { __stryker__?: StrykerGlobal };

/** The part of Stryker's options that is read here. */
interface Options {
  readonly mochaFiles: readonly string[];
}

interface MutantRun {
  readonly activeMutant: { readonly id: string };
  readonly testFilter?: readonly string[];
  readonly hitLimit?: number;
}

interface TestResult {
  readonly id: string;
  readonly name: string;
  readonly timeSpentMs: number;
  /** 0 success, 1 failed, 2 skipped. */
  readonly status: number;
  readonly failureMessage?: string;
}

class MochaRunner {
  private mocha: Mocha | undefined;
  private readonly files: readonly string[];

  constructor(files: readonly string[]) {
    this.files = files;
  }

  capabilities(): { readonly reloadEnvironment: boolean } {
    return { reloadEnvironment: false };
  }

  async dryRun(): Promise<unknown> {
    const tests = await this.run({ bail: false });
    const mutantCoverage = (shared.__stryker__ ??= {}).mutantCoverage;
    return { status: "complete", tests, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }: MutantRun): Promise<unknown> {
    const state = (shared.__stryker__ ??= {});
    state.activeMutant = activeMutant.id;
    state.hitLimit = hitLimit;
    state.hitCount = hitLimit === undefined ? undefined : 0;
    try {
      const tests = await this.run({ bail: true, only: testFilter });
      const failed = tests.filter(({ status }) => status === 1);
      if (failed.length === 0) return { status: "survived", nrOfTests: tests.length };
      return {
        status: "killed",
        killedBy: failed.map(({ id }) => id),
        failureMessage: failed[0]!.failureMessage ?? "",
        nrOfTests: tests.length,
      };
    } catch (error) {
      // the tests could not even be loaded, or ended in the midst: the change was noticed
      return {
        status: "killed",
        killedBy: ["loading"],
        failureMessage: String(error),
        nrOfTests: 0,
      };
    }
  }

  /** All tests, or those with these titles, with the mutant that is on. */
  private async run(asked: {
    readonly bail: boolean;
    readonly only?: readonly string[] | undefined;
  }): Promise<readonly TestResult[]> {
    const mocha = (this.mocha ??= await load(this.files));
    mocha.suite.bail(asked.bail);
    const titles = asked.only?.map((title) => title.replaceAll(/[$()*+./?[\\\]^{|}-]/g, "\\$&"));
    mocha.grep(new RegExp(titles === undefined ? "" : `^(?:${titles.join("|")})$`));
    const results: TestResult[] = [];
    return new Promise((done, fail) => {
      const runner = mocha.run(() => done(results));
      const state = (shared.__stryker__ ??= {});
      runner.on("test", (test) => (state.currentTestId = test.fullTitle()));
      runner.on("pass", (test) => results.push(resultOf(test, 0)));
      runner.on("pending", (test) => results.push(resultOf(test, 2)));
      runner.on("fail", (test, error: unknown) =>
        results.push({ ...resultOf(test, 1), failureMessage: String(error) }),
      );
      runner.on("error", fail);
    });
  }
}

async function load(files: readonly string[]): Promise<Mocha> {
  const silent = function (): void {} as unknown as Mocha.ReporterConstructor;
  const mocha = new Mocha({ timeout: 10_000, reporter: silent });
  mocha.cleanReferencesAfterRun(false);
  for (const file of files) mocha.addFile(resolve(file));
  await mocha.loadFilesAsync();
  return mocha;
}

function resultOf(test: Mocha.Test, status: number): TestResult {
  const title = test.fullTitle();
  return { id: title, name: title, timeSpentMs: test.duration ?? 0, status };
}

/** Made by Stryker, in the process that runs the tests. */
function mochaRunner({ mochaFiles }: Options): MochaRunner {
  return new MochaRunner(mochaFiles);
}
mochaRunner.inject = ["options"] as const;

/** What Stryker looks for in a plugin. */
export const strykerPlugins = [{ kind: "TestRunner", name: "unrolled", factory: mochaRunner }];
