import { createRequire } from "node:module";
import type { Bundle } from "../protocol/threadMessages.js";
import type { DisplayOptions } from "./kernelGlobal.js";
import { packFile } from "./paths.js";

/**
 * Makes `display` of "tslab" show here: it sends through a variable of tslab's protocol layer, which is not running.
 *
 * @param display - shows a bundle
 */
export function connectTslabDisplay(
  display: (bundle: Bundle, options: DisplayOptions) => void,
): void {
  const jupyter = createRequire(packFile)("tslab/dist/jupyter.js") as {
    lastWriteDisplayData: unknown;
  };
  jupyter.lastWriteDisplayData = (
    content: { data: Bundle; metadata: Bundle; transient: { display_id?: string } },
    update?: boolean,
  ) => {
    const id = content.transient.display_id;
    display(content.data, { update: update === true, ...(id !== undefined && { display_id: id }) });
  };
}
