/** A file's bytes as text, also where an editor saved them in another form than UTF-8. */

/** A text, and what was done to read it. */
export interface ReadText {
  readonly text: string;
  /** Said where the bytes were no plain UTF-8. */
  readonly note?: string;
}

/**
 * The text that bytes stand for.
 *
 * @param bytes - a file's
 * @returns the text without its byte order mark; what is no UTF-8 is read as Windows-1252, which has a character for
 *   every byte
 */
export function textOf(bytes: Uint8Array): ReadText {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return inUtf16("utf-16le", bytes);
  if (first === 0xfe && second === 0xff) return inUtf16("utf-16be", bytes);
  // UTF-16 without its mark: every other byte of plain text is 0.
  const isZero = [0, 1, 2, 3].map((at) => bytes[at] === 0).join();
  if (isZero === "false,true,false,true") return inUtf16("utf-16le", bytes);
  if (isZero === "true,false,true,false") return inUtf16("utf-16be", bytes);
  const plain = withoutZeros(bytes);
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(plain) };
  } catch {
    return {
      text: new TextDecoder("windows-1252").decode(plain),
      note: "not text in UTF-8; it was read as Windows-1252 (Latin-1): save it as UTF-8",
    };
  }
}

function inUtf16(encoding: "utf-16le" | "utf-16be", bytes: Uint8Array): ReadText {
  return {
    text: new TextDecoder(encoding).decode(bytes),
    note: "not text in UTF-8; it was read as UTF-16: save it as UTF-8",
  };
}

/** Without the zeros at its end, which a machine that was switched off leaves. */
function withoutZeros(bytes: Uint8Array): Uint8Array {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return bytes.subarray(0, length);
}
