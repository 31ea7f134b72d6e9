/** All data sets under their loaders' names, seen alike: what each rule below is tested on. */
import * as data from "unrolled/data";
import type { DataSet } from "unrolled/data";

/** A set and the lengths of its examples. */
export interface AnySet {
  readonly set: DataSet<unknown>;
  readonly lengths: readonly { readonly T_x: number; readonly T_y: number }[];
  /** The SHA-256 of examples and test set, as JSON. */
  readonly checksum: string;
}

const stepsOf = (y: unknown): number => (Array.isArray(y) ? y.length : 1);

async function withLengths<E extends { readonly x: readonly unknown[]; readonly y: unknown }>(
  loaded: Promise<DataSet<E>>,
  checksum: string,
): Promise<AnySet> {
  const set = await loaded;
  const lengths = set.examples.map(({ x, y }) => ({ T_x: x.length, T_y: stepsOf(y) }));
  return { set, lengths, checksum };
}

/** Loads each set afresh. */
export const everySet: Readonly<Record<data.DataSetId, () => Promise<AnySet>>> = {
  speech: () =>
    withLengths(data.speech(), "0227212aa20fa3cb1baaa368ed91736db98ff50d0a9433b25a88f3241530a3ab"),
  music: () =>
    withLengths(data.music(), "43fe64b88e06e3acbd009c25ca0ae2cc830da3f4f9b31a7af633e5d97aca3a67"),
  sentiment: () =>
    withLengths(
      data.sentiment(),
      "eecc3cb5d00545563c08d6207bfd6d0f7c465aa40d7e031e96c16adb003ef72b",
    ),
  dna: () =>
    withLengths(data.dna(), "7681d5c6cd088ef9495bab904db1c841a4c8273b9b88049f140de512fdeefb33"),
  translation: () =>
    withLengths(
      data.translation(),
      "24e60d0fe0bb1b0249899aa7783f9016ef3bf75dec59114486c4ec4caf39db4d",
    ),
  motion: () =>
    withLengths(data.motion(), "cc222942309323fa3c6d2bf80fb642d32ac4ecfe92eba69c6532d4226743d20f"),
  nameTags: () =>
    withLengths(
      data.nameTags(),
      "b9c879b9b738a42db3d591662c255006527b963203fcb53466780d5b84afb797",
    ),
  firstNames: async () => {
    const set = await data.firstNames();
    const lengths = set.examples.map((name) => ({ T_x: name.length + 1, T_y: name.length + 1 }));
    return {
      set,
      lengths,
      checksum: "1ff3b9be03b8a36b2752546d1a4b238ee664bc846002a926c410446f7eb62136",
    };
  },
};
