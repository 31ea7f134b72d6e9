/**
 * Messages on a byte stream: which question it is or answers, how many bytes of JSON and how many
 * numbers follow (three times four bytes, big-endian, and four that are 0); then the JSON, filled up to
 * a multiple of eight bytes, and the numbers as float64. Both sides use this file, so it needs nothing
 * but the language, TextEncoder and TextDecoder.
 */

/** Bytes before each message. */
export const HEADER_BYTES = 16;

/** What stands before a message. */
export interface FrameHeader {
  /** The question's number. */
  readonly id: number;
  /** Bytes of JSON, without what fills them up. */
  readonly textBytes: number;
  /** How many float64 numbers. */
  readonly numbers: number;
  /** Bytes after the header in all. */
  readonly bodyBytes: number;
}

/** What a message holds. */
export interface FrameBody {
  /** A value of JSON, whoever wrote it. */
  readonly json: unknown;
  /** The numbers that the JSON points into. */
  readonly numbers: Float64Array;
}

const NONE = new Float64Array(0);
// Taken before any student code is there.
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const encodeText = encoder.encode.bind(encoder);
const decodeText = decoder.decode.bind(decoder);
const { parse } = JSON;

/**
 * The bytes of one message.
 *
 * @param id - the question's number
 * @param json - the message as JSON text
 * @param numbers - what the JSON points into
 * @returns header, JSON and numbers
 */
export function encodeFrame(id: number, json: string, numbers: Float64Array = NONE): Uint8Array {
  const text = encodeText(json);
  const padded = upToEight(text.length);
  const frame = new Uint8Array(HEADER_BYTES + padded + numbers.byteLength);
  const view = new DataView(frame.buffer);
  view.setUint32(0, id);
  view.setUint32(4, text.length);
  view.setUint32(8, numbers.length);
  frame.set(text, HEADER_BYTES);
  new Float64Array(frame.buffer, HEADER_BYTES + padded, numbers.length).set(numbers);
  return frame;
}

/**
 * What this header says.
 *
 * @param header - the first bytes of a frame
 * @returns the question's number and the sizes that it claims
 */
export function readHeader(header: Uint8Array): FrameHeader {
  const view = new DataView(header.buffer, header.byteOffset, HEADER_BYTES);
  const textBytes = view.getUint32(4);
  const numbers = view.getUint32(8);
  const bodyBytes = upToEight(textBytes) + numbers * Float64Array.BYTES_PER_ELEMENT;
  return { id: view.getUint32(0), textBytes, numbers, bodyBytes };
}

/**
 * The message in these bytes.
 *
 * @param header - the one before them
 * @param body - the bytes after the header, as many as it says
 * @returns JSON and numbers
 * @throws SyntaxError or TypeError when they are no JSON in UTF-8
 */
export function decodeBody(header: FrameHeader, body: Uint8Array): FrameBody {
  const json = parse(decodeText(body.subarray(0, header.textBytes))) as unknown;
  if (header.numbers === 0) return { json, numbers: NONE };
  const numbers = new Float64Array(header.numbers); // the bytes may begin anywhere in their memory
  new Uint8Array(numbers.buffer).set(body.subarray(upToEight(header.textBytes), header.bodyBytes));
  return { json, numbers };
}

function upToEight(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
