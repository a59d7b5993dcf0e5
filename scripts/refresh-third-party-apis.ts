/**
 * Rebuilds lib/data/third-party-apis.json.
 *
 *   tsx scripts/refresh-third-party-apis.ts <folder with checkouts>
 *
 * The folder holds a checkout of each component's repository, with tags, as `owner/name` or `owner+name`; bare clones do, also in
 * a folder `repo` below that. Every row of a component whose checkout is there is rebuilt from the CustomResourceDefinitions of
 * its x.y.0 tags and from nothing else; deprecations and replacements that no CustomResourceDefinition tells are in
 * scripts/refresh/third-party-apis.overrides.json with a reason each, and so is where each component keeps its definitions.
 * The rows of a component whose checkout is not there are carried over as they are, and the script says so.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ComponentReleases, ThirdPartyApi } from "../lib/domain/third-party-api";
import { type ApiKey, keyOf } from "./refresh/api-key";
import { Checkout } from "./refresh/checkout";
import { type CrdPlace, readCrdHistory } from "./refresh/crd-history";
import { applyOverrides, type Override, refuseLosses } from "./refresh/overrides";
import { survivor } from "./refresh/survivor";
import { formatTable, writeTable } from "./refresh/write-table";

/** What a refresh reads and writes. */
export interface ThirdPartyApisRefresh {
  /** Folder with the checkouts. */
  readonly checkouts: string;
  readonly table: string;
  readonly overrides: string;
  /** The day to put in `retrieved` when there is news, `YYYY-MM-DD`. */
  readonly today: string;
}

interface Overrides {
  readonly components: Readonly<Record<string, CrdPlace>>;
  readonly entries: readonly (Override & { readonly component: string })[];
}

interface Table {
  readonly retrieved: string;
  readonly components: Readonly<Record<string, ComponentReleases>>;
  readonly rows: readonly ThirdPartyApi[];
}

/** The rows of one component, and which of its releases they speak for. */
interface Component {
  readonly releases: ComponentReleases;
  readonly rows: readonly ThirdPartyApi[];
}

const SORT_BY = ["component", "group", "kind", "version"];
const COLUMNS = [...SORT_BY, "introduced", "deprecated", "removed", "replacement", "note"];

/**
 * Rebuilds the table.
 * @returns what the reader of the diff should know: which components were carried over.
 * @throws Error when a row of the old table is accounted for by nothing.
 */
export function refreshThirdPartyApis({
  checkouts,
  table,
  overrides: overridesFile,
  today,
}: ThirdPartyApisRefresh): string[] {
  const before = readFileSync(table, "utf8");
  const old = JSON.parse(before) as Table;
  const overrides = JSON.parse(readFileSync(overridesFile, "utf8")) as Overrides;
  const components = new Map<string, Component>();
  const notes: string[] = [];
  for (const [name, place] of Object.entries(overrides.components)) {
    const checkout = checkoutOf(checkouts, place.repository);
    const component = checkout ? rebuilt(name, place, checkout, overrides.entries) : carriedOver(name, old);
    if (!checkout) notes.push(`${name}: carried over, there is no checkout of ${place.repository} in ${checkouts}`);
    components.set(name, component);
  }
  const rows = [...components.values()].flatMap((component) => component.rows);
  refuseLosses(old.rows.map(keyOf), new Map(rows.map((row) => [keyOf(row), row])));

  const header = (retrieved: string) => headerOf(components, retrieved);
  const asRows = rows.map((row) => ({ ...row }));
  const isNews = formatTable(header(old.retrieved), asRows, COLUMNS, SORT_BY) !== before;
  if (isNews) writeTable(table, header(today), asRows, COLUMNS, SORT_BY);
  return notes;
}

function headerOf(components: ReadonlyMap<string, Component>, retrieved: string) {
  return {
    table: "third-party-apis",
    source: "the CustomResourceDefinitions of each component at every x.y.0 tag of its repository",
    sourceVersion: "the newest release of each component, under components",
    retrieved,
    components: Object.fromEntries([...components].map(([name, { releases }]) => [name, releases])),
  };
}

function checkoutOf(folder: string, repository: string): Checkout | undefined {
  const names = [repository, repository.replace("/", "+")].flatMap((name) => [join(name, "repo"), name]);
  const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
  return found === undefined ? undefined : new Checkout(found);
}

function carriedOver(name: string, old: Table): Component {
  const releases = old.components[name];
  if (!releases) throw new Error(`${name}: it is new, so a checkout of its repository is needed`);
  return { releases, rows: old.rows.filter(({ component }) => component === name) };
}

function rebuilt(name: string, place: CrdPlace, checkout: Checkout, overrides: Overrides["entries"]): Component {
  const { from, to, apis } = readCrdHistory(checkout, place);
  const surviving = apis.filter(({ removed }) => removed === undefined);
  const rows = apis.map((api) => {
    const replacement = (api.deprecated || api.removed) && survivor(api, api.version, surviving);
    return { component: name, ...api, ...(replacement && { replacement }) };
  });
  const byKey = new Map<ApiKey, ThirdPartyApi>(rows.map((row) => [keyOf(row), row]));
  const entries = overrides.filter(({ component }) => component === name);
  const repository = `https://github.com/${place.repository}`;
  return { releases: { repository, from, to }, rows: [...applyOverrides(byKey, entries).values()] };
}

if (require.main === module) {
  const [checkouts] = process.argv.slice(2);
  if (!checkouts) throw new Error("expected a folder with checkouts named owner/name or owner+name");
  const notes = refreshThirdPartyApis({
    checkouts,
    today: new Date().toISOString().slice(0, 10),
    table: join(__dirname, "../lib/data/third-party-apis.json"),
    overrides: join(__dirname, "refresh/third-party-apis.overrides.json"),
  });
  process.stderr.write(notes.map((note) => `${note}\n`).join(""));
}
