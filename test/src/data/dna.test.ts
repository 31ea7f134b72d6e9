import assert from "node:assert/strict";
import { dna } from "unrolled/data";

describe("data: splice junctions", () => {
  it("are 767 EI, 765 IE and 1,654 N, as the source states", async () => {
    const { examples } = await dna();
    const count = (label: string): number => examples.filter(({ y }) => y === label).length;
    assert.deepEqual([count("EI"), count("IE"), count("N")], [767, 765, 1654]);
  });

  it("consist of A, C, G and T alone", async () => {
    const { examples, tokens } = await dna();
    assert.ok(examples.every(({ x }) => x.every((base) => tokens.includes(base))));
  });

  it("have the introns' GT after a donor's junction and AG before an acceptor's", async () => {
    const { examples } = await dna();
    const share = (label: string, t: number, pair: string): number => {
      const ofLabel = examples.filter(({ y }) => y === label);
      return ofLabel.filter(({ x }) => x[t - 1]! + x[t]! === pair).length / ofLabel.length;
    };
    assert.ok(share("EI", 31, "GT") > 0.98);
    assert.ok(share("IE", 29, "AG") > 0.98);
    assert.ok(share("N", 31, "GT") < 0.1 && share("N", 29, "AG") < 0.1);
  });
});
