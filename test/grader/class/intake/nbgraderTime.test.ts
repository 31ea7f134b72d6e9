import { strict as assert } from "node:assert";
import { writtenTimeOf } from "../../../../grader/class/intake/nbgraderTime.js";

describe("nbgrader's timestamp", () => {
  it("is read with an offset, an abbreviation of one meaning, a zone's name, or no zone", () => {
    const ten = "2026-12-02T10:00:00.000";
    const read = {
      "2026-12-02 10:00:00.123456 UTC\n": "2026-12-02T10:00:00.123Z",
      "2026-12-02 10:00:00 CET": "2026-12-02T09:00:00.000Z",
      "2026-07-02 10:00:00 CEST": "2026-07-02T08:00:00.000Z",
      "2026-12-02 10:00:00.5 EST": "2026-12-02T15:00:00.500Z",
      "2026-12-02 10:00 GMT": `${ten}Z`,
      "2026-12-02T10:00:00+01:00": "2026-12-02T09:00:00.000Z",
      "2026-12-02T10:00:00Z": `${ten}Z`,
      "2026-12-02 10:00:00 -0530": "2026-12-02T15:30:00.000Z",
      "2026-12-02 10:00:00 UTC+01:00": "2026-12-02T09:00:00.000Z",
      "2026-12-02 10:00:00 +01": "2026-12-02T09:00:00.000Z",
      "2026-12-02 10:00:00 Europe/Berlin": `${ten}[Europe/Berlin]`,
      "2026-12-02 10:00:00 America/Argentina/Buenos_Aires": `${ten}[America/Argentina/Buenos_Aires]`,
      "2026-12-02 10:00:00": ten,
      "2026-12-02T10:00": ten,
    };
    for (const [text, expected] of Object.entries(read))
      assert.equal(writtenTimeOf(text), expected, text);
  });

  it("is refused with the reason where it is no time, or its zone means several", () => {
    const why = (text: string): string => {
      const read = writtenTimeOf(text);
      return typeof read === "string" ? `read as ${read}` : read.refusal;
    };
    for (const zone of ["CST", "IST", "PST", "Europe/Nowhere", "+25:00", "constructor"])
      assert.match(
        why(`2026-12-02 10:00:00 ${zone}`),
        /is no time zone that has one meaning/,
        zone,
      );
    for (const text of ["", "yesterday", "2026-02-30 10:00:00 UTC", "2026-13-02 10:00:00 UTC"])
      assert.match(why(text), /^no time as nbgrader writes it/, text);
    for (const clock of ["24:00:00", "10:60:00", "10:00:60", "1:00:00"])
      assert.match(why(`2026-12-02 ${clock} UTC`), /^no time as nbgrader writes it/, clock);
  });
});
