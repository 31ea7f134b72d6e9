/** The thread that owns the sockets: reads the connection file, binds, and serves until a shutdown request. */
import { writeSync } from "node:fs";
import { workerData, type MessagePort } from "node:worker_threads";
import { openChannels, type Channel, type Channels } from "./channels.js";
import { readConnection, type Connection } from "./connection.js";
import { kernelInfo } from "./kernelInfo.js";
import { Session, type Reply } from "./session.js";
import { decodeMessage, encodeMessage, WireError } from "./wire.js";

interface Connected {
  readonly connection: Connection;
  readonly channels: Channels;
}

const { connectionFile, heapLimit, packFolder, port } = workerData as {
  readonly connectionFile: string;
  readonly heapLimit: number;
  readonly packFolder: string;
  /** Leads to the thread that runs cells. */
  readonly port: MessagePort;
};

void connect().then(serve);

function serve({ connection, channels }: Connected): void {
  const { key } = connection;
  const session = new Session(port, heapLimit, {
    info: kernelInfo(packFolder),
    send(channel, identities, header, parent, content, metadata, buffers) {
      const frames = encodeMessage(identities, header, parent, content, metadata, key, buffers);
      return channels[channel].send(frames);
    },
    log,
    async close() {
      channels.close();
      process.exit(0);
    },
  } satisfies Reply);
  void listen(channels.shell, key, (message) => session.shell(message));
  void listen(channels.control, key, (message) => session.control(message));
  void listen(channels.stdin, key, (message) => session.input(message));
  session.start();
  endWithParent(session);
}

/** A connection file that the kernel cannot serve is the front end's matter, and no fault to show a stack for. */
async function connect(): Promise<Connected> {
  try {
    const connection = readConnection(connectionFile);
    return { connection, channels: await openChannels(connection) };
  } catch (error) {
    log((error as Error).message);
    process.exit(1);
  }
}

/** A front end that was killed can send no shutdown request: Jupyter tells its kernels whose children they are. */
function endWithParent(session: Session): void {
  const parent = Number(process.env["JPY_PARENT_PID"] ?? 0);
  if (!(parent > 1)) return;
  const watch = setInterval(() => {
    if (isAlive(parent)) return;
    clearInterval(watch);
    void session.end();
  }, 1000);
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function listen(
  channel: Channel,
  key: string,
  take: (message: ReturnType<typeof decodeMessage>) => void,
): Promise<void> {
  for await (const frames of channel) {
    try {
      take(decodeMessage(frames, key));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      log(`a message was dropped: ${error.message}`);
    }
  }
}

/** The kernel's own log is the process's standard error; `console` here would wait for the other thread. */
function log(text: string): void {
  writeSync(2, `[unrolled kernel] ${text}\n`);
}
