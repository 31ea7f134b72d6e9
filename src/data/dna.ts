/** Splice junctions: where a gene's coding parts begin and end (real data, UCI). */
import { seededRandom } from "../core/random.js";
import { splitGroups, tokenTrack } from "./dataSet.js";
import type { ApplicationInfo, DataSet } from "./dataSet.js";

/** EI: exon to intron, a donor. IE: intron to exon, an acceptor. N: neither. */
export type Junction = "EI" | "IE" | "N";

/** 60 bases around a possible junction, which lies between t = 30 and t = 31. */
export interface DnaExample {
  /** The bases, one letter of ACGT a step. */
  readonly x: readonly string[];
  readonly y: Junction;
}

const bases: readonly string[] = ["A", "C", "G", "T"];
const junctions: readonly Junction[] = ["EI", "IE", "N"];
const splitSeed = 4;
const testCount = 786; // leaves 2,400 to learn from

/** What is known about the splice junctions. */
export const dnaInfo: ApplicationInfo = {
  id: "dna",
  title: "Splice junctions of primate genes",
  application: "DNA sequence analysis",
  source:
    "UCI Machine Learning Repository, Molecular Biology (Splice-junction Gene Sequences); " +
    "donors G. Towell, M. Noordewier, J. Shavlik; GenBank 64.1",
  licence: "CC BY 4.0",
  synthetic: false,
  x: "a base: A, C, G or T",
  y: "the kind of junction in the middle: EI, IE or N",
  T_x: [60, 60],
  T_y: [1, 1],
  timeline: async () => {
    const { examples } = await dna();
    const donor = examples.find((example) => example.y === "EI")!;
    return { input: tokenTrack(donor.x, bases), output: tokenTrack([donor.y], junctions) };
  },
};

/**
 * 3,186 sequences of 60 bases with their class. The source holds some sequences more than once;
 * equal sequences are on the same side of the split.
 *
 * @returns the examples, the three classes, the bases and the split
 */
export async function dna(): Promise<DataSet<DnaExample>> {
  const { dnaSequences } = await import("./dnaSequences.js");
  const examples = dnaSequences.trim().split("\n").map(parseLine);
  return {
    info: dnaInfo,
    examples,
    labels: junctions,
    tokens: bases,
    split: splitGroups(examples, (e) => e.x.join(""), testCount, seededRandom(splitSeed)),
  };
}

function parseLine(line: string): DnaExample {
  const [y, letters] = line.split(" ");
  return { x: [...letters!], y: y as Junction };
}
