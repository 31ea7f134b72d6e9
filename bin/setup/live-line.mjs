// What the user sees while work runs: on a terminal one live line for each thing that runs, with the
// time that has passed, and a line that stays for each that has ended; elsewhere (a log, CI) a plain
// line at the start and one at the end.
import { marks } from "../common/marks.mjs";

const ticks = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
/** What is done sooner than this says nothing. */
const quietMs = 400;
const tickMs = 100;

/**
 * The lines of one stream: what runs now, in the order in which it began.
 * @type {Map<NodeJS.WriteStream, Screen>}
 */
const screens = new Map();

/**
 * Runs work and shows that it runs, beside whatever else runs at the same time.
 * @template T
 * @param {string} title What is being done, such as "Installing the npm packages".
 * @param {(say: (detail: string) => void) => Promise<T>} work May say what it is at.
 * @param {NodeJS.WriteStream} out
 * @returns {Promise<T>}
 */
export async function withLiveLine(title, work, out = process.stderr) {
  const screen = screens.get(out) ?? new Screen(out);
  screens.set(out, screen);
  const line = { title, detail: "", started: Date.now(), announced: false };
  screen.begin(line);
  try {
    const result = await work((said) => {
      line.detail = said;
    });
    screen.end(line, marks.passed);
    return result;
  } catch (error) {
    screen.end(line, marks.failed);
    throw error;
  }
}

/** @typedef {{ title: string, detail: string, started: number, announced: boolean }} Line */

class Screen {
  /** @type {Set<Line>} */
  #running = new Set();
  /** How many lines of the terminal the last drawing took. */
  #drawn = 0;
  #turn = 0;
  #out;
  #timer;

  constructor(out) {
    this.#out = out;
  }

  begin(line) {
    this.#running.add(line);
    this.#timer ??= setInterval(() => this.#draw(), tickMs);
  }

  end(line, mark) {
    this.#running.delete(line);
    if (line.announced) {
      const ended = `${mark} ${line.title} (${seconds(line)})\n`;
      this.#out.write(this.#erased() + ended);
      this.#draw();
    }
    if (this.#running.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #draw() {
    const due = [...this.#running].filter(({ started }) => Date.now() - started >= quietMs);
    if (this.#out.isTTY === true) {
      const tick = ticks[this.#turn++ % ticks.length];
      const width = (this.#out.columns ?? 80) - 1;
      const lines = due.map(
        (line) => cut(`${tick} ${line.title} (${seconds(line)}) ${line.detail}`, width) + "\n",
      );
      const erased = this.#erased();
      if (erased !== "" || lines.length > 0) this.#out.write(erased + lines.join(""));
      this.#drawn = lines.length;
    } else {
      for (const line of due) if (!line.announced) this.#out.write(`  ${line.title} …\n`);
    }
    for (const line of due) line.announced = true;
  }

  /** What takes the last drawing away again. */
  #erased() {
    const lines = this.#drawn;
    this.#drawn = 0;
    return lines === 0 ? "" : `\u001b[${lines}A\r\u001b[J`;
  }
}

const seconds = ({ started }) => `${((Date.now() - started) / 1000).toFixed(0)} s`;
const cut = (line, width) => (line.length <= width ? line : `${line.slice(0, width - 1)}…`);
