/** As many fork servers as hand-ins are graded at a time, where there are enough hand-ins to need them. */
import type { BoxedStart } from "./boxParts.js";
import type { ForkServer } from "./forkServer.js";
import type { HandInFolder } from "./handInFolder.js";

/** So many hand-ins are graded in boxes of their own before a server is started. */
const BEGIN_AFTER = 8;
/** So many servers that were of no use, and none is started any more: this machine can't. */
const FAILURES = 3;

/** A folder for one hand-in, and what starts a box over it. */
export interface OwnBox {
  /** The hand-in's files go there. */
  readonly folder: HandInFolder;
  /** Starts a box, which sees them. */
  start(): Promise<BoxedStart>;
  /** Starts one of its own, where the other did not greet. */
  startAnew(): Promise<BoxedStart>;
}

/** Starts and ends servers, and lends them. */
export class ForkServers {
  private servers: ForkServer[] = [];
  private readonly lent = new Set<ForkServer>();
  private uses = 0;
  private atOnce = 0;
  private mostAtOnce = 0;
  private failures = 0;
  private isClosed = false;
  private starting: Promise<void> = Promise.resolve();

  /** Starts another one; more arguments are for Deno, by a test. */
  readonly start: (more?: readonly string[]) => Promise<ForkServer>;

  /** @param start - see {@link start} */
  constructor(start: (more?: readonly string[]) => Promise<ForkServer>) {
    this.start = start;
  }

  /**
   * Lends a server to a hand-in.
   *
   * @param work - gets a server; nothing where none is ready
   * @returns what `work` returns
   */
  async lend<T>(work: (server: ForkServer | undefined) => Promise<T>): Promise<T> {
    this.uses++;
    this.atOnce++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    const server = this.servers.find((one) => one.isFree && !this.lent.has(one));
    if (server !== undefined) this.lent.add(server);
    this.startMore();
    try {
      return await work(server);
    } finally {
      this.atOnce--;
      if (server !== undefined) this.lent.delete(server);
      if (server?.isOver === true) server.submission.empty();
    }
  }

  private startMore(): void {
    if (!this.needsMore()) return;
    this.starting = this.starting
      .then(async () => {
        if (!this.needsMore()) return; // what was asked for before may be enough
        const server = await this.start();
        this.servers.push(server);
      })
      .catch(() => {
        this.failures++;
      });
  }

  private needsMore(): boolean {
    this.failures += this.servers.filter((one) => one.hasFailed).length;
    this.servers = this.servers.filter((one) => !one.isOver);
    if (this.isClosed || this.uses <= BEGIN_AFTER || this.failures >= FAILURES) return false;
    return this.servers.filter((one) => !one.isOld).length < this.mostAtOnce;
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.starting;
    for (const server of this.servers) server.end();
  }
}
