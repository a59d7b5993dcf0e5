import * as fs from "node:fs";
import * as path from "node:path";
import { KubernetesVersion } from "../../../lib/domain/kubernetes-version";
import { type ConvertedManifests, convertManifests } from "../../../lib/manifests/convert/convert-manifests";
import { readManifests } from "../../../lib/manifests/read";

const FOLDER = path.resolve(__dirname, "../../fixtures/convert");

/** A text before and after. */
export interface Fixture {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** All of `test/fixtures/convert`: `<name>.in.yaml` and `<name>.out.yaml`, or `.json`. */
export const fixtures: readonly Fixture[] = fs
  .readdirSync(FOLDER)
  .filter((file) => /\.in\.(yaml|json)$/.test(file))
  .map((file) => ({ name: file.replace(".in.", "."), before: read(file), after: read(file.replace(".in.", ".out.")) }));

/** Converts for a target. @param ingressClasses the IngressClasses that exist */
export function convert(
  text: string,
  target = "1.35",
  ingressClasses: readonly string[] = ["nginx"],
): ConvertedManifests {
  return convertManifests(text, "k8s.yaml", {
    target: KubernetesVersion.parse(target),
    ingressClasses: new Set(ingressClasses),
    components: new Map([
      ["cert-manager", "1.17.2"],
      ["gateway-api", "1.6.0"],
    ]),
  });
}

/** What was left, as `line Kind "name": reason`. */
export function reasons(text: string, target?: string): string[] {
  return convert(text, target).left.map(
    ({ object: { kind, name, location }, reason }) => `${location?.line} ${kind} "${name}": ${reason}`,
  );
}

/** What is told of the converted objects. */
export function notes(text: string, target?: string): string[] {
  return convert(text, target).converted.flatMap((each) => each.notes);
}

/** The objects of a text as plain JSON. */
export function objectsOf(text: string): Readonly<Record<string, unknown>>[] {
  const objects: Readonly<Record<string, unknown>>[] = [];
  readManifests(text, "k8s.yaml", (_, object) => objects.push(object));
  return objects;
}

function read(file: string): string {
  return fs.readFileSync(path.join(FOLDER, file), "utf8");
}
