import { Publisher, Reply, Router } from "zeromq";
import { endpoint, type Connection } from "./connection.js";

/** A socket that sends one message at a time in the order of the calls (ZeroMQ refuses two sends at once). */
export interface Channel extends AsyncIterable<Buffer[]> {
  send(frames: (Buffer | string)[]): Promise<void>;
}

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
 */
export async function openChannels(connection: Connection): Promise<Channels> {
  // No limit on what waits to be sent: at a limit ZeroMQ drops messages, and a lost output is worse.
  const limits = { sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: 1000 };
  const shell = new Router(limits);
  const control = new Router(limits);
  const stdin = new Router(limits);
  const iopub = new Publisher({ sendHighWaterMark: 0, linger: 1000 });
  const hb = new Reply({ linger: 0 });
  await Promise.all([
    shell.bind(endpoint(connection, "shell")),
    control.bind(endpoint(connection, "control")),
    stdin.bind(endpoint(connection, "stdin")),
    iopub.bind(endpoint(connection, "iopub")),
    hb.bind(endpoint(connection, "hb")),
  ]);
  void echo(hb);
  return {
    shell: inOrder(shell),
    control: inOrder(control),
    stdin: inOrder(stdin),
    iopub: { send: sendInOrder(iopub) },
    close() {
      for (const socket of [shell, control, stdin, iopub, hb]) socket.close();
    },
  };
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

function sendInOrder(socket: Router | Publisher): Channel["send"] {
  let last: Promise<void> = Promise.resolve();
  return (frames) => {
    // A receiver that has gone away must not stop the messages to the others.
    last = last.then(() => socket.send(frames)).catch(() => undefined);
    return last;
  };
}
