import { type ApiId, formatApiVersion } from "../domain/api-lifecycle";
import type { DataHorizon } from "../domain/data-horizon";
import type { Location, ObjectFacts, Unreadable } from "../domain/model";
import { visible } from "./visible";

/** What `tandem convert` did and did not do. */
export interface ConversionResult {
  /** The Kubernetes minor version that is to serve the objects. */
  readonly target: string;
  readonly dataHorizon: DataHorizon;
  readonly scanned: {
    readonly files: number;
    /** Objects that need no conversion. */
    readonly unchanged: number;
    /** Custom resources that nobody could judge. */
    readonly custom: number;
    /** Documents of files of a folder that are most likely no manifests. */
    readonly notManifests: number;
  };
  readonly converted: readonly {
    readonly object: PlacedObject;
    readonly to: ApiId;
    readonly notes: readonly string[];
  }[];
  readonly left: readonly {
    readonly object: PlacedObject;
    readonly reason: string;
    readonly isServed: boolean;
    readonly server: string;
  }[];
  readonly unreadable: readonly Unreadable[];
  /** The files that were written; none without `--write`. */
  readonly written: readonly string[];
}

/** An object, and where it stands. */
export interface PlacedObject extends ObjectFacts {
  readonly location?: Location;
}

/** Whether something is left that the target does not serve, or that nobody could read. */
export function isIncomplete({ left, unreadable }: ConversionResult): boolean {
  return unreadable.length > 0 || left.some(({ isServed }) => !isServed);
}

/** A line for each object that was converted or left, and for each document that could not be read; then the sums. */
export function conversionText(result: ConversionResult): string {
  const { converted, left, unreadable } = result;
  const lines = [
    ...converted.flatMap(({ object, to, notes }) => [
      `${named(object)}: converted from ${object.apiVersion} to ${destination(object, to)}`,
      ...notes.map((note) => `${named(object)}: note: ${note}`),
    ]),
    ...left.map(({ object, reason, isServed, server }) => {
      const state = isServed ? "deprecates" : "does not serve";
      return `${named(object)}: left in ${object.apiVersion}, which ${server} ${state}: ${reason}`;
    }),
    ...unreadable.map(({ location, message }) => `${place(location)}: error: ${message}`),
    summary(result),
  ];
  return lines.map((line) => `${visible(line)}\n`).join("");
}

/** The same for programs. */
export function conversionJson({ target, dataHorizon, scanned, ...result }: ConversionResult): string {
  const subject = ({ apiVersion, kind, namespace, name }: PlacedObject) => ({ apiVersion, kind, namespace, name });
  const json = {
    schemaVersion: 1,
    target,
    dataHorizon,
    scanned: { ...scanned, unreadable: result.unreadable.length },
    converted: result.converted.map(({ object, to, notes }) => ({
      subject: subject(object),
      location: object.location,
      to: { apiVersion: formatApiVersion(to), kind: to.kind },
      notes,
    })),
    left: result.left.map(({ object, reason, isServed, server }) => ({
      subject: subject(object),
      location: object.location,
      reason,
      served: isServed,
      server,
    })),
    unreadable: result.unreadable,
    written: result.written,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function summary({ target, dataHorizon, scanned, converted, left, unreadable }: ConversionResult): string {
  const parts = [
    `${counted(converted.length, "object")} converted`,
    `${left.length} left`,
    `${scanned.unchanged} unchanged`,
    ...(scanned.custom > 0 ? [`${counted(scanned.custom, "custom resource")} not judged`] : []),
    ...(unreadable.length > 0 ? [`${unreadable.length} unreadable`] : []),
    ...(scanned.notManifests > 0 ? [`${counted(scanned.notManifests, "document")} passed over as no manifest`] : []),
  ];
  return `Kubernetes ${target}: ${parts.join(", ")} in ${counted(scanned.files, "file")} (API table of ${dataHorizon.retrieved})`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** `k8s/web.yaml:12:1: Ingress "web"` */
function named({ kind, name, location }: PlacedObject): string {
  return `${place(location)}: ${kind}${name && ` ${JSON.stringify(name)}`}`;
}

function place(location: Location | undefined): string {
  return location ? `${location.file}:${location.line}:${location.column}` : "input";
}

function destination({ kind }: PlacedObject, to: ApiId): string {
  return to.kind === kind ? formatApiVersion(to) : `${to.kind} of ${formatApiVersion(to)}`;
}
