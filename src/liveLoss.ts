/**
 * How a training goes while it runs, and what is left of it when it is stopped.
 *
 * A training keeps its thread busy, so nothing that waits for its turn is shown before its end. Our own kernel takes
 * a picture at once, from another thread, and puts each new one in the place of the last. Elsewhere there are lines.
 */
import { inWords, requireRecord, requireWhole } from "./core/arguments.js";
import { OutOfRangeError } from "./core/errors.js";
import { kernelHook, type KernelHook } from "./display/kernelHook.js";
import { lossSvg } from "./display/lossSvg.js";
import type { TrainingStep } from "./train.js";

/** A training as it runs, and what it has learned so far. */
export interface LiveLoss<P> {
  /** Is told of each step: `train`'s `onStep`. */
  readonly onStep: (step: Pick<TrainingStep<P>, "loss" | "parameters">) => void;
  /** The loss of each step so far, in nats. */
  readonly losses: readonly number[];
  /** The parameters after the last step that came to its end; undefined before the first has. */
  readonly parameters: P | undefined;
}

/** So many pictures, and so many lines, are shown of one training. */
const [pictures, lines] = [20, 5];

let made = 0;

/**
 * Shows the loss while a training runs: a curve that grows on our own kernel, a few lines of text elsewhere.
 *
 * When the cell is stopped (■), `parameters` are still what was learned until then, if the result of liveLoss has a
 * name that the cell gave it at its top.
 *
 * @param name - what is trained, in a word or two
 * @param steps - how many steps there will be, at least 1
 * @param unit - of the loss, "nats" unless said
 * @returns onStep for `train`, and the losses and parameters so far
 * @throws OutOfRangeError when steps is no whole number of at least 1, or name or unit no text
 * @example
 * const live = liveLoss("a bowl", 4);
 * const lossAndGradients = ({ w }) => ({ total: w.get(0, 0) ** 2, gradients: { dw: w.times(2) } });
 * train({ parameters: { w: Mat.from([[3]]) }, lossAndGradients, steps: 4, onStep: live.onStep });
 * live.losses.length // → 4
 */
export function liveLoss<P>(name: string, steps: number, unit: string = "nats"): LiveLoss<P> {
  requireText("name", name);
  requireWhole("liveLoss", "steps", steps, 1);
  requireText("unit", unit);
  const losses: number[] = [];
  const display_id = `loss-${Date.now()}-${++made}`;
  const told = (): string => {
    const last = losses.slice(-Math.ceil(steps / pictures));
    const mean = last.reduce((sum, value) => sum + value, 0) / last.length;
    return `${name}: step ${losses.length} of ${steps}, loss ${mean.toPrecision(3)} ${unit}`;
  };
  let parameters: P | undefined;
  let shown = false;
  return {
    losses,
    get parameters() {
      return parameters;
    },
    onStep(step) {
      requireRecord("liveLoss", "onStep's step", step);
      if (typeof step.loss !== "number") {
        throw new OutOfRangeError(
          `liveLoss: expected a number for the loss of onStep's step, got ${inWords(step.loss)}`,
        );
      }
      losses.push(step.loss);
      ({ parameters } = step);
      const globals = globalThis as Globals;
      const hook = globals[kernelHook];
      if (!isTime(losses.length, steps, hook === undefined ? lines : pictures)) return;
      const caption = told();
      if (hook === undefined) {
        globals.console?.log(caption);
        return;
      }
      const picture = lossSvg(losses, steps, caption);
      hook.display(
        { "image/svg+xml": picture, "text/plain": caption },
        { display_id, update: shown },
      );
      shown = true;
    },
  };
}

interface Globals {
  readonly [kernelHook]?: KernelHook;
  readonly console?: { log(text: string): void };
}

/** Whether one of `times` equal parts of all steps has just ended. */
function isTime(step: number, steps: number, times: number): boolean {
  return Math.floor((step * times) / steps) > Math.floor(((step - 1) * times) / steps);
}

function requireText(symbol: string, value: unknown): void {
  if (typeof value === "string") return;
  throw new OutOfRangeError(`liveLoss: expected a text for ${symbol}, got ${inWords(value)}`);
}
