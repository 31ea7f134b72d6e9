// What the user sees while a step runs: on a terminal one live line with the time that has
// passed; elsewhere (a log, CI) a plain line at the start and one at the end.

const ticks = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
/** A step that is done sooner than this says nothing. */
const quietMs = 400;

/**
 * Runs a step and shows that it runs.
 * @template T
 * @param {string} title What is being done, such as "Installing the npm packages".
 * @param {(say: (detail: string) => void) => Promise<T>} work May say what it is at.
 * @param {NodeJS.WriteStream} out
 * @returns {Promise<T>}
 */
export async function withProgress(title, work, out = process.stderr) {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  const live = out.isTTY === true;
  let detail = "";
  let shown = false;
  let turn = 0;

  const draw = () => {
    if (Date.now() - started < quietMs) return;
    if (!live) {
      if (!shown) out.write(`  ${title} …\n`);
    } else {
      const line = `${ticks[turn++ % ticks.length]} ${title} (${seconds()}) ${detail}`;
      out.write(`\r\u001b[K${cut(line, (out.columns ?? 80) - 1)}`);
    }
    shown = true;
  };
  const timer = setInterval(draw, live ? 100 : quietMs);
  const end = (mark) => {
    clearInterval(timer);
    if (!shown) return;
    out.write(`${live ? "\r\u001b[K" : ""}${mark} ${title} (${seconds()})\n`);
  };

  try {
    const result = await work((said) => {
      detail = said;
    });
    end("✓");
    return result;
  } catch (error) {
    end("✗");
    throw error;
  }
}

const cut = (line, width) => (line.length <= width ? line : `${line.slice(0, width - 1)}…`);
