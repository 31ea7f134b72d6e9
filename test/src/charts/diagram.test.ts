import assert from "node:assert/strict";
import { type DiagramEdge, diagramLayers, type DiagramNode } from "../../../src/charts/diagram.js";

const radius = 20;
const node = (id: string, x: number, y: number): DiagramNode => ({
  id,
  label: id,
  role: "state",
  x,
  y,
  note: id,
});

interface Row {
  readonly x: number;
  readonly y: number;
  readonly angle?: number;
}

/** The points of the arrow's line and its head. */
function drawn(
  from: DiagramNode,
  to: DiagramNode,
  edge: Partial<DiagramEdge> = {},
): { line: readonly Row[]; head: Row } {
  const nodes = from === to ? [from] : [from, to];
  const layers = diagramLayers(nodes, [{ from: from.id, to: to.id, note: "", ...edge }], {
    width: 400,
    height: 300,
    radius,
  });
  const rows = layers.map((layer) => (layer["data"] as { values: readonly Row[] }).values);
  return { line: rows[0]!, head: rows[1]![0]! };
}

const distance = (row: Row, to: DiagramNode): number => Math.hypot(row.x - to.x, row.y - to.y);

describe("an arrow of a diagram", () => {
  const a = node("a", 100, 150);
  const directions: readonly (readonly [string, DiagramNode, number])[] = [
    ["right", node("b", 200, 150), 90],
    ["left", node("b", 10, 150), -90],
    ["up", node("b", 100, 20), 0],
    ["down", node("b", 100, 280), 180],
    ["to the lower right", node("b", 180, 230), 135],
  ];
  for (const [name, b, angle] of directions) {
    it(`that goes ${name} has its head turned that way`, () => {
      const { head } = drawn(a, b);
      assert.ok(Math.abs(((head.angle! - angle + 540) % 360) - 180) < 1, `${head.angle}`);
    });
  }

  it("begins and ends outside its nodes, straight or bent", () => {
    const b = node("b", 220, 190);
    for (const bend of [0, 15, -40]) {
      const { line, head } = drawn(a, b, { bend });
      for (const point of line) {
        assert.ok(distance(point, a) > radius && distance(point, b) > radius, `bend ${bend}`);
      }
      assert.ok(distance(head, b) > radius && distance(head, b) < radius + 12);
      assert.ok(distance(line[0]!, a) < radius + 5);
    }
  });

  it("bends to its left-hand side", () => {
    const { line } = drawn(a, node("b", 300, 150), { bend: 30 });
    const middle = line[Math.floor(line.length / 2)]!;
    assert.ok(Math.abs(middle.y - 120) < 2, `${middle.y}`);
  });

  it("from a node to itself is a loop beside it that comes back", () => {
    const { line, head } = drawn(a, a);
    assert.ok(line.length > 10);
    assert.ok(line.every((point) => point.x > a.x && distance(point, a) > radius));
    assert.ok(line[0]!.y < a.y && head.y > a.y);
  });

  it("to a node that is not there is refused by its name", () => {
    assert.throws(
      () => diagramLayers([a], [{ from: "a", to: "c", note: "" }], { width: 10, height: 10 }),
      /no node "c" for the arrow a → c/,
    );
  });
});
