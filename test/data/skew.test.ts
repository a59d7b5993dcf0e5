import table from "../../lib/data/skew.json";
import { isCalendarDate } from "../../lib/domain/calendar-date";
import { eksReleases } from "../../lib/domain/eks-calendar";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import { kubectlSkew, kubeletSkew, kubeProxySkew, skewPolicy } from "../../lib/domain/version-skew";

const ALL = Array.from({ length: 42 }, (_, minor) => `1.${minor}`);
const rows = table.rows;
const legend = Object.keys(table.sources);

test("the header says where the facts are from, when they were read and how far they reach", () => {
  expect(table).toMatchObject({
    table: "skew",
    source: expect.stringContaining("version-skew-policy.md"),
    sourceVersion: expect.stringContaining("kubernetes/website"),
    covers: { from: rows[0]?.apiserver, to: rows.at(-1)?.apiserver },
  });
  expect(isCalendarDate(table.retrieved)).toBe(true);
});

test("it has a row for every version of EKS's calendar", () => {
  expect(rows.map(({ apiserver }) => apiserver)).toEqual(eksReleases().map(({ version }) => version));
});

test.each(rows)("what is computed for a control plane of $apiserver is what the table spells out", (row) => {
  const supported = (isSupported: (version: string) => boolean) => ALL.filter(isSupported);
  expect(supported((kubelet) => kubeletSkew(row.apiserver, kubelet).supported)).toEqual(row.kubelet);
  expect(supported((kubeProxy) => kubeProxySkew(row.apiserver, kubeProxy).supported)).toEqual(row.kubeProxy);
  expect(supported((kubectl) => kubectlSkew(row.apiserver, kubectl).supported)).toEqual(row.kubectl);
});

test.each(rows)("the next control plane after $apiserver is one update away, with kubelets that both allow", (row) => {
  const here = KubernetesVersion.parse(row.apiserver);
  expect(here.next(skewPolicy().controlPlaneUpdate.minors).toString()).toBe(row.nextControlPlane);
  const both = row.kubelet.filter((kubelet) => kubeletSkew(row.nextControlPlane, kubelet).supported);
  expect(both[0]).toBe(row.oldestKubeletBeforeNext);
  expect([here.previous(skewPolicy().controllers.minors).toString(), row.apiserver]).toEqual(row.controllers);
});

test("every limit and every rule says where it is from", () => {
  const sources = [...Object.values(table.policy), ...Object.values(table.eksRules)].map((entry) => entry.sources);
  expect(sources.every((list) => list.length > 0)).toBe(true);
  const strange = new Set(sources.flat().filter((source) => !legend.includes(source)));
  // The first is this project itself; the others are named in full.
  expect(strange).toEqual(
    new Set(["project", "eksctl-io/eksctl#7976 (2025-01-08)", "EKS 1.35 release notes, 2026-01"]),
  );
});

test.each([
  ["1.21", "1.19", "1.22"],
  ["1.24", "1.22", "1.25"],
  ["1.25", "1.23", "1.26"],
  ["1.26", "1.24", "1.27"],
  ["1.27", "1.25", "1.28"],
  ["1.28", "1.25", "1.29"],
  ["1.29", "1.26", "1.30"],
  ["1.33", "1.30", "1.34"],
  ["1.36", "1.33", "1.37"],
  ["1.37", "1.34", "1.38"],
])("checked by hand: %s allows kubelets from %s and kubectl up to %s", (apiserver, oldestKubelet, newestKubectl) => {
  const row = rows.find((candidate) => candidate.apiserver === apiserver);
  expect([row?.kubelet[0], row?.kubelet.at(-1), row?.kubectl.at(-1)]).toEqual([
    oldestKubelet,
    apiserver,
    newestKubectl,
  ]);
});

test("the rollback facts that code decides by are numbers", () => {
  expect(table.rollback).toMatchObject({
    since: "2026-07-01",
    windowDays: 7,
    minors: 1,
    timeoutMinutes: { minimum: 120, maximum: 10080, default: 720 },
  });
});
