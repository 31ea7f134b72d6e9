/**
 * What one function of a notebook needs of the cells around it, as one module.
 *
 * From the function's own statement the names that it mentions lead to the statements that declare
 * them, and so on. What nothing leads to stays outside: trial calls, charts, checks, training. A name
 * that several cells declare is the one that the function's cell sees when the notebook is run from
 * top to bottom.
 */
import { type Statement, statementsOf } from "./statements.js";

/** A notebook's cell. */
export interface SourceCell {
  /** Its place in the notebook, from 1. */
  readonly number: number;
  readonly source: string;
}

/** A cell, cut. */
export interface CutCell extends SourceCell {
  readonly statements: readonly Statement[];
}

/** A function with all that it needs. */
export interface Slice {
  /** The module: what is declared, without exports. */
  readonly text: string;
  /** Names that were taken from other cells, but for imports, in the order in which they were found. */
  readonly taken: readonly string[];
  /** The exercises whose function it uses as `my_…`. */
  readonly uses: readonly string[];
  /** The statements of the cells that it is made of. */
  readonly statements: ReadonlySet<Statement>;
  /** What was put before these, a line each. */
  readonly added: readonly string[];
  /** Where its lines come from. */
  readonly origins: readonly SliceOrigin[];
}

/** Lines of a slice that stand in one cell, one below the other. */
export interface SliceOrigin {
  /** The first one in the slice, from 1. */
  readonly from: number;
  readonly count: number;
  readonly cell: CutCell;
  /** The first one in the cell, from 1. */
  readonly line: number;
  /** How many characters stand before it there, on its line. */
  readonly before: number;
}

/**
 * A cell with its statements.
 *
 * @param cell - its number and its source
 * @returns the same, cut
 */
export function cutCell({ number, source }: SourceCell): CutCell {
  return { number, source, statements: statementsOf(source) };
}

/**
 * The module of one function.
 *
 * @param name - the function's, an exercise's id
 * @param own - the cell that declares it
 * @param cells - the notebook's, with `own`, in its order
 * @param exercises - the ids of all exercises: `my_` before one means the hand-in's own function
 * @returns the statements that it needs, cell by cell in the notebook's order
 */
export function sliceOf(
  name: string,
  own: CutCell,
  cells: readonly CutCell[],
  exercises: readonly string[],
): Slice {
  return new Slicer(own, cells, exercises).slice(name);
}

/** A statement in its cell. */
interface Placed {
  readonly statement: Statement;
  readonly cell: CutCell;
}

/** What a lesson's cells have without an import of their own, where one was lost. */
const GIVEN: Readonly<Record<string, string>> = {
  check: "unrolled/check",
  show: "unrolled/display",
};

const MINE = "my_";

class Slicer {
  private readonly own: CutCell;
  private readonly cells: readonly CutCell[];
  private readonly exercises: ReadonlySet<string>;
  private readonly declared = new Map<string, Placed[]>();
  private readonly chosen = new Set<Statement>();
  private readonly known = new Set<string>();
  private readonly open: Placed[] = [];
  /** Variables that a statement of another kind may fill. */
  private readonly filled = new Set<string>();
  /** Functions that another statement may exchange. */
  private readonly exchanged = new Set<string>();
  /** Names that were only met where a parameter has them. */
  private readonly passed = new Set<string>();
  private readonly added: string[] = [];
  private readonly taken: string[] = [];
  private readonly uses = new Set<string>();

  constructor(own: CutCell, cells: readonly CutCell[], exercises: readonly string[]) {
    this.own = own;
    this.cells = cells;
    this.exercises = new Set(exercises);
    for (const cell of cells) {
      for (const statement of cell.statements) {
        for (const name of statement.kind === "exports" ? [] : statement.declares) {
          const places = this.declared.get(name);
          if (places === undefined) this.declared.set(name, [{ statement, cell }]);
          else places.push({ statement, cell });
        }
      }
    }
  }

  slice(name: string): Slice {
    this.need(name);
    this.follow();
    for (const cell of this.cells) {
      for (const statement of cell.statements) {
        if (this.fills(statement)) this.choose({ statement, cell });
      }
    }
    this.follow();
    const texts: string[] = [];
    const origins: SliceOrigin[] = [];
    let from = this.added.length + 1;
    for (const cell of this.cells) {
      for (const { text, line, before } of placesIn(cell, this.chosen)) {
        const count = linesIn(text);
        texts.push(text);
        origins.push({ from, count, cell, line, before });
        from += count;
      }
    }
    return {
      text: [...this.added, ...texts].join("\n"),
      taken: this.taken,
      uses: Array.from(this.uses),
      statements: this.chosen,
      added: this.added,
      origins,
    };
  }

