/** Tars as programs write them, and as they should not: each field says what it is told. */

import { onDisk } from "../../../../grader/class/intake/nameBytes.js";

/** An entry of a tar; "\udcfc" in its name or its text is the byte 0xFC. */
export interface TarEntry {
  readonly name: string;
  readonly text?: string;
  /** The format's letter; a plain file's where it is left out. */
  readonly type?: string;
  readonly link?: string;
}

const BLOCK = 512;

/** The entries, and the two empty blocks at the end. */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap(blocksOf), Buffer.alloc(2 * BLOCK)]);
}

function blocksOf({ name, text = "", type = "0", link = "" }: TarEntry): readonly Buffer[] {
  const content = Buffer.from(onDisk(text));
  const header = Buffer.alloc(BLOCK);
  const put = (at: number, field: string): number => header.write(field, at, "latin1");
  Buffer.from(onDisk(name)).copy(header, 0, 0, 100);
  put(100, "0000644\0");
  put(124, `${content.length.toString(8).padStart(11, "0")}\0`);
  put(136, "00000000000\0");
  put(148, " ".repeat(8));
  put(156, type);
  put(157, link);
  put(257, "ustar\u000000");
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  return [header, content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)];
}
