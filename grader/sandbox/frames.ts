/**
 * Messages on a byte stream: four bytes of length (big-endian), then so many bytes of JSON.
 * Both sides use this file, so it needs nothing but the language and TextEncoder.
 */

/** Bytes before each message. */
export const HEADER_BYTES = 4;

/**
 * The bytes of one message.
 *
 * @param message - what JSON can hold
 * @returns the four bytes of its length, and its JSON
 */
export function encodeFrame(message: unknown): Uint8Array {
  const body = new TextEncoder().encode(JSON.stringify(message));
  const frame = new Uint8Array(HEADER_BYTES + body.length);
  new DataView(frame.buffer).setUint32(0, body.length);
  frame.set(body, HEADER_BYTES);
  return frame;
}

/**
 * How many bytes of JSON follow this header.
 *
 * @param header - the first bytes of a frame
 * @returns the length that its four bytes say
 */
export function bodyLength(header: Uint8Array): number {
  return new DataView(header.buffer, header.byteOffset, HEADER_BYTES).getUint32(0);
}

/**
 * The message in these bytes.
 *
 * @param body - the bytes after the header
 * @returns a value of JSON, whoever wrote it
 * @throws SyntaxError or TypeError when they are no JSON in UTF-8
 */
export function decodeBody(body: Uint8Array): unknown {
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
}
