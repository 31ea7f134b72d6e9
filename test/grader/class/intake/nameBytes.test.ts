import { strict as assert } from "node:assert";
import fc from "fast-check";
import {
  nameOf,
  onDisk,
  readableName,
  readableNames,
} from "../../../../grader/class/intake/nameBytes.js";

const bytes = fc.uint8Array({ maxLength: 40 });

describe("a name that need not be UTF-8", () => {
  it("gives its bytes back, whatever they are", () => {
    fc.assert(
      fc.property(bytes, (name) => {
        assert.deepEqual(Buffer.from(onDisk(nameOf(name))), Buffer.from(name));
      }),
    );
    for (const name of ["ed a0 80", "f0 9f 98", "c3", "c3 bc", "f0 9f 98 80 fc", "c0 af"]) {
      const whole = Buffer.from(name.replaceAll(" ", ""), "hex");
      assert.deepEqual(Buffer.from(onDisk(nameOf(whole))), whole, name);
    }
  });

  it("is what it says where it is UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        assert.equal(nameOf(Buffer.from(name)), name);
        assert.equal(onDisk(name), name);
        assert.equal(readableName(name), name);
      }),
    );
  });

  it("is shown in well-formed text, each of several in its own", () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 5 }), (all) => {
        const names = new Set(all.map(nameOf));
        const shown = readableNames(names);
        assert.equal(new Set(shown.values()).size, names.size);
        for (const name of shown.values())
          assert.equal(Buffer.from(name).toString(), name, "well-formed");
      }),
    );
    const names = ["M\udcfcller", "M\udc81ller", "M\u00fcller", "M[xFC]ller"];
    assert.equal(new Set(readableNames(names).values()).size, names.length);
  });
});
