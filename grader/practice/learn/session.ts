/**
 * `learn` in a terminal: one exercise at a time, checked on every save, guided by single keys.
 * What it needs of the outside (checking, writing, quitting) is given to it, so that tests can
 * lead it.
 */
import { readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { marks } from "#common/marks";
import { packRoot } from "#common/pack-root";
import type { Exercise } from "../../../exercises/exercise.js";
import { hintWords } from "../hints.js";
import {
  type Progress,
  progressOf,
  type ProgressResult,
  recordHint,
  recordStep,
  recordVerdict,
} from "../progress.js";
import { fileStore } from "../progressFile.js";
import { nextExercise, progressText } from "../progressTable.js";
import { textMark } from "../../words/marks.js";
import type { Colors } from "../../words/verdictText.js";
import { summary } from "../../words/sentences.js";
import { plainStatement } from "../../words/plainMath.js";
import { exerciseFile } from "../workspace.js";
import type { FileCheck } from "./checkFile.js";
import { type ReferenceSource, referenceSource } from "./referenceSource.js";
import { resetExercise } from "./reset.js";
import { isPassed, screenText } from "./screen.js";

/** What a session needs of the outside. */
export interface Surroundings {
  readonly workspace: string;
  readonly exercises: readonly Exercise[];
  readonly colors: Colors;
  readonly check: (exercise: Exercise, signal: AbortSignal) => Promise<FileCheck>;
  /** A verdict is on the screen: time to prepare the next check. */
  readonly checked?: () => void;
  /** Shows this text in place of what was shown before. */
  readonly write: (text: string) => void;
  readonly quit: () => void;
  /** The exercise to begin with; the first open one unless said. */
  readonly start?: Exercise;
}

/** A running session. */
export class Session {
  private readonly outside: Surroundings;
  private exercise: Exercise;
  private progress: Progress;
  private warning: string | undefined;
  private latest: FileCheck | undefined;
  private reference: ReferenceSource | undefined;
  private extra: string | undefined;
  private isAskingToReset = false;
  private running: AbortController | undefined;

  constructor(outside: Surroundings) {
    this.outside = outside;
    const { progress, warning } = fileStore(outside.workspace).read();
    this.progress = progress;
    this.warning = warning;
    const next = nextExercise(outside.exercises, progress);
    const { exercises, start } = outside;
    const first = start ?? exercises.find(({ id }) => id === next) ?? exercises.at(-1);
    if (first === undefined) throw new Error("learn: there are no exercises");
    this.exercise = first;
  }

  /** Shows the first exercise and checks it. */
  start(): Promise<void> {
    return this.checkNow();
  }

  /**
   * A file was saved: its exercise is checked, and becomes the current one. Any other file may
   * be one that the current exercise imports.
   */
  async saved(file: string): Promise<void> {
    const { exercises, workspace } = this.outside;
    const exercise = exercises.find(
      (one) => basename(exerciseFile(workspace, one)) === basename(file),
    );
    this.goTo(exercise ?? this.exercise);
    await this.checkNow();
  }

  /** A key was pressed. */
  async pressed(key: string): Promise<void> {
    if (this.isAskingToReset) {
      this.isAskingToReset = false;
      await this.answerReset(key === "y");
      return;
    }
    switch (key) {
      case "q":
      case "\u0003": // Ctrl-C
        this.running?.abort();
        this.outside.quit();
        return;
      case "n":
      case "\r":
        await this.next(key);
        return;
      case "h":
        this.giveHint();
        break;
      case "s":
        this.extra = this.statement();
        break;
      case "l":
        this.extra = progressText(this.outside.exercises, this.progress, this.outside.colors);
        break;
      case "c":
        await this.checkAll();
        return;
      case "r":
        this.isAskingToReset = true;
        this.extra = `Put the starter of ${this.exercise.id} back? Your version is kept aside. (y/n)`;
        break;
      default:
        return;
    }
    this.draw();
  }

  private goTo(exercise: Exercise): void {
    if (exercise !== this.exercise) {
      this.latest = undefined;
      this.reference = undefined;
    }
    this.exercise = exercise;
    this.extra = undefined;
  }

  /** Checks the current exercise; a check that still runs is given up. */
  private async checkNow(): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    const { exercise } = this;
    this.draw();
    const check = await this.outside.check(exercise, running.signal);
    if (this.running !== running || check.kind === "aborted") return;
    this.running = undefined;
    this.latest = check;
    if (check.kind === "verdict")
      this.keep(recordVerdict(fileStore(this.outside.workspace), check.verdict));
    this.reference = isPassed(check) ? referenceSource(exercise.id) : undefined;
    this.draw();
    this.outside.checked?.();
  }

  /** Goes on: after a pass to the next open exercise, otherwise the current one is skipped. */
  private async next(key: string): Promise<void> {
    const { exercises, workspace } = this.outside;
    if (!isPassed(this.latest)) {
      if (key === "\r") return; // skipping takes its own key
      const { id } = this.exercise;
      this.keep(recordStep(fileStore(workspace), { exercise: id, did: "skipped" }));
    }
    const after = exercises.slice(exercises.indexOf(this.exercise) + 1);
    const open = (list: readonly Exercise[]): Exercise | undefined =>
      list.find(({ id }) => !progressOf(this.progress, id).passed);
    const next = open(after) ?? open(exercises);
    if (next === undefined) {
      this.extra = this.outside.colors.green("All exercises pass. Well done!");
      this.draw();
      return;
    }
    this.goTo(next);
    await this.checkNow();
  }

  private giveHint(): void {
    const { workspace } = this.outside;
    const { id } = this.exercise;
    this.keep(recordHint(fileStore(workspace), id, progressOf(this.progress, id).hints));
    this.extra = hintWords(this.exercise, progressOf(this.progress, id).hints);
  }

  private statement(): string {
    const file = join(packRoot, "exercises", this.exercise.id, "statement.md");
    try {
      return plainStatement(readFileSync(file, "utf8"));
    } catch {
      return `The statement can't be read: ${file}`;
    }
  }

  private async checkAll(): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    const { exercises, check, workspace, colors } = this.outside;
    const lines: string[] = [];
    for (const exercise of exercises) {
      this.extra = [...lines, colors.dim(`checking ${exercise.id} …`)].join("\n");
      this.draw();
      const result = await check(exercise, running.signal);
      if (this.running !== running || result.kind === "aborted") return;
      if (result.kind === "verdict") this.keep(recordVerdict(fileStore(workspace), result.verdict));
      lines.push(oneLine(exercise, result, colors));
    }
    this.running = undefined;
    this.extra = lines.join("\n");
    this.draw();
  }

  private async answerReset(isYes: boolean): Promise<void> {
    const { workspace } = this.outside;
    if (!isYes) {
      this.extra = "Nothing was changed.";
      this.draw();
      return;
    }
    try {
      const done = resetExercise(workspace, this.exercise);
      if (done.kind === "unchanged") {
        this.extra = "The file is the starter already: nothing was changed.";
      } else {
        this.keep(recordStep(fileStore(workspace), { exercise: this.exercise.id, did: "reset" }));
        this.extra =
          done.kept === undefined
            ? "The starter is back."
            : `The starter is back; your version is ${done.kept}.`;
      }
    } catch (error) {
      this.extra = `The starter could not be put back: ${(error as Error).message}`;
    }
    await this.checkNow();
  }

  private keep({ progress, warning }: ProgressResult): void {
    this.progress = progress;
    this.warning = warning ?? this.warning;
  }

  private draw(): void {
    const { workspace, exercises, colors, write } = this.outside;
    const { exercise, progress, extra, reference, warning } = this;
    write(
      screenText(
        {
          exercise,
          exercises,
          progress,
          extra,
          reference,
          warning,
          file: relative(process.cwd(), exerciseFile(workspace, exercise)),
          check: this.latest,
          isChecking: this.running !== undefined,
        },
        colors,
      ),
    );
  }
}

/** One exercise's check in one line, for a list. */
export function oneLine(exercise: Exercise, check: FileCheck, colors: Colors): string {
  const { dim } = colors;
  if (check.kind === "verdict") {
    const { verdict } = check;
    const mark = textMark(verdict.status, colors);
    return `  ${mark} ${exercise.id}  ${dim(summary(verdict, exercise))}`;
  }
  const what =
    check.kind === "syntax-errors"
      ? "the file can't be read as TypeScript"
      : check.kind === "unusable"
        ? check.message
        : check.kind;
  return `  ${colors.red(marks.failed)} ${exercise.id}  ${dim(what)}`;
}
