import { helmPackages } from "../../lib/domain/helm-package";

/** A helm program that the tests run, and its version. */
export interface TestHelm {
  /** Absolute path. */
  readonly program: string;
  readonly version: string;
}

/** Helm of both major versions, as `take-helms.ts` found them: for `describe.each`. */
export const testHelms: readonly TestHelm[] = [
  { program: required("TEST_HELM_NEWEST"), version: helmPackages.newest.helm },
  { program: required("TEST_HELM_OLDER"), version: helmPackages.older.helm },
];

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set; the tests run through jest.config.js, whose setup sets it`);
  return value;
}
