/**
 * Comms: messages between a cell and a program in the notebook's page, such as a widget, in both directions
 * (Jupyter's `comm_open`, `comm_msg` and `comm_close`). The page knows programs by the name of their target.
 */
import {
  kernelHook,
  type Comm,
  type CommExtras,
  type CommHandler,
  type CommMessage,
  type KernelComms,
  type KernelHook,
} from "./kernelHook.js";

/**
 * Opens a comm to a program in the page.
 *
 * @param target - the program's name there, such as `jupyter.widget`
 * @param data - JSON that it gets first
 * @param extras - metadata and binary parts of this message
 * @returns the comm; closed at once by a page that knows no such program
 * @throws Error where the kernel has no comms, or the data is not JSON
 */
export function openComm(
  target: string,
  data: CommMessage["data"] = {},
  extras: CommExtras = {},
): Comm {
  return commsFor("openComm").open(target, data, extras);
}

/**
 * Lets the page open comms to this notebook; a second handler of the same name takes the first one's place.
 *
 * @param target - the name under which the page asks
 * @param handler - takes each comm
 * @throws Error where the kernel has no comms
 */
export function registerTarget(target: string, handler: CommHandler): void {
  commsFor("registerTarget").register(target, handler);
}

function commsFor(caller: string): KernelComms {
  const comms = (globalThis as { readonly [kernelHook]?: KernelHook })[kernelHook]?.comms;
  if (comms === undefined) {
    throw new Error(
      `${caller}: there are no comms here: expected a notebook on the kernel "TypeScript (Unrolled)"; choose it in the notebook's kernel menu`,
    );
  }
  return comms;
}
