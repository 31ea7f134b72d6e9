/**
 * The colours of every chart and diagram, named once.
 *
 * Each is darker than the Okabe–Ito colour that it comes from, so that it has a contrast of at
 * least 3 : 1 against JupyterLab's white (#fff) and dark (#111) page and carries white text at
 * 4.5 : 1. What a colour says, a shape or a label says too.
 */
export const palette = {
  /** Inputs x⟨t⟩. */
  input: "#0072b2",
  /** States a⟨t⟩. */
  state: "#c04f00",
  /** Outputs ŷ⟨t⟩. */
  output: "#00805c",
  /** Gradients and what flows backwards. */
  gradient: "#a8518a",
  /** Losses L⟨t⟩. */
  loss: "#8a6d00",
  /** Axes, arrows, what is no colour's: visible on both pages. */
  neutral: "#797979",
  /** Grid lines and what is not in focus. */
  faint: "#79797933",
} as const;

/**
 * Titles, labels, numbers: the page's own colour of text in JupyterLab, and the neutral where there is none. No single
 * colour has 4.5 : 1 on its white and on its dark page: #797979 comes nearest, with 4.3.
 */
export const textColour = `var(--jp-content-font-color1, ${palette.neutral})`;

/** A role that a colour stands for. */
export type PaletteRole = keyof typeof palette;

/** Colours for unordered categories, in the order in which they are used. */
export const categorical: readonly string[] = [
  palette.input,
  palette.state,
  palette.output,
  palette.gradient,
  palette.loss,
  palette.neutral,
];

/** Zero is the page itself; the ends are told apart by hue, the size by how strong the colour is. */
export const diverging = {
  negative: palette.input,
  zero: "rgba(121,121,121,0.08)",
  positive: palette.state,
} as const;
