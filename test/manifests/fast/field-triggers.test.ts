import { stringify } from "yaml";
import table from "../../../lib/data/kubernetes-apis.json";
import { type FieldMatch, fieldChanges, hasFieldChanges, pathsInKind } from "../../../lib/domain/field-change";
import { readFast, readWhole } from "./read-fast";

/** A text for each row that asks for one by a pattern. */
const MATCHING: Readonly<Record<string, string>> = {
  "cgroup-v1": "al2@v20240807",
  "cronjob-tz": "TZ=Europe/Berlin 0 * * * *",
  "dockershim-socket": "/var/run/docker.sock",
  "kube-proxy-ipvs": "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: ipvs\n",
  "kubelet-container-runtime-flag": "kubelet --container-runtime=remote",
  "kubelet-keep-terminated-pod-volumes": "kubelet --keep-terminated-pod-volumes=true",
  "sa-token-secret-autogen": "web-token-x7x2z",
  "scheduler-policy-config": '{"kind": "Policy", "predicates": []}',
};

interface Case {
  readonly id: string;
  readonly path: string;
  readonly object: Record<string, unknown>;
}

const cases = fieldChanges().flatMap(({ id, appliesTo, match = [] }) =>
  match.flatMap((one) => appliesTo.flatMap((kind) => casesOf(id, one, kind))),
);

function casesOf(id: string, match: FieldMatch, kind: string): Case[] {
  return match.paths
    .flatMap((path) => pathsInKind(path, kind))
    .map((path) => {
      const object = { apiVersion: apiVersionOf(kind, match), kind, metadata: { name: "web-app" } };
      put(object, stepsOf(path), valueFor(id, match));
      return { id, path: `${kind} ${path}`, object };
    });
}

/** An API version that the row is for. */
function apiVersionOf(kind: string, { onlyApiVersion }: FieldMatch): string {
  if (onlyApiVersion?.[0]) return onlyApiVersion[0];
  const row = table.rows.find((each) => each.kind === kind && hasFieldChanges(each.group, kind));
  if (!row) return "karpenter.k8s.aws/v1";
  return row.group === "" ? row.version : `${row.group}/${row.version}`;
}

function valueFor(id: string, { equals, prefix, regex, absent, address }: FieldMatch): unknown {
  if (equals !== undefined) return equals;
  if (prefix !== undefined) return `${prefix}web`;
  if (regex !== undefined) return MATCHING[id];
  if (absent !== undefined) return {};
  if (address !== undefined) return address === "ip" ? "192.168.000.5" : "192.168.0.5/24";
  return "x";
}

function stepsOf(path: string): string[] {
  return [...path.matchAll(/\*|~|\[\]|\["[^"]+"\]|[\w-]+/g)].map(([step]) => step.replace(/^\["|"\]$/g, ""));
}

function put(holder: Record<string, unknown>, [step = "", ...rest]: readonly string[], value: unknown): void {
  const key = step === "*" || step === "~" ? (step === "~" ? String(value) : "any") : step;
  if (step === "~" || rest.length === 0) {
    holder[key] = step === "~" ? "x" : value;
    return;
  }
  if (rest[0] !== "[]") {
    holder[key] ??= {};
    put(holder[key] as Record<string, unknown>, rest, value);
    return;
  }
  const item: Record<string, unknown> = {};
  holder[key] = [rest.length === 1 ? value : item];
  if (rest.length > 1) put(item, rest.slice(1), value);
}

describe("whatever a field change hits, the fast reader builds and looks at", () => {
  it.each(cases.map((each) => [each.id, each.path, each.object] as const))("%s at %s", (id, _, object) => {
    const text = stringify(object);
    const { objects } = readFast([text], false);
    expect(objects.flatMap(({ fields = [] }) => fields)).toContain(id);
    expect(objects).toEqual(readWhole(text).objects);
  });

  it("every row of the table is among them", () => {
    const judged = fieldChanges().filter(({ scope }) => scope === "manifests");
    expect(new Set(cases.map(({ id }) => id))).toEqual(new Set(judged.map(({ id }) => id)));
  });

  it("what is looked for is a word, which no escape or line end within quotes may hide", () => {
    const matches = fieldChanges().flatMap(({ match = [] }) => match);
    const words = matches
      .flatMap(({ equals, prefix, word }) => [equals, prefix, word])
      .filter((each) => typeof each === "string");
    expect(words.filter((word) => !/^[\w./@=-]+$/.test(word))).toEqual([]);
  });

  it("every pattern has a word that whatever it matches has", () => {
    const patterns = fieldChanges().flatMap(({ id, match = [] }) =>
      match.filter(({ regex }) => regex !== undefined).map(({ word }) => ({ id, word })),
    );
    for (const { id, word } of patterns)
      expect({ id, text: MATCHING[id] }).toEqual({ id, text: expect.stringContaining(String(word)) });
  });
});