  private follow(): void {
    for (let one = this.open.pop(); one !== undefined; one = this.open.pop()) {
      const { words, locals } = one.statement;
      const declares = new Set(one.statement.declares);
      for (const word of words) {
        if (!declares.has(word)) this.need(word, locals.has(word));
      }
    }
  }

  /** Takes what declares a name; a parameter of the same name is no reason to take a variable. */
  private need(name: string, isLocal = false): void {
    if (this.known.has(name) || (isLocal && this.passed.has(name))) return;
    const places = this.placesOf(name);
    if (isLocal && places.every(({ statement }) => statement.kind === "variable")) {
      this.passed.add(name);
      return;
    }
    this.known.add(name);
    const exercise = name.startsWith(MINE) ? name.slice(MINE.length) : "";
    if (this.exercises.has(exercise)) this.uses.add(exercise);
    if (places.length === 0) this.supply(name, exercise);
    const [first] = places;
    if (first !== undefined && first.cell !== this.own && first.statement.kind !== "import")
      this.taken.push(name);
    for (const place of places) {
      const { kind, imports } = place.statement;
      if (kind === "variable") this.filled.add(name);
      if (kind === "function") this.exchanged.add(name);
      if (kind === "import") this.added.push(imports.get(name)!);
      else this.choose(place);
    }
  }

  private choose(place: Placed): void {
    if (this.chosen.has(place.statement)) return;
    this.chosen.add(place.statement);
    this.open.push(place);
  }

  /** Where a name is declared: in the own cell, or in the nearest one before it, or after it. */
  private placesOf(name: string): readonly Placed[] {
    const all = this.declared.get(name) ?? [];
    const own = all.filter(({ statement }) => statement.kind !== "import");
    const places = this.exercises.has(name) && own.length > 0 ? own : all;
    const here = this.own.number;
    const cell =
      places.find((place) => place.cell === this.own)?.cell ??
      places.findLast((place) => place.cell.number < here)?.cell ??
      places[0]?.cell;
    const inCell = places.filter((place) => place.cell === cell);
    const declarations = inCell.filter(({ statement }) => statement.kind !== "import");
    return declarations.length > 0 ? declarations : inCell.slice(0, 1);
  }

  /** What no cell declares, but every lesson has. */
  private supply(name: string, exercise: string): void {
    const given = Object.hasOwn(GIVEN, name) ? GIVEN[name] : undefined;
    if (given !== undefined) this.added.push(`import { ${name} } from "${given}";`);
    if (!this.exercises.has(exercise)) return;
    if (this.declared.has(exercise)) {
      this.need(exercise);
      this.added.push(`const ${name} = (...args) => ${exercise}(...args);`);
    } else {
      const words = `${name} is the hand-in's own ${exercise}, and there is none in this notebook`;
      this.added.push(
        `const ${name} = () => { throw new ReferenceError(${JSON.stringify(words)}); };`,
      );
    }
  }

  /** Whether a statement may change what is needed: it begins with it, or is a block of code. */
  private fills(statement: Statement): boolean {
    if (statement.kind !== "other") return false;
    const [first, second] = statement.start;
    if (BLOCKS.has(first)) {
      const { words, assigns } = statement;
      return (
        Array.from(words).some((word) => this.filled.has(word)) ||
        Array.from(assigns).some((name) => this.exchanged.has(name))
      );
    }
    if (this.exchanged.has(first)) return second === "=";
    return this.filled.has(first) && /^(?:[.[=]|\?\.)$/.test(second);
  }
}

/** A cell's statements that were chosen, each with its place in the cell; looked for in one pass. */
function placesIn(
  { source, statements }: CutCell,
  chosen: ReadonlySet<Statement>,
): readonly { readonly text: string; readonly line: number; readonly before: number }[] {
  let [at, line, lineStart] = [0, 1, 0];
  return statements.flatMap((statement) => {
    if (!chosen.has(statement)) return [];
    const start = statement.end - statement.text.length;
    for (; at < start; at++) {
      if (source[at] !== "\n") continue;
      line++;
      lineStart = at + 1;
    }
    return [{ text: statement.text, line, before: start - lineStart }];
  });
}

function linesIn(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** What a statement begins with that holds others. */
const BLOCKS: ReadonlySet<string> = new Set(["for", "while", "do", "if", "switch", "try", "{"]);
