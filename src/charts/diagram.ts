/**
 * Diagrams of nodes and arrows as Vega-Lite layers.
 *
 * Positions are pixels from the top left corner, and both scales map them one to one, so that an
 * arrow's direction on paper is its direction in pixels. An edge is a straight line or, with
 * `bend`, a quadratic Bézier curve; it is cut where it meets its nodes, and a triangle turned
 * along its last piece is its head.
 */
import { OutOfRangeError } from "../core/errors.js";
import { palette, textColour, type PaletteRole } from "../display/palette.js";

type Field = string | number | boolean | readonly string[];

/** A labelled shape: inputs are squares, states circles, outputs diamonds. */
export interface DiagramNode {
  readonly id: string;
  readonly label: string;
  readonly role: PaletteRole;
  readonly x: number;
  readonly y: number;
  /** What hovering tells. */
  readonly note: string;
  /** More fields that filters and conditions can read. */
  readonly fields?: Readonly<Record<string, Field>>;
}

/** An arrow between two nodes. */
export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  readonly role?: PaletteRole;
  /** How far the arrow's middle is pushed to its left-hand side, in pixels; 0 is straight. */
  readonly bend?: number;
  readonly dashed?: boolean;
  /** Where along the arrow its label stands, 0 to 1; the middle unless said. */
  readonly labelAt?: number;
  readonly note: string;
  readonly fields?: Readonly<Record<string, Field>>;
}

