/**
 * LaTeX for a terminal: `$a^{\langle t \rangle}$` reads a⟨t⟩, `$W_{ax}$` reads Wax, as in code. Good
 * enough for the formulas of the statements; what it does not know stays as it is written.
 */

const COMMANDS: Readonly<Record<string, string>> = {
  langle: "⟨",
  rangle: "⟩",
  cdot: "·",
  times: "×",
  odot: "⊙",
  ast: "∗",
  sum: "Σ",
  prod: "Π",
  partial: "∂",
  nabla: "∇",
  infty: "∞",
  in: "∈",
  le: "≤",
  leq: "≤",
  ge: "≥",
  geq: "≥",
  neq: "≠",
  ne: "≠",
  approx: "≈",
  equiv: "≡",
  to: "→",
  rightarrow: "→",
  mapsto: "↦",
  dots: "…",
  ldots: "…",
  cdots: "…",
  vdots: "⋮",
  mid: "∣",
  lVert: "‖",
  rVert: "‖",
  lvert: "∣",
  rvert: "∣",
  top: "⊤",
  alpha: "α",
  beta: "β",
  gamma: "γ",
  Gamma: "Γ",
  delta: "δ",
  epsilon: "ε",
  varepsilon: "ε",
  theta: "θ",
  lambda: "λ",
  mu: "μ",
  rho: "ρ",
  sigma: "σ",
  tau: "τ",
  phi: "φ",
  quad: "\u2003",
  qquad: "\u2003\u2003",
  displaystyle: "",
};

/** Commands whose argument is shown as it is. */
const TRANSPARENT =
  /\\(?:text|mathrm|mathbf|mathit|mathcal|operatorname|texttt|bm)\s*(?:\{([^{}]*)\}|([A-Za-z]))/g;

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  ...{ "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸" },
  ...{
    "9": "⁹",
    "+": "⁺",
    "-": "⁻",
    "−": "⁻",
    "(": "⁽",
    ")": "⁾",
    i: "ⁱ",
    n: "ⁿ",
    "⊤": "ᵀ",
    T: "ᵀ",
  },
};

/**
 * A statement for the terminal: formulas in letters of Unicode, tables as lists, no marks of Markdown.
 *
 * @param markdown - with formulas between dollar signs
 * @returns plain text
 */
