/** A file's bytes as text, also where an editor saved them in another form than UTF-8. */

/** A text, and what was done to read it. */
export interface ReadText {
  readonly text: string;
  /** Said where the bytes were no plain UTF-8. */
  readonly note?: string;
}

/** Before the first word: zeros, marks of direction, spaces of no width. */
const UNSEEN_START = /^[\0\u200b-\u200f\u2060\ufeff]+/;

/**
 * The text that bytes stand for.
 *
 * @param bytes - a file's
 * @returns the text without its byte order mark, its lines ended by "\n" alone; what is no UTF-8 is read as
 *   Windows-1252, which has a character for every byte
 */
export function textOf(bytes: Uint8Array): ReadText {
  const { text, ...rest } = decoded(bytes);
  return { text: withPlainLines(text).replace(UNSEEN_START, ""), ...rest };
}

/**
 * A text whose lines end as everywhere else: an old Macintosh ended them by "\r", Windows by "\r\n".
 *
 * @param text - a file's or a cell's
 * @returns the same with "\n" for either, which code can't tell apart
 */
export function withPlainLines(text: string): string {
  return text.includes("\r") ? text.replaceAll("\r\n", "\n").replaceAll("\r", "\n") : text;
}

function decoded(bytes: Uint8Array): ReadText {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return inUtf16("utf-16le", bytes);
  if (first === 0xfe && second === 0xff) return inUtf16("utf-16be", bytes);
  // UTF-16 without its mark: every other byte of plain text is 0.
  const isZero = [0, 1, 2, 3].map((at) => bytes[at] === 0).join();
  if (isZero === "false,true,false,true") return inUtf16("utf-16le", bytes);
  if (isZero === "true,false,true,false") return inUtf16("utf-16be", bytes);
  const plain = withoutEnd(bytes);
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(plain) };
  } catch {
    return {
      text: inWindows1252(plain),
      note: "not text in UTF-8; it was read as Windows-1252 (Latin-1): save it as UTF-8",
    };
  }
}

function inUtf16(encoding: "utf-16le" | "utf-16be", bytes: Uint8Array): ReadText {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2)); // half a character is none
  return {
    text: withoutEndMarks(new TextDecoder(encoding).decode(whole)),
    note: "not text in UTF-8; it was read as UTF-16: save it as UTF-8",
  };
}

/** What Windows-1252 has for the bytes from 0x80, where Latin-1 has nothing that is seen; some versions of Node forget it. */
const FROM_0X80 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

function inWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return latin1.replaceAll(/[\u0080-\u009f]/g, (one) => FROM_0X80[one.charCodeAt(0) - 0x80]!);
}

/** Ctrl+Z, by which DOS ended a text, and some editors still do. */
const END_OF_TEXT = 0x1a;

/** Without the zeros at its end, which a machine that was switched off leaves, and without the mark of the end. */
function withoutEnd(bytes: Uint8Array): Uint8Array {
  let length = bytes.length;
  while (length > 0 && (bytes[length - 1] === 0 || bytes[length - 1] === END_OF_TEXT)) length--;
  return bytes.subarray(0, length);
}

function withoutEndMarks(text: string): string {
  let length = text.length;
  while (length > 0 && (text.charCodeAt(length - 1) || END_OF_TEXT) === END_OF_TEXT) length--;
  return text.slice(0, length);
}
