import { Reply, Router, XPublisher } from "zeromq";
import { endpoint, type ChannelName, type Connection } from "./connection.js";

/** A socket that sends one message at a time in the order of the calls (ZeroMQ refuses two sends at once). */
export interface Channel extends AsyncIterable<Buffer[]> {
  send(frames: (Buffer | string)[]): Promise<void>;
}

/** How many messages wait for the first who listens: a client of replies alone may never do. */
const MOST_KEPT = 1000;

/** The kernel's five sockets, bound to what the connection file says. */
export interface Channels {
  readonly shell: Channel;
  readonly control: Channel;
  readonly stdin: Channel;
  readonly iopub: Pick<Channel, "send">;
  close(): void;
}

/**
 * Binds the five sockets; the heartbeat echoes from then on.
 *
 * @param connection - the connection file's content
 * @returns the channels
 * @throws Error that names the port, when the kernel may not have one of them
 */
export async function openChannels(connection: Connection): Promise<Channels> {
  // No limit on what waits to be sent: at a limit ZeroMQ drops messages, and a lost output is worse.
  const limits = { sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: 1000 };
  const shell = new Router(limits);
  const control = new Router(limits);
  const stdin = new Router(limits);
  // XPublisher: it says who subscribes. Replies can overtake a front end's subscription, and what is
  // published before it is gone: the front end then waits for "idle" for ever.
  const iopub = new XPublisher({ sendHighWaterMark: 0, linger: 1000 });
  const hb = new Reply({ linger: 0 });
  const sockets = { shell, control, stdin, iopub, hb };
  const close = (): void => {
    for (const socket of Object.values(sockets)) socket.close();
  };
  try {
    // One after the other: a thread that ends while ZeroMQ still binds takes the process with it.
    for (const [name, socket] of Object.entries(sockets)) {
      await bind(socket, connection, name as ChannelName);
    }
  } catch (error) {
    close();
    throw error;
  }
  void echo(hb);
  return {
    shell: inOrder(shell),
    control: inOrder(control),
    stdin: inOrder(stdin),
    iopub: { send: sendToListeners(iopub) },
    close,
  };
}

async function bind(
  socket: Router | XPublisher | Reply,
  connection: Connection,
  name: ChannelName,
): Promise<void> {
  const address = endpoint(connection, name);
  try {
    await socket.bind(address);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isTaken = code === "EADDRINUSE";
    throw new Error(
      `openChannels: ${name}_port ${connection.ports[name]} is ${isTaken ? "taken" : "refused"}: ` +
        `expected to listen on ${address}, got ${code ?? "an error"} (${message}); ` +
        "start the kernel again: Jupyter then chooses other ports",
      { cause: error },
    );
  }
}

async function echo(hb: Reply): Promise<void> {
  try {
    for await (const frames of hb) await hb.send(frames);
  } catch {
    // The socket was closed: the kernel ends.
  }
}

function inOrder(socket: Router): Channel {
  return {
    send: sendInOrder(socket),
    [Symbol.asyncIterator]: () => socket[Symbol.asyncIterator](),
  };
}

/** Sends to all who listen; until there is one, keeps what comes. */
function sendToListeners(iopub: XPublisher): Channel["send"] {
  const send = sendInOrder(iopub);
  let kept: (Buffer | string)[][] | undefined = [];
  void takeAll(iopub, () => {
    for (const frames of kept ?? []) void send(frames);
    kept = undefined;
  });
  return (frames) => {
    if (kept === undefined) return send(frames);
    kept.push(frames);
    if (kept.length > MOST_KEPT) kept.shift();
    return Promise.resolve();
  };
}

/** Takes subscriptions to the end: those that nobody takes would fill the socket's queue. */
async function takeAll(iopub: XPublisher, taken: () => void): Promise<void> {
  try {
    for (;;) {
      await iopub.receive();
      taken();
    }
  } catch {
    // The socket was closed: the kernel ends.
  }
}

function sendInOrder(socket: Router | XPublisher): Channel["send"] {
  let last: Promise<void> = Promise.resolve();
  return (frames) => {
    // A receiver that has gone away must not stop the messages to the others.
    last = last.then(() => socket.send(frames)).catch(() => undefined);
    return last;
  };
}
