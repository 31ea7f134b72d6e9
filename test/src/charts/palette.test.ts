import assert from "node:assert/strict";
import { categorical, palette, textColour } from "../../../src/display/palette.js";

type Rgb = readonly [number, number, number];

/** Linear light, 0 to 1, of "#rrggbb". */
function linear(colour: string): Rgb {
  const channel = (from: number): number => {
    const value = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** The contrast ratio of WCAG 2: from 1 to 21. */
function contrast(one: string, other: string): number {
  const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [dark, light] = [luminance(linear(one)), luminance(linear(other))].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

/** How a colour looks without one kind of cone (Machado, Oliveira and Fernandes, 2009). */
const sight: Readonly<Record<string, readonly Rgb[]>> = {
  ordinary: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** L*, a*, b* (D65) of linear light. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number): number =>
    t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 4 / 29;
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function difference(one: string, other: string, matrix: readonly Rgb[]): number {
  const seen = (colour: string): Rgb => {
    const light = linear(colour);
    return lab(
      matrix.map((row) =>
        Math.max(
          0,
          row.reduce((sum, w, k) => sum + w * light[k]!, 0),
        ),
      ) as unknown as Rgb,
    );
  };
  const [p, q] = [seen(one), seen(other)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

describe("the palette", () => {
  const solid = Object.entries(palette).filter(([role]) => role !== "faint");

  for (const [role, colour] of solid) {
    it(`${role} stands out from a white and from a dark page`, () => {
      assert.ok(contrast(colour, "#ffffff") >= 3, `${contrast(colour, "#ffffff")} on white`);
      assert.ok(contrast(colour, "#111111") >= 3, `${contrast(colour, "#111111")} on dark`);
    });
  }

  it("carries white text on every node but the neutral one at 4.5 : 1", () => {
    for (const [role, colour] of solid) {
      if (role === "neutral") continue;
      assert.ok(contrast(colour, "#ffffff") >= 4.5, colour);
    }
  });

  it("has a neutral for text where a page has no colour of its own: equally well on both", () => {
    assert.ok(textColour.endsWith(`, ${palette.neutral})`), textColour);
    assert.ok(contrast(palette.neutral, "#ffffff") > 4.2);
    assert.ok(contrast(palette.neutral, "#111111") > 4.2);
  });

  for (const [kind, matrix] of Object.entries(sight)) {
    // one in 10,000 lacks the third cone: there the shapes (square, diamond) must help
    it(`keeps input, state and output apart: ${kind}`, () => {
      const { input, state, output } = palette;
      for (const [one, other] of [
        [input, state],
        [input, output],
        [state, output],
      ] as const) {
        const apart = difference(one, other, matrix);
        assert.ok(
          apart > (kind === "tritanopia" ? 10 : 30),
          `${one} and ${other}: ΔE ${apart.toFixed(1)}`,
        );
      }
    });
  }

  it("has no colour twice among the categories", () => {
    assert.equal(new Set(categorical).size, categorical.length);
  });
});
