/** Progress of a run: one line that is rewritten on a terminal, plain lines elsewhere. */

/** Where progress is shown. */
export interface ProgressTarget {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Where nothing is shown. */
export const SILENT: ProgressTarget = { write: () => undefined };

/** A running count. */
export interface Progress {
  /** One more is done; `what` says which. `isNew` is false for one that cost no time. */
  step(what: string, isNew: boolean): void;
  finish(): void;
}

const WIDTH = 24;

/** Progress over `total` hand-ins. */
export function progress(total: number, target: ProgressTarget): Progress {
  const start = performance.now();
  let done = 0;
  let graded = 0;

  function timeLeft(): string {
    if (graded === 0 || done === total) return "";
    const seconds = ((performance.now() - start) / 1000 / graded) * (total - done);
    return `, ${durationText(seconds)} left`;
  }

  return {
    step(what, isNew) {
      done++;
      if (isNew) graded++;
      const count = `${done}/${total}`;
      if (target.isTTY === true) {
        const filled = Math.round((WIDTH * done) / total);
        const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
        const line = `${bar} ${count}${timeLeft()}  ${printable(what)}`;
        target.write(`\r\u001b[2K${line.slice(0, (target.columns ?? 80) - 1)}`);
      } else {
        target.write(`${count} ${printable(what)}${timeLeft()}\n`);
      }
    },
    finish() {
      if (target.isTTY === true) target.write("\r\u001b[2K");
    },
  };
}

/** "8 s", "3 min". */
export function durationText(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/** A student's text without what a terminal would obey. */
export function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, "�");
}
