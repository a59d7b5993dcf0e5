import type { CallExpression, Expression, NewExpression, Node, ObjectLiteralExpression, SourceFile } from "ts-morph";
import type { Environment, Location } from "../domain/model";

/** A value to write into the side of an environment. */
export interface SourceChange {
  /** Where the construct was made. */
  readonly location: Pick<Location, "line" | "column">;
  /** Keys within its options: `versions.controlPlane`, `chart.version`. */
  readonly keys: readonly string[];
  readonly side: Environment;
  readonly value: string;
}

/** What became of a source. */
export interface EditedSource {
  readonly text: string;
  readonly done: readonly SourceChange[];
  /** What is left to people, and why: the end of a sentence. */
  readonly left: readonly { readonly change: SourceChange; readonly why: string }[];
}

/** Position of the version among the arguments of `HelmChart`'s factories. */
const VERSION_ARGUMENT: Readonly<Record<string, number>> = { repository: 2, oci: 1 };

/** Thrown and caught here: why a change is left to people. */
class Unsure extends Error {}

/**
 * Writes values into a program, side by side with what the twin keeps. Only text that is written out is changed, in its place: a
 * literal in a `differs`, at the option itself or above it, also where a const of the same file holds it. Where both sides have become the
 * same, the `differs` goes.
 */
export function editSource(text: string, changes: readonly SourceChange[]): EditedSource {
  // As large as a compiler: loaded by the commands that edit.
  const { Project, SyntaxKind, Node: nodes } = require("ts-morph") as typeof import("ts-morph");
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  const done: SourceChange[] = [];
  const left: { change: SourceChange; why: string }[] = [];
  let now = text;
  for (const change of changes) {
    // Made anew after each change: what is replaced above a node takes the node with it. Lines do not move.
    const source = project.createSourceFile("main.ts", now, { overwrite: true });
    try {
      write(source, change);
      now = source.getFullText();
      done.push(change);
    } catch (error) {
      if (!(error instanceof Unsure)) throw error;
      left.push({ change, why: error.message });
    }
  }
  return { text: now, done, left };

  function write(source: SourceFile, { location, keys, side, value }: SourceChange): void {
    const options = optionsAt(source, location);
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
    if (!differing) throw new Unsure("both clusters get it, for no differs stands here");
    if (!nodes.isStringLiteral(at)) throw new Unsure(`${at.getText()} is no text that is written out`);
    at.setLiteralValue(value);
    withoutDifference(differing);
  }

  function optionsAt(source: SourceFile, { line, column }: SourceChange["location"]): Expression {
    const position = source.compilerNode.getPositionOfLineAndCharacter(line - 1, column - 1);
    const start = source.getDescendantAtPos(position);
    const isCall = (node: Node): node is CallExpression | NewExpression =>
      nodes.isCallExpression(node) || nodes.isNewExpression(node);
    const call = start?.getFirstAncestor(isCall) ?? (start && isCall(start) ? start : undefined);
    const options = call
      ?.getArguments()
      .findLast((argument) => nodes.isExpression(argument) && !nodes.isStringLiteral(argument));
    if (!options) throw new Unsure("the program has changed since the last synth");
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
    return initializer;
  }

  function isDiffers(at: Node): at is CallExpression {
    return nodes.isCallExpression(at) && at.getExpression().getText() === "differs";
  }

  function withoutDifference(differing: CallExpression): void {
    const sides = objectOf(differing.getArguments()[0]);
    const [staging, production] = [property(sides, "staging").getText(), property(sides, "production").getText()];
    if (plain(staging) === plain(production)) differing.replaceWithText(staging);
  }
}

function plain(text: string): string {
  return text.replace(/\s+/g, " ");
}
