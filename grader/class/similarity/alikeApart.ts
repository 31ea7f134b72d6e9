/**
 * Compares students' code in a process of its own, with bounds on time and memory: whoever shows the pairs never
 * looks into the code.
 */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { UnrolledError } from "../../../src/core/errors.js";
import type { AlikePair, StudentCode } from "./alike.js";

/** What is compared. */
export interface Question {
  readonly codes: readonly StudentCode[];
  readonly given: readonly string[];
}

/** Bounds on one exercise: a class of a thousand takes some seconds. */
export interface AlikeLimits {
  readonly milliseconds: number;
  readonly megabytes: number;
}

const LIMITS: AlikeLimits = { milliseconds: 60_000, megabytes: 1024 };

/** Code could not be compared within the bounds. */
export class NotComparedError extends UnrolledError {}

/**
 * {@link alikePairs} in a process of its own.
 *
 * @param question - the class's code, and what everybody had
 * @param limits - on its process
 * @returns the pairs that an instructor should look at
 * @throws NotComparedError where it takes more than that
 */
export function alikeApart(
  question: Question,
  limits: AlikeLimits = LIMITS,
): Promise<readonly AlikePair[]> {
  const child = fork(fileURLToPath(new URL("./alikeProcess.js", import.meta.url)), {
    execArgv: [`--max-old-space-size=${limits.megabytes}`],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  return new Promise<readonly AlikePair[]>((resolve, reject) => {
    const fail = (why: string): void => {
      reject(
        new NotComparedError(
          `similarity: the code could not be compared: ${why}; look at it by eye`,
        ),
      );
    };
    const late = setTimeout(() => {
      fail(`it takes longer than ${limits.milliseconds / 1000} s`);
      child.kill("SIGKILL");
    }, limits.milliseconds);
    child.once("message", (pairs) => {
      resolve(pairs as readonly AlikePair[]);
      child.kill("SIGKILL");
    });
    child.once("error", ({ message }) => {
      fail(message);
    });
    child.once("close", () => {
      clearTimeout(late);
      fail(`its process ended; it may need more than ${limits.megabytes} MB`);
    });
    child.send(question);
  });
}