/** How a diagram is drawn. */
export interface DiagramStyle {
  readonly width: number;
  readonly height: number;
  /** A node's radius in pixels. */
  readonly radius?: number;
  /** A Vega expression: what is drawn at all. */
  readonly filter?: string;
  /** A Vega expression: what is in focus; everything else is drawn faintly. */
  readonly focus?: string;
  /** Selection parameters of the layer of nodes. */
  readonly nodeParams?: readonly unknown[];
  /** Selection parameters of the layer of arrows' wide, invisible hover targets. */
  readonly edgeParams?: readonly unknown[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const headLength = 9;

/**
 * The layers of a diagram: arrows, their heads and labels, nodes and their labels.
 *
 * @param nodes - the shapes, at their places in pixels from the top left corner
 * @param edges - the arrows, from node to node by their ids
 * @param style - the size in pixels, and what is drawn, in focus and hovered
 * @returns Vega-Lite layers, the lowest first
 * @throws OutOfRangeError when an edge names a node that is not there
 */
export function diagramLayers(
  nodes: readonly DiagramNode[],
  edges: readonly DiagramEdge[],
  style: DiagramStyle,
): readonly Record<string, unknown>[] {
  const radius = style.radius ?? 20;
  const place = new Map(nodes.map((node) => [node.id, node]));
  const drawn = edges.map((edge, index) => {
    const from = place.get(edge.from);
    const to = place.get(edge.to);
    if (from === undefined || to === undefined) {
      throw new OutOfRangeError(
        `diagramLayers: no node "${from === undefined ? edge.from : edge.to}" for the arrow ${edge.from} → ${edge.to}`,
      );
    }
    const path = from === to ? loop(from, radius) : curve(from, to, edge.bend ?? 0);
    return {
      edge,
      id: `${edge.from}→${edge.to} ${index}`,
      ...cut(path, from, to, radius, edge.labelAt ?? 0.5),
    };
  });

  const x = { field: "x", type: "quantitative", axis: null, scale: { domain: [0, style.width] } };
  const y = {
    field: "y",
    type: "quantitative",
    axis: null,
    scale: { domain: [0, style.height], reverse: true },
  };
  const transform = style.filter === undefined ? {} : { transform: [{ filter: style.filter }] };
  const inFocus = <V>(value: V, otherwise: V): Record<string, unknown> =>
    style.focus === undefined
      ? { value }
      : { condition: { test: style.focus, value }, value: otherwise };
  const opacity = { opacity: inFocus(1, 0.3) };
  const colour = { field: "colour", type: "nominal", scale: null, legend: null };
  const note = { field: "note", type: "nominal", title: null };

  const edgeFields = (edge: DiagramEdge): Record<string, unknown> => ({
    ...edge.fields,
    colour: palette[edge.role ?? "neutral"],
    note: edge.note,
  });
  const lines = drawn.flatMap(({ edge, id, points }) =>
    points.map((point, k) => ({
      ...edgeFields(edge),
      ...point,
      edge: id,
      k,
      dashed: !!edge.dashed,
    })),
  );
  const heads = drawn.map(({ edge, head }) => ({ ...edgeFields(edge), ...head }));
  const edgeLabels = drawn
    .filter(({ edge }) => edge.label !== undefined)
    .map(({ edge, middle }) => ({ ...edgeFields(edge), ...middle, label: edge.label }));
  const circles = nodes.map((node) => ({
    ...node.fields,
    id: node.id,
    label: node.label,
    x: node.x,
    y: node.y,
    note: node.note,
    colour: palette[node.role],
    ...shapeOf(node.role, radius),
  }));

  const path = { x, y, detail: { field: "edge" }, order: { field: "k", type: "quantitative" } };
  return [
    {
      data: { values: lines },
      ...transform,
      mark: { type: "line", aria: false, strokeWidth: 1.8, strokeCap: "butt" },
      encoding: {
        ...path,
        color: colour,
        strokeDash: { condition: { test: "datum.dashed", value: [5, 4] }, value: [1, 0] },
        ...opacity,
      },
    },
    {
      data: { values: heads },
      ...transform,
      mark: { type: "point", aria: false, shape: "triangle", filled: true, size: 95, opacity: 1 },
      encoding: {
        x,
        y,
        angle: { field: "angle", type: "quantitative", scale: null },
        color: colour,
        ...opacity,
      },
    },
    {
      data: { values: lines },
      ...transform,
      ...(style.edgeParams === undefined ? {} : { params: style.edgeParams }),
      mark: { type: "line", aria: false, strokeWidth: 14, opacity: 0.001 },
      encoding: { ...path, tooltip: note },
    },
    ...(["left", "center"] as const).map((align) => ({
      data: { values: edgeLabels.filter((label) => label.align === align) },
      ...transform,
      mark: {
        type: "text",
        aria: false,
        fontSize: 12,
        fontStyle: "italic",
        baseline: "middle",
        align,
      },
      encoding: { x, y, text: { field: "label", type: "nominal" }, color: colour, ...opacity },
    })),
    {
      data: { values: circles },
      ...transform,
      ...(style.nodeParams === undefined ? {} : { params: style.nodeParams }),
      mark: { type: "point", filled: true, opacity: 1 },
      encoding: {
        size: { field: "size", type: "quantitative", scale: null, legend: null },
        x,
        y,
        shape: { field: "shape", type: "nominal", scale: null, legend: null },
        color: colour,
        tooltip: note,
        description: note,
        opacity: inFocus(1, 0.2),
      },
    },
    {
      data: { values: circles },
      ...transform,
      mark: { type: "text", aria: false, fontSize: 13, baseline: "middle" },
      encoding: {
        x,
        y,
        text: { field: "label", type: "nominal" },
        color: inFocus<string>("white", textColour),
      },
    },
  ];
}

/** A symbol and its size (Vega's: the area of its box) that make shapes look equally large. */
function shapeOf(role: PaletteRole, radius: number): { shape: string; size: number } {
  const side = 2 * radius;
  if (role === "input") return { shape: "square", size: (0.86 * side) ** 2 };
  if (role === "output") return { shape: "diamond", size: (1.12 * side) ** 2 };
  return { shape: "circle", size: (0.96 * side) ** 2 };
}

/** Points along the curve from one centre to the other. */
function curve(from: Point, to: Point, bend: number): Point[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const control = {
    x: (from.x + to.x) / 2 + ((to.y - from.y) / length) * 2 * bend,
    y: (from.y + to.y) / 2 - ((to.x - from.x) / length) * 2 * bend,
  };
  return sample((s) => ({
    x: (1 - s) ** 2 * from.x + 2 * s * (1 - s) * control.x + s ** 2 * to.x,
    y: (1 - s) ** 2 * from.y + 2 * s * (1 - s) * control.y + s ** 2 * to.y,
  }));
}

/** A loop at the right-hand side of a node, from its top back to its bottom. */
function loop(node: Point, radius: number): Point[] {
  const centre = { x: node.x + 1.75 * radius, y: node.y };
  const reach = 1.25 * radius;
  return sample((s) => {
    const angle = (Math.PI * 5 * (2 * s - 1)) / 6;
    return { x: centre.x + reach * Math.cos(angle), y: centre.y + reach * Math.sin(angle) };
  });
}

function sample(point: (s: number) => Point): Point[] {
  return Array.from({ length: 241 }, (_, k) => point(k / 240));
}

/** The part of a path outside its two nodes, thinned; the head at its end; the label's place. */
function cut(
  path: readonly Point[],
  from: Point,
  to: Point,
  radius: number,
  labelAt: number,
): {
  points: Point[];
  head: Point & { angle: number };
  middle: Point & { align: "left" | "center" };
} {
  const away = (point: Point, node: Point, distance: number): boolean =>
    Math.hypot(point.x - node.x, point.y - node.y) >= distance;
  const start = path.findIndex((point) => away(point, from, radius + 2));
  const end = path.findLastIndex((point) => away(point, to, radius + headLength));
  const tip = path.findLastIndex((point) => away(point, to, radius + 2));
  const visible = path.slice(start, end + 1);
  const straight = path.length > 0 && isStraight(path);
  const points = visible.filter(
    (_, k) => k === 0 || k === visible.length - 1 || (!straight && k % 10 === 0),
  );
  const last = path[end] ?? from;
  const target = path[tip] ?? to;
  const angle = (Math.atan2(target.x - last.x, last.y - target.y) * 180) / Math.PI;
  const head = { x: (last.x + target.x) / 2, y: (last.y + target.y) / 2, angle };
  const centre = visible[Math.floor(visible.length * labelAt)] ?? last;
  // between close nodes a label would not fit: it goes above them
  const isShort =
    Math.hypot(last.x - (visible[0]?.x ?? last.x), last.y - (visible[0]?.y ?? last.y)) < 34;
  const vertical = Math.abs(to.y - from.y) > Math.abs(to.x - from.x) || from === to;
  const middle = vertical
    ? ({ x: centre.x + 7, y: centre.y, align: "left" } as const)
    : ({ x: centre.x, y: centre.y - (isShort ? radius + 7 : 10), align: "center" } as const);
  return { points, head, middle };
}

function isStraight(path: readonly Point[]): boolean {
  const first = path[0]!;
  const last = path.at(-1)!;
  const middle = path[Math.floor(path.length / 2)]!;
  return (
    Math.abs(middle.x - (first.x + last.x) / 2) + Math.abs(middle.y - (first.y + last.y) / 2) < 0.5
  );
}
