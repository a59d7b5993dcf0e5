import type { CallExpression, Expression, NewExpression, Node, ObjectLiteralExpression, SourceFile } from "ts-morph";
import type { Environment, Location } from "../domain/model";

/** A value to write into the side of an environment. */
export interface SourceChange {
  /** Where the construct was made. */
  readonly location: Pick<Location, "line" | "column">;
  /** Keys within its options: `versions.controlPlane`, `chart.version`. */
  readonly keys: readonly string[];
  readonly side: Environment;
  /** What stands there now; where it is something else, the program has changed since the last synth. */
  readonly from: string;
  readonly value: string;
  /** What the construct is called. */
  readonly id: string;
  /**
   * The reason of a `differs` that is written where both clusters get the same today.
   * @default - that is left to people
   */
  readonly because?: string | undefined;
}

/** What became of a source. */
export interface EditedSource<C extends SourceChange> {
  readonly text: string;
  readonly done: readonly C[];
  /** What is left to people, and why: the end of a sentence. */
  readonly left: readonly { readonly change: C; readonly why: string }[];
}

const BYTE_ORDER_MARK = "\uFEFF";

/** Position of the version among the arguments of `HelmChart`'s factories. */
const VERSION_ARGUMENT: Readonly<Record<string, number>> = { repository: 2, oci: 1 };

/** Thrown and caught here: why a change is left to people. */
class Unsure extends Error {}

/**
 * Writes values into a program, side by side with what the twin keeps. Only text that is written out is changed, in its place: a
 * literal in a `differs`, at the option itself or above it, also where a const of the same file holds it. Where both sides have become the
 * same, the `differs` goes.
 */
