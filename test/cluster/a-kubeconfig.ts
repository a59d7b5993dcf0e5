import * as fs from "node:fs";
import * as path from "node:path";
import { stringify } from "yaml";
import { AUTHORITY } from "./test-api-server";

/** What a context of the test has; the cluster, the user and the context have the same name. */
export interface TestContext {
  readonly server: string;
  readonly cluster?: object;
  readonly user?: object;
}

/** A kubeconfig whose first context is the current one. */
export function kubeconfig(contexts: Readonly<Record<string, TestContext>>): string {
  const entries = Object.entries(contexts);
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": entries[0]?.[0],
    clusters: entries.map(([name, { server, cluster }]) => ({ name, cluster: { server, ...cluster } })),
    users: entries.map(([name, { user }]) => ({ name, user: user ?? {} })),
    contexts: entries.map(([name]) => ({ name, context: { cluster: name, user: name } })),
  });
}

/** Writes one into a folder. */
export function writeKubeconfig(
  folder: string,
  contexts: Readonly<Record<string, TestContext>>,
  name = "config",
): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, kubeconfig(contexts));
  return file;
}

/** The authority of the test's servers, as kubeconfigs have it. */
export const TRUSTED = { "certificate-authority-data": Buffer.from(AUTHORITY).toString("base64") };
