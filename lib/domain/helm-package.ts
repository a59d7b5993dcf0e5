import table from "../data/managed-helm.json";

/** An npm package that holds a helm program for Linux on x64. */
export interface HelmPackage {
  readonly package: string;
  readonly version: string;
  /** Of the package's archive, as npm writes it: `sha512-…`. */
  readonly integrity: string;
  /** The zip file in the package, and the program in that. */
  readonly layer: string;
  readonly program: string;
  /** `sha256:…` of the program. */
  readonly digest: string;
  /** The version of Helm. */
  readonly helm: string;
}

/** `newest`: what is used where there is no helm. `older`: of the major version before, for the tests. */
export const helmPackages: Readonly<Record<"newest" | "older", HelmPackage>> = table.packages;
