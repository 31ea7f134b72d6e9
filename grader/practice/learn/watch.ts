/** Tells which exercise file was saved. */
import { type FSWatcher, watch } from "chokidar";

/** Something that watches until it is closed. */
export interface Watcher {
  close(): Promise<void>;
}

/**
 * Calls `saved` with each TypeScript file in `folder` that is written. Where the system can't
 * watch (too many watches, a network drive), the folder is read again and again instead.
 *
 * @param options - `poll`: do not even try to be told by the system
 */
export function watchFolder(
  folder: string,
  saved: (file: string) => void,
  options: { readonly poll: boolean },
): Watcher {
  let watcher: FSWatcher = begin(options.poll);
  let isPolling = options.poll;

  function begin(usePolling: boolean): FSWatcher {
    return watch(folder, {
      depth: 0,
      ignoreInitial: true,
      usePolling,
      interval: 300,
      ignored: (path, stats) => stats?.isFile() === true && !path.endsWith(".ts"),
      awaitWriteFinish: { stabilityThreshold: 30, pollInterval: 10 },
    })
      .on("add", saved)
      .on("change", saved)
      .on("error", () => {
        if (isPolling) return;
        isPolling = true;
        void watcher.close();
        watcher = begin(true);
      });
  }
  return { close: () => watcher.close() };
}
