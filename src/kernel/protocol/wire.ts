import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** The header of a Jupyter message. */
export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

/** A message that came in: who sent it, its four JSON parts, and the binary ones. */
export interface Incoming {
  readonly identities: readonly Buffer[];
  readonly header: Header;
  readonly parentHeader: Partial<Header>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Buffer[];
}

/** The version of Jupyter's messaging protocol that the kernel speaks. */
export const protocolVersion = "5.3";

const delimiter = "<IDS|MSG>";

/** The frames are not a message, or not one from the front end that holds the key. */
export class WireError extends Error {
  override readonly name: string = "WireError";
}

/**
 * Reads the frames of one message; nothing of them is parsed before the signature is found right.
 *
 * @param frames - identities, delimiter, signature, header, parent header, metadata, content, buffers
 * @param key - the connection's key; messages are not signed when it is empty
 * @returns the message
 * @throws WireError when a frame is missing, the signature is wrong or a part is not a JSON object
 */
export function decodeMessage(frames: readonly Buffer[], key: string): Incoming {
  const at = frames.findIndex((frame) => frame.toString("latin1") === delimiter);
  if (at < 0) throw new WireError(`decodeMessage: no delimiter frame: expected ${delimiter}`);
  const [signature, ...parts] = frames.slice(at + 1, at + 6);
  if (signature === undefined || parts.length < 4) {
    throw new WireError(
      `decodeMessage: frames are missing: expected 5 after the delimiter, got ${frames.length - at - 1}`,
    );
  }
  if (key !== "" && !sameText(signature, sign(parts, key))) {
    throw new WireError("decodeMessage: the signature is wrong: the sender does not hold the key");
  }
  const [header, parentHeader, metadata, content] = parts.map(parseObject);
  if (typeof header!["msg_id"] !== "string" || typeof header!["msg_type"] !== "string") {
    throw new WireError("decodeMessage: the header is wrong: expected msg_id and msg_type");
  }
  return {
    identities: frames.slice(0, at),
    header: header as unknown as Header,
    parentHeader: parentHeader as Partial<Header>,
    metadata: metadata!,
    content: content!,
    buffers: frames.slice(at + 6),
  };
}

/**
 * Makes the frames of one message.
 *
 * @param identities - the frames that route it: the receiver's identity, or the topic on IOPub
 * @param header - the message's header
 * @param parentHeader - the header of the request that it answers
 * @param content - the content, as JSON
 * @param metadata - the metadata, as JSON
 * @param key - the connection's key
 * @param buffers - binary parts, which are not signed
 * @returns the signed frames
 */
export function encodeMessage(
  identities: readonly (Buffer | string)[],
  header: Header,
  parentHeader: Partial<Header>,
  content: object,
  metadata: object,
  key: string,
  buffers: readonly Uint8Array[] = [],
): (Buffer | string)[] {
  const parts = [header, parentHeader, metadata, content].map((part) => Buffer.from(toJson(part)));
  const signature = key === "" ? "" : sign(parts, key);
  return [...identities, delimiter, signature, ...parts, ...buffers.map((one) => Buffer.from(one))];
}

/**
 * A new header.
 *
 * @param messageType - the message's type
 * @param session - the kernel's session id
 * @returns the header, with an id of its own and the time
 */
export function newHeader(messageType: string, session: string): Header {
  return {
    msg_id: randomUUID(),
    msg_type: messageType,
    session,
    username: "kernel",
    date: new Date().toISOString(),
    version: protocolVersion,
  };
}

/**
 * JSON that every reader can decode: half a surrogate pair (which JSON.stringify writes as an escape, and
 * Python's UTF-8 encoder refuses) becomes U+FFFD.
 */
function toJson(value: object): string {
  return JSON.stringify(value).replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g, "$1\uFFFD");
}

function sign(parts: readonly Buffer[], key: string): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

function sameText(received: Buffer, expected: string): boolean {
  const right = Buffer.from(expected);
  return received.length === right.length && timingSafeEqual(received, right);
}

function parseObject(part: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(part.toString("utf8"));
  } catch (error) {
    throw new WireError(`decodeMessage: a part is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new WireError("decodeMessage: a part is wrong: expected a JSON object");
  }
  return value as Record<string, unknown>;
}
