import { didYouMean } from "../domain/did-you-mean";
import { TandemError } from "../domain/tandem-error";
import { componentNames, componentReleases, isKnownRelease } from "../domain/third-party-api";

/**
 * Reads `--component NAME=VERSION`.
 * @returns the versions by name
 * @throws TandemError for a component or a version that the table of custom resources does not know
 */
export function readComponents(command: string, given: readonly string[]): ReadonlyMap<string, string> {
  return new Map(given.map((text) => readComponent(command, text)));
}

function readComponent(command: string, text: string): [string, string] {
  const [name = "", version = ""] = text.split("=", 2);
  if (version === "") {
    throw new TandemError(
      `${command}: --component expects a name and a version such as cert-manager=1.17.2, got ${JSON.stringify(text)}`,
    );
  }
  const releases = componentReleases(name);
  if (!releases) {
    const names = componentNames();
    const known = `the components are ${names.join(", ")}`;
    throw new TandemError(`${command}: unknown component ${JSON.stringify(name)}${didYouMean(name, names)}; ${known}`);
  }
  if (isKnownRelease(name, version)) return [name, version];
  const { from, to } = releases;
  throw new TandemError(
    `${command}: nothing is known of ${name} ${JSON.stringify(version)}: the table covers ${from} to ${to}; choose a version within it, or update eks-tandem`,
  );
}