export function plainStatement(markdown: string): string {
  return withPlainMath(markdown)
    .replaceAll(/^#+ /gm, "")
    .replaceAll(/\*\*([^*\n]+)\*\*/g, "$1")
    .replaceAll("`", "")
    .replaceAll(/^\|.*\|(?:\n|$)/gm, tableRow)
    .trim();
}

/** One row of a table: name and shape in one line, the explanation below it. */
function tableRow(row: string): string {
  const [name = "", shape = "", ...rest] = row.trim().slice(1, -1).split("|");
  if (/^[\s:-]*$/.test(name)) return ""; // the head, and the line below it
  const head = `  ${name.trim().padEnd(24)}  ${shape.trim()}`.trimEnd();
  const words = rest.join("|").trim();
  return words === "" ? `${head}\n` : `${head}\n      ${words}\n`;
}

/**
 * A text whose formulas between dollar signs are written with letters of Unicode.
 *
 * @param markdown - with formulas between dollar signs
 * @returns the same with plain formulas
 */
export function withPlainMath(markdown: string): string {
  return markdown
    .replaceAll(/\$\$([\s\S]+?)\$\$/g, (_, formula: string) => `  ${plainMath(formula)}`)
    .replaceAll(/\$([^$\n]+)\$/g, (_, formula: string) => plainMath(formula));
}

/**
 * One formula.
 *
 * @param formula - LaTeX, without dollar signs
 * @returns letters of Unicode
 */
export function plainMath(formula: string): string {
  let text = formula
    .replaceAll(/\\begin\{cases\}([\s\S]*?)\\end\{cases\}/g, (_, rows: string) => casesText(rows))
    .replaceAll(/\\(?:left|right|big[lr]?|Big[lr]?)(?![A-Za-z])\s*/g, "")
    .replaceAll(/(\\[A-Za-z]+)(?=\\)/g, "$1 ")
    .replaceAll(/\\([{}_%&#])/g, (_, sign: string) => ESCAPED[sign] ?? sign)
    .replaceAll(/\\mathbb\s*\{?R\}?/g, "ℝ")
    .replaceAll(/\\hat\s*\{?y\}?/g, "ŷ")
    .replaceAll(TRANSPARENT, "$1$2")
    .replaceAll(/\\frac\s*(\w)\s*(\w)/g, "$1/$2")
    .replaceAll(/\\[,;:! ]/g, " ")
    .replaceAll(/\\(log|exp|tanh|max|min|ln)(?=\s*[\p{L}\\])/gu, "$1 ")
    .replaceAll(/\\([A-Za-z]+)/g, (whole, name: string) => COMMANDS[name] ?? keep(whole, name))
    .replaceAll(/∂\s+/g, "∂");
  // From the inside out, until no braces are left that this knows.
  for (let before = ""; before !== text;) {
    before = text;
    text = text
      .replaceAll(/\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, (_, over: string, under: string) =>
        [over, under].map(inBrackets).join("/"),
      )
      .replaceAll(/\\sqrt\s*\{([^{}]*)\}/g, (_, inner: string) => `√${inBrackets(inner)}`)
      .replaceAll(/\^\s*\{([^{}]*)\}/g, (_, inner: string) => superscript(inner.trim()))
      .replaceAll(/([Wb])_\s*\{([^{}]*)\}(?=[A-Za-zα-ωŷ⟨])/g, "$1$2 ")
      .replaceAll(/([Wb])_\s*\{([^{}]*)\}/g, "$1$2")
      .replaceAll(/_\s*\{([^{}]*)\}/g, (_, inner: string) => subscript(inner.trim()));
  }
  return text
    .replaceAll(/\^([0-9A-Za-z⊤])/g, (_, sign: string) => superscript(sign))
    .replaceAll(/([Wb])_([a-z])/g, "$1$2")
    .replaceAll(/[{}]/g, "")
    .replaceAll(/⟨\s*(.*?)\s*⟩/g, "⟨$1⟩")
    .replaceAll(/‖\s*(.*?)\s*‖/g, "‖$1‖")
    .replaceAll(/∣\s*(.*?)\s*∣/g, "∣$1∣")
    .replaceAll(UNESCAPED, (sign) => ESCAPED_BACK[sign] ?? sign)
    .replaceAll(/ {2,}/g, " ")
    .trim();
}

/** Braces that are meant to be seen wait under other names until those of LaTeX are gone. */
const ESCAPED: Readonly<Record<string, string>> = { "{": "\u0001", "}": "\u0002" };
const ESCAPED_BACK: Readonly<Record<string, string>> = { "\u0001": "{", "\u0002": "}" };
// eslint-disable-next-line no-control-regex -- the two other names
const UNESCAPED = /[\u0001\u0002]/g;

/** Such as "{ 1 if k = i; 0 otherwise }". */
function casesText(rows: string): string {
  const cases = rows.split("\\\\").map((row) =>
    row
      .trim()
      .replace(/\s*&\s*/, " if ")
      .replace(/if (\\text\{)?otherwise\}?/, "otherwise"),
  );
  return `\\{ ${cases.join("; ")} \\}`;
}

/** frac and sqrt wait for their arguments; functions such as \tanh are their own names. */
function keep(whole: string, name: string): string {
  return name === "frac" || name === "sqrt" ? whole : name;
}

function inBrackets(text: string): string {
  const inner = text.trim();
  return /[\s+\-−]/.test(inner.replaceAll(/⟨.*?⟩/g, "")) ? `(${inner})` : inner;
}

function subscript(text: string): string {
  return /^\w+$/.test(text) ? `_${text}` : `_(${text})`;
}

function superscript(text: string): string {
  const step = text.indexOf("⟨"); // (i)⟨t⟩: the example is raised, the step stands beside it
  if (step === 0) return text;
  if (step > 0) return superscript(text.slice(0, step)) + text.slice(step);
  const raised = Array.from(text, (sign) => SUPERSCRIPTS[sign]);
  return raised.every((sign) => sign !== undefined) ? raised.join("") : `^(${text})`;
}
