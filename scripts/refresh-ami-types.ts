/**
 * Rebuilds lib/data/ami-types.json.
 *
 *   tsx scripts/refresh-ami-types.ts <checkout of boto/botocore> <checkout of awslabs/amazon-eks-ami>
 *
 * - Which AMI types there are: the shape AMITypes of EKS's service model in botocore. A type without a row is an error, because nobody
 *   has said yet what it runs on (lib/domain/ami-type.ts names it too), and so is a row without a type.
 * - `firstMinor` and `verifiedTo` of Amazon Linux 2023, `lastAmiRelease` of Amazon Linux 2: the AMI names in the CHANGELOG.md of
 *   amazon-eks-ami. An AMI younger than a row's `lastMinor` is an error.
 * All else is written by hand and kept: Bottlerocket and Windows have no such list. A checkout older than the last one used is an error.
 */
import { join } from "node:path";
import type { AmiTypeFacts } from "../lib/domain/ami-type";
import { KubernetesVersion } from "../lib/domain/kubernetes-version";
import { type AmiSeries, readAmiSeries } from "./refresh/ami-changelog";
import { Checkout } from "./refresh/checkout";
import { readTable, rewriteTable, sourceVersion } from "./refresh/table-file";

/** What a refresh reads and writes. */
export interface AmiTypesRefresh {
  /** Folder of a checkout of boto/botocore. */
  readonly botocore: string;
  /** Folder of a checkout of awslabs/amazon-eks-ami. */
  readonly amis: string;
  readonly table: string;
  /** The day to put in `retrieved` when there is news, `YYYY-MM-DD`. */
  readonly today: string;
}

const MODEL = "botocore/data/eks/2017-11-01/service-2.json";
const VERSION = "botocore/__init__.py";
const WINDOW = ["firstMinor", "verifiedFrom", "lastMinor", "verifiedTo", "lastAmiRelease"];
const COLUMNS = [
  "name",
  "operatingSystem",
  "architecture",
  "accelerators",
  "fips",
  ...WINDOW,
  "releaseVersionParameter",
  "sources",
  "note",
];

/**
 * Rebuilds the table.
 * @throws Error when an AMI type has no row, a row has no AMI type, or an AMI contradicts its row.
 */
export function refreshAmiTypes({ botocore, amis, table: file, today }: AmiTypesRefresh): void {
  const [model, changelog] = [new Checkout(botocore), new Checkout(amis)];
  const table = readTable<AmiTypeFacts>(file);
  const version = sourceVersion(table.header.sourceVersion, {
    "boto/botocore": describeBotocore(model),
    "awslabs/amazon-eks-ami": changelog.describe("HEAD"),
  });
  refuseStrangers(readAmiTypes(model), table.rows);
  const series = readAmiSeries(changelog.read("HEAD", (path) => path === "CHANGELOG.md").get("CHANGELOG.md") ?? "");
  const rows = table.rows.map((row) => withSeries(row, series.get(seriesOf(row.name))));
  const covers = { ...(table.header.covers as object), to: newest(rows.map((row) => row.verifiedTo)) };
  rewriteTable(table, { header: { sourceVersion: version, covers }, rows, columns: COLUMNS, sortBy: ["name"], today });
}

/** botocore's own version says more than a commit: it is released with every change of the service models. */
function describeBotocore(checkout: Checkout): string {
  const version = /^__version__ = ['"](.+)['"]$/m.exec(
    checkout.read("HEAD", (path) => path === VERSION).get(VERSION) ?? "",
  )?.[1];
  if (!version) throw new Error(`${VERSION} has no __version__`);
  return checkout.describe("HEAD").replace(/\(.*\)$/, `(${version})`);
}

function readAmiTypes(checkout: Checkout): readonly string[] {
  const text = checkout.read("HEAD", (path) => path === MODEL).get(MODEL);
  const values = text === undefined ? undefined : JSON.parse(text).shapes?.AMITypes?.enum;
  if (!Array.isArray(values)) throw new Error(`${MODEL} has no shape AMITypes`);
  return values;
}

function refuseStrangers(names: readonly string[], rows: readonly AmiTypeFacts[]): void {
  const added = names.filter((name) => !rows.some((row) => row.name === name));
  if (added.length > 0)
    throw new Error(`AMITypes has ${added.join(", ")} and the table does not: write a row for each`);
  const lost = rows.filter((row) => !names.includes(row.name)).map((row) => row.name);
  if (lost.length > 0) throw new Error(`AMITypes no longer has ${lost.join(", ")}`);
}

/** How the changelog names the AMIs of a type: what stands between `amazon-eks-` and the minor version. */
function seriesOf(name: string): string {
  const amazonLinux2 = { AL2_x86_64: "node", AL2_x86_64_GPU: "gpu-node", AL2_ARM_64: "arm64-node" }[name];
  return (
    amazonLinux2 ??
    name
      .replace(
        /^AL2023_(ARM_64|x86_64)_/,
        (_, architecture) => `node-al2023-${architecture === "ARM_64" ? "arm64" : "x86_64"}-`,
      )
      .toLowerCase()
  );
}

function withSeries(row: AmiTypeFacts, series: AmiSeries | undefined): AmiTypeFacts {
  if (!series) {
    if (row.name.startsWith("AL2"))
      throw new Error(`${row.name}: CHANGELOG.md has no AMI of the series ${seriesOf(row.name)}`);
    return row;
  }
  if (row.lastMinor === undefined) return { ...row, firstMinor: series.first, verifiedTo: series.last };
  if (series.last !== row.lastMinor) {
    throw new Error(`${row.name}: its last minor is ${row.lastMinor}, but CHANGELOG.md has AMIs up to ${series.last}`);
  }
  return { ...row, lastAmiRelease: series.lastDay };
}

function newest(minors: readonly (string | undefined)[]): string | undefined {
  const versions = minors.flatMap((minor) => KubernetesVersion.tryParse(minor) ?? []);
  return versions
    .sort((a, b) => a.compare(b))
    .at(-1)
    ?.toString();
}

if (require.main === module) {
  const [botocore, amis] = process.argv.slice(2);
  if (!botocore || !amis)
    throw new Error("expected two folders: a checkout of boto/botocore and one of awslabs/amazon-eks-ami");
  const table = join(__dirname, "../lib/data/ami-types.json");
  refreshAmiTypes({ botocore, amis, table, today: new Date().toISOString().slice(0, 10) });
}
