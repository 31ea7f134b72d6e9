/** A zip or a tar, by what its bytes are and not by its name: a browser unpacks `a.tar.gz` half, and leaves the name. */
import { isGzip, isTar, untar } from "./tar.js";
import { type Receiver, type Unpacked, Unpacking, type UnpackLimits } from "./unpacking.js";
import { unzip } from "./zip.js";

/**
 * The files of an archive that may be graded.
 *
 * @param archive - its bytes
 * @param limits - how much may be unpacked
 * @returns the files in the order of their names; what is wrong with others, or with the archive
 */
export async function unpack(archive: Buffer, limits: UnpackLimits): Promise<Unpacked> {
  const unpacking = new Unpacking(limits);
  const other = otherFormat(archive);
  if (other !== undefined) unpacking.say(other);
  else {
    try {
      await unpackTo(unpacking, archive, archive);
    } catch (error) {
      unpacking.say(
        `can't be unpacked (${(error as Error).message}): it may not have come whole; unpack it, and hand in its files`,
      );
    }
  }
  return unpacking.result();
}

/**
 * Gives all that an archive holds to a receiver.
 *
 * @param receiver - chooses the entries and keeps them
 * @param archive - a zip's or a tar's bytes, or its path
 * @param head - how the bytes begin
 * @throws what is wrong with the archive
 */
export async function unpackTo(
  receiver: Receiver,
  archive: Buffer | string,
  head: Buffer,
): Promise<void> {
  const isPacked = isGzip(head);
  if (isPacked || isTar(head)) await untar(archive, isPacked, receiver);
  else await unzip(archive, receiver);
}

/**
 * What an archive is that can't be unpacked, with the mend.
 *
 * @param bytes - all of it, or its beginning
 * @returns undefined where it can
 */
export function otherFormat(bytes: Buffer): string | undefined {
  if (bytes.length === 0) return "the file is empty: pack it again";
  const kinds: Readonly<Record<string, string>> = {
    "Rar!": "a RAR archive",
    "7z\xbc\xaf": "a 7-Zip archive",
    BZh: "a bzip2 archive",
    "\xfd7zX": "an xz archive",
    "\x28\xb5\x2f\xfd": "a Zstandard archive",
  };
  const start = bytes.toString("latin1", 0, 4);
  const [, kind] = Object.entries(kinds).find(([mark]) => start.startsWith(mark)) ?? [];
  if (kind !== undefined) return `${kind}, not a zip: unpack it, or pack it as .zip or .tar.gz`;
  return isZip(bytes) || isTar(bytes) || isGzip(bytes)
    ? undefined
    : "neither a zip nor a tar: pack it anew, or hand in its files";
}

/** Whether a zip's list of its files is somewhere in it, or its beginning is one's. */
function isZip(bytes: Buffer): boolean {
  return bytes.includes("PK\x05\x06", 0, "latin1") || bytes.toString("latin1", 0, 2) === "PK";
}
