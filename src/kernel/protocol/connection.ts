import { chmodSync, readFileSync } from "node:fs";

/** Where the front end waits and how messages are signed: the content of Jupyter's connection file. */
export interface Connection {
  readonly transport: "tcp" | "ipc";
  readonly ip: string;
  readonly ports: Readonly<Record<ChannelName, number>>;
  readonly key: string;
}

/** The five sockets of the Jupyter protocol. */
export type ChannelName = "shell" | "control" | "stdin" | "iopub" | "hb";

const channelNames: readonly ChannelName[] = ["shell", "control", "stdin", "iopub", "hb"];

/**
 * Reads a connection file and makes it private: it holds the key that signs the messages.
 *
 * @param path - the file that Jupyter names as the kernel's last argument
 * @returns the checked content
 * @throws Error when the file is not a connection file or asks for a signature other than HMAC-SHA-256
 */
export function readConnection(path: string): Connection {
  const file = content(path);
  makePrivate(path);
  const scheme = file["signature_scheme"] ?? "hmac-sha256";
  const transport = file["transport"] ?? "tcp";
  if (scheme !== "hmac-sha256") {
    throw problem(path, "signature_scheme", "hmac-sha256", scheme);
  }
  if (transport !== "tcp" && transport !== "ipc") {
    throw problem(path, "transport", "tcp or ipc", transport);
  }
  if (typeof file["ip"] !== "string") throw problem(path, "ip", "an address", file["ip"]);
  const ports = Object.fromEntries(
    channelNames.map((name) => {
      const port = file[`${name}_port`];
      if (!Number.isInteger(port)) throw problem(path, `${name}_port`, "a port number", port);
      return [name, port as number];
    }),
  ) as Record<ChannelName, number>;
  return { transport, ip: file["ip"], ports, key: String(file["key"] ?? "") };
}

/**
 * The address that a channel's socket binds to.
 *
 * @param connection - the connection file's content
 * @param channel - the channel's name
 * @returns a ZeroMQ endpoint, such as `tcp://127.0.0.1:5555`
 */
export function endpoint(connection: Connection, channel: ChannelName): string {
  const separator = connection.transport === "tcp" ? ":" : "-";
  return `${connection.transport}://${connection.ip}${separator}${connection.ports[channel]}`;
}

function content(path: string): Record<string, unknown> {
  let text = "";
  try {
    text = readFileSync(path, "utf8");
    const file = JSON.parse(text) as unknown;
    if (typeof file === "object" && file !== null) return file as Record<string, unknown>;
  } catch (error) {
    if (text === "") throw problem(path, "the file", "a text", (error as Error).message);
  }
  throw problem(path, "the file", "a JSON object", text.slice(0, 40));
}

function makePrivate(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch {
    // Another user's file (a shared runtime folder): its owner decides.
  }
}

function problem(path: string, field: string, expected: string, got: unknown): Error {
  return new Error(
    `readConnection: ${field} is wrong: expected ${expected}, got ${JSON.stringify(got)}; ` +
      `start the kernel through Jupyter, which writes ${path}`,
  );
}
