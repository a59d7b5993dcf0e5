import table from "../../lib/data/addons.json";
import { type AddonFacts, parseAddonVersion } from "../../lib/domain/addon-version";
import { isCalendarDate } from "../../lib/domain/calendar-date";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import { kubeProxySkew } from "../../lib/domain/version-skew";

interface Row {
  readonly addon: string;
  readonly kubernetes: string;
  readonly version: string;
  readonly firstSeen?: string;
  readonly source: string;
}

const rows: readonly Row[] = table.rows;
const facts = Object.entries(table.addons as Readonly<Record<string, Omit<AddonFacts, "name">>>);
const key = ({ addon, kubernetes, version }: Row) => `${addon} ${kubernetes} ${version}`;

test("the header says where the facts are from, when they were read and how far they reach", () => {
  expect(table).toMatchObject({
    table: "addons",
    source: expect.stringContaining("eksctl-io/eksctl"),
    sourceVersion: expect.stringMatching(/^eksctl-io\/eksctl at \d{4}-\d\d-\d\d \([0-9a-f]{12}\)$/),
    covers: { from: "1.21", to: "1.36" },
  });
  expect(isCalendarDate(table.retrieved)).toBe(true);
});

test("every row is there once, in order", () => {
  const keys = rows.map(key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(rows.length).toBeGreaterThan(500);
});

test("every row is of a known add-on, a covered minor, a well-formed version and a source of the legend", () => {
  const [from, to] = [KubernetesVersion.parse(table.covers.from), KubernetesVersion.parse(table.covers.to)];
  const strange = rows.filter((row) => {
    const minor = KubernetesVersion.parse(row.kubernetes);
    const isCovered = !minor.isBefore(from) && !minor.isAfter(to);
    return !(row.addon in table.addons && isCovered && parseAddonVersion(row.version) && row.source in table.sources);
  });
  expect(strange).toEqual([]);
});

test("a row was first seen on a day, in a month or in a year, and none after the table was read", () => {
  const days = rows.flatMap(({ firstSeen }) => firstSeen ?? []);
  expect(days.filter((day) => !/^\d{4}(-\d\d(-\d\d)?)?$/.test(day))).toEqual([]);
  expect(days.filter((day) => day.length === 10 && !isCalendarDate(day))).toEqual([]);
  expect(days.filter((day) => day > table.retrieved)).toEqual([]);
});

test("every kube-proxy that was seen is within the skew of its control plane", () => {
  const outside = rows.filter(({ addon, kubernetes, version }) => {
    const { major, minor } = parseAddonVersion(version) ?? {};
    return addon === "kube-proxy" && !kubeProxySkew(kubernetes, `${major}.${minor}`).supported;
  });
  expect(outside).toEqual([]);
});

test("no version that never existed was seen", () => {
  const never = Object.keys(table.neverExisted);
  expect(
    rows.filter(({ addon, version }) =>
      never.some((name) => name === `${addon} ${version}` || `${addon} ${version}`.startsWith(`${name}-`)),
    ),
  ).toEqual([]);
});

test("all networking add-ons were seen on every covered minor", () => {
  const networking = facts.filter(([, { networking }]) => networking).map(([name]) => name);
  expect(networking).toEqual(["coredns", "kube-proxy", "vpc-cni"]);
  const minors = new Set(rows.map(({ kubernetes }) => kubernetes));
  expect(minors.size).toBe(16);
  for (const minor of minors) {
    const seen = rows.filter(({ kubernetes }) => kubernetes === minor).map(({ addon }) => addon);
    expect(seen).toEqual(expect.arrayContaining(networking));
  }
});

test("the 21 add-ons are in order, and what is needed before the first node is these", () => {
  const names = facts.map(([name]) => name);
  expect(names).toHaveLength(21);
  expect([...names].sort()).toEqual(names);
  const before = facts.filter(([, { beforeNodes }]) => beforeNodes).map(([name]) => name);
  expect(before).toEqual(["eks-pod-identity-agent", "kube-proxy", "vpc-cni"]);
});

test.each(facts)("%s has a namespace, a purpose, an owner and says whether it needs IAM", (_, addon) => {
  expect(addon).toMatchObject({
    namespace: expect.stringMatching(/^[a-z0-9-]+$/),
    purpose: expect.any(String),
    iam: { required: expect.any(Boolean) },
  });
  expect(["aws", "community"]).toContain(addon.owner);
  expect(["kube-proxy-skew", "coredns-families", "any-minor", undefined]).toContain(addon.versionsFollow);
});

test("service accounts and policies are names, and a policy comes with the service account that it is for", () => {
  const iam = facts.map(([name, addon]) => ({ name, ...addon.iam }));
  const accounts = iam.flatMap(({ serviceAccounts = [] }) => serviceAccounts);
  expect(accounts.filter((account) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(account))).toEqual([]);
  const policies = iam.flatMap(({ policies: names = [] }) => names);
  expect(policies.filter((policy) => !/^(service-role\/)?[A-Z]\w+$/.test(policy))).toEqual([]);
  expect(iam.filter(({ fromNodes }) => fromNodes).map(({ name }) => name)).toEqual([
    "eks-pod-identity-agent",
    "vpc-cni",
  ]);
  // No source names its service account.
  expect(iam.filter((each) => each.policies && !each.serviceAccounts).map(({ name }) => name)).toEqual([
    "aws-network-flow-monitoring-agent",
  ]);
});

test.each([
  ["coredns", "1.21", "v1.8.4-eksbuild.1", "2021-07-20", "eksctl"],
  ["coredns", "1.36", "v1.14.3-eksbuild.11", "2026-08-20", "eksctl"],
  ["coredns", "1.36", "v1.14.3-eksbuild.23", "2026-10", "public-iac"],
  ["kube-proxy", "1.21", "v1.21.2-eksbuild.2", "2021-07-20", "ug-git"],
  ["kube-proxy", "1.22", "v1.22.17-eksbuild.2", "2023-03-10", "ug-git"],
  ["vpc-cni", "1.23", "v1.18.0-eksbuild.1", "2024-04-04", "ug-git"],
  ["coredns", "1.23", "v1.8.7-eksbuild.21", "2025-01-11", "eksctl"],
  ["kube-proxy", "1.23", "v1.23.17-eksbuild.20", "2024-12", "ug-2024-12"],
  ["aws-ebs-csi-driver", "1.26", "v1.36.0-eksbuild.1", undefined, "cdk-blueprints"],
  ["aws-network-flow-monitoring-agent", "1.35", "v1.1.3-eksbuild.3", undefined, "cdk-blueprints"],
])("checked by hand: %s on %s has %s", (addon, kubernetes, version, firstSeen, source) => {
  const row = rows.find((candidate) => key(candidate) === `${addon} ${kubernetes} ${version}`);
  expect(row).toEqual({ addon, kubernetes, version, ...(firstSeen && { firstSeen }), source });
});