export function editSource<C extends SourceChange>(text: string, changes: readonly C[]): EditedSource<C> {
  // As large as a compiler: loaded by the commands that edit.
  const { Project, SyntaxKind, Node: nodes } = require("ts-morph") as typeof import("ts-morph");
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  const done: C[] = [];
  const left: { change: C; why: string }[] = [];
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const source = project.createSourceFile("main.ts", text.slice(mark.length));
  const touched = new Set<CallExpression>();
  for (const change of changes) {
    try {
      write(source, change);
      done.push(change);
    } catch (error) {
      if (!(error instanceof Unsure)) throw error;
      left.push({ change, why: error.message });
    }
  }
  return { text: mark + withoutDifferences(source.getFullText(), [...touched]), done, left };

  function write(source: SourceFile, { location, id, keys, side, from, value, because }: SourceChange): void {
    const options = optionsAt(source, location, id);
    let at: Expression = options;
    let differing: CallExpression | undefined;
    for (const key of [...keys, undefined]) {
      at = writtenOut(at, source);
      if (isDiffers(at)) {
        differing = at;
        at = writtenOut(property(objectOf(at.getArguments()[0]), side), source);
      }
      if (key !== undefined) at = part(at, key);
    }
    if (!nodes.isStringLiteral(at)) throw new Unsure(`${at.getText()} is no text that is written out`);
    if (at.getLiteralValue() !== from)
      throw new Unsure(`${at.getText()} stands there, and not ${JSON.stringify(from)}`);
    if (differing) {
      at.setLiteralValue(value);
      touched.add(differing);
    } else differ(source, at, { side, value, because });
  }

  function optionsAt(source: SourceFile, { line, column }: SourceChange["location"], id: string): Expression {
    const position = source.compilerNode.getPositionOfLineAndCharacter(line - 1, column - 1);
    const start = source.getDescendantAtPos(position);
    const isCall = (node: Node): node is CallExpression | NewExpression =>
      nodes.isCallExpression(node) || nodes.isNewExpression(node);
    const call = start?.getFirstAncestor(isCall) ?? (start && isCall(start) ? start : undefined);
    const options = call
      ?.getArguments()
      .findLast((argument) => nodes.isExpression(argument) && !nodes.isStringLiteral(argument));
    const names = call?.getArguments().filter((argument) => nodes.isStringLiteral(argument)) ?? [];
    const isOther =
      names.length > 0 && !names.some((name) => nodes.isStringLiteral(name) && name.getLiteralValue() === id);
    if (!options || isOther) throw new Unsure("the program has changed since the last synth");
    return options as Expression;
  }

  function part(at: Expression, key: string): Expression {
    if (key !== "version" || !nodes.isCallExpression(at)) return property(objectOf(at), key);
    const factory = at.getExpression();
    const index = nodes.isPropertyAccessExpression(factory) ? VERSION_ARGUMENT[factory.getName()] : undefined;
    const version = index === undefined ? undefined : at.getArguments()[index];
    if (!version) throw new Unsure(`${at.getText()} has no version that is written out`);
    return version as Expression;
  }

  function objectOf(at: Node | undefined): ObjectLiteralExpression {
    if (at && nodes.isObjectLiteralExpression(at)) return at;
    throw new Unsure(`${at?.getText() ?? "nothing"} is not written out as { … }`);
  }

  function property(object: ObjectLiteralExpression, key: string): Expression {
    const found = object.getProperty(key);
    const later = found ? object.getProperties().slice(found.getChildIndex() / 2 + 1) : [];
    if (later.some((each) => nodes.isSpreadAssignment(each)))
      throw new Unsure(`${key} stands before a spread, which may win`);
    if (found && nodes.isPropertyAssignment(found)) return found.getInitializerOrThrow();
    if (found && nodes.isShorthandPropertyAssignment(found)) return found.getNameNode();
    throw new Unsure(`${key} is not written out`);
  }

  /** A const of the same file stands for what it holds. */
  function writtenOut(at: Expression, source: SourceFile): Expression {
    if (!nodes.isIdentifier(at)) return at;
    const held = source
      .getDescendantsOfKind(SyntaxKind.VariableDeclaration)
      .filter((declaration) => declaration.getName() === at.getText());
    const initializer = held.length === 1 ? held[0]?.getInitializer() : undefined;
    if (!initializer) throw new Unsure(`${at.getText()} is not written out in this file`);
    const uses = source.getDescendantsOfKind(SyntaxKind.Identifier).filter((each) => each.getText() === at.getText());
    if (uses.length > 2) throw new Unsure(`${at.getText()} is used in several places`);
    return initializer;
  }

  function isDiffers(at: Node): at is CallExpression {
    return nodes.isCallExpression(at) && at.getExpression().getText() === "differs";
  }

  /** Both clusters get `at`: from now on one of them gets something else. */
  function differ(
    source: SourceFile,
    at: Expression,
    { side, value, because }: Pick<SourceChange, "side" | "value" | "because">,
  ): void {
    if (because === undefined) throw new Unsure("both clusters get it, for no differs stands here");
    const ours = source
      .getImportDeclarations()
      .find((each) => each.getNamedImports().some((name) => name.getName() === "ClusterPair"));
    const isImported = source.getDescendantsOfKind(SyntaxKind.Identifier).some((each) => each.getText() === "differs");
    if (!isImported && !ours) throw new Unsure("differs is not imported here");
    const written = JSON.stringify(value);
    const [staging, production] = side === "staging" ? [written, at.getText()] : [at.getText(), written];
    at.replaceWithText(
      `differs({ staging: ${staging}, production: ${production}, because: ${JSON.stringify(because)} })`,
    );
    if (!isImported) ours?.addNamedImport("differs");
  }

  /** The text without those differences whose sides are the same by now. */
  function withoutDifferences(written: string, differences: readonly CallExpression[]): string {
    const fromTheEnd = [...differences].sort((one, other) => other.getStart() - one.getStart());
    return fromTheEnd.reduce((all, differing) => {
      const sides = objectOf(differing.getArguments()[0]);
      const [staging, production] = [property(sides, "staging"), property(sides, "production")];
      if (plain(staging.getText()) !== plain(production.getText())) return all;
      const deeper =
        staging.getStartLinePos() === differing.getStartLinePos()
          ? 0
          : staging.getIndentationText().length - differing.getIndentationText().length;
      const lines = staging.getText().split("\n");
      const text = lines.map((line, index) => (index === 0 ? line : line.slice(indentOf(line, deeper)))).join("\n");
      return all.slice(0, differing.getStart()) + text + all.slice(differing.getEnd());
    }, written);
  }
}

/** How much of a line's indentation to take away. */
function indentOf(line: string, most: number): number {
  return Math.min(most, line.length - line.trimStart().length);
}

function plain(text: string): string {
  return text.replace(/\s+/g, " ");
}
