import { readFileSync } from "node:fs";
import { join } from "node:path";
import table from "../../lib/data/charts.json";
import { looseVersion, satisfiesHelmConstraint } from "../../lib/domain/helm-constraint";
import { type KnownChart, namesOf } from "../../lib/domain/known-chart";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";

const rows = table.rows as readonly KnownChart[];
const text = readFileSync(join(__dirname, "../../lib/data/charts.json"), "utf8");
const matrixRows = rows.flatMap((row) => (row.matrix ?? []).map((each) => ({ name: row.name, ...each })));
const DAY = /^\d{4}-\d\d-\d\d$/;

test("the header says where the facts are from, when they were read and what they speak for", () => {
  expect(table).toMatchObject({
    table: "charts",
    source: expect.stringContaining("by hand"),
    retrieved: expect.stringMatching(DAY),
    covers: { from: "1.21", to: "1.36" },
  });
});

test("it has 21 projects, one a line, sorted", () => {
  const lines = text.split("\n").filter((line) => line.startsWith('    { "name"'));
  expect(lines.map((line) => JSON.parse(line.replace(/,$/, "")))).toEqual(rows);
  const names = rows.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort());
  expect(names).toHaveLength(21);
});

test("every row has the columns of a known chart and no other", () => {
  const columns: Record<string, unknown> = {
    name: expect.stringMatching(/^[a-z-]+$/),
    charts: expect.arrayContaining([expect.stringMatching(/^[a-z-]+$/)]),
    repositories: expect.arrayContaining([expect.stringMatching(/^(https|oci):\/\/\S+[^/]$/)]),
    images: expect.arrayContaining([expect.stringMatching(/^[a-z0-9./-]+$/)]),
    source: expect.stringMatching(/^https:\/\/\S+$/),
    read: expect.stringMatching(DAY),
    oneMinorAtATime: expect.stringMatching(/^https:\/\/\S+$/),
    claim: expect.stringMatching(/^(supported|tested|same-minor)$/),
    matrix: expect.any(Array),
    releases: expect.any(Object),
    note: expect.stringMatching(/^its maintainers .*[^.]$/),
    retired: expect.objectContaining({
      since: expect.stringMatching(/^\d{4}-\d\d(-\d\d)?$/),
      why: expect.stringMatching(/[^.]$/),
      replacement: expect.stringMatching(/[^.]$/),
    }),
  };
  for (const row of rows) {
    expect(row).toEqual(Object.fromEntries(Object.keys(row).map((column) => [column, columns[column]])));
    expect(row).toMatchObject({ repositories: columns.repositories, images: columns.images, source: columns.source });
  }
});

test("a project has either a claim with what it rests on, or a note that says why there is none", () => {
  const wrong = rows.filter(({ claim, matrix, releases, note }) => {
    if (claim === undefined) return note === undefined || matrix !== undefined || releases !== undefined;
    return note !== undefined || (claim === "same-minor" ? releases === undefined : matrix === undefined);
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test("a chart's address and an image are of one project only", () => {
  const addresses = rows.flatMap((row) =>
    row.repositories.flatMap((place) => namesOf(row).map((name) => `${place} ${name}`)),
  );
  expect(addresses.filter((each, index) => addresses.indexOf(each) !== index)).toEqual([]);
  const images = rows.flatMap((row) => row.images);
  expect(images.filter((each, index) => images.indexOf(each) !== index)).toEqual([]);
});

test("every range can be read, and none is empty", () => {
  const constraints = [...matrixRows.flatMap(({ app, chart }) => [app, ...(chart === undefined ? [] : [chart])])];
  const retired = rows.flatMap(({ retired }) => (retired?.chart === undefined ? [] : [retired.chart]));
  const all = [...constraints, ...retired];
  expect(all.filter((each) => satisfiesHelmConstraint("1.0.0", each) === undefined)).toEqual([]);
  const reversed = matrixRows.filter(
    ({ from, to }) =>
      from !== undefined && to !== undefined && KubernetesVersion.parse(from).isAfter(KubernetesVersion.parse(to)),
  );
  expect(reversed).toEqual([]);
});

test("every release ships a version that can be read, and falls into at most one row of its matrix", () => {
  const wrong = rows.flatMap(({ name, releases = {}, matrix = [] }) =>
    Object.entries(releases)
      .filter(
        ([, app]) => !looseVersion(app) || matrix.filter((row) => satisfiesHelmConstraint(app, row.app)).length > 1,
      )
      .map(([chart]) => `${name} ${chart}`),
  );
  expect(wrong).toEqual([]);
});

test("no maintainer names a Kubernetes version after the last that the table covers", () => {
  const last = KubernetesVersion.parse(table.covers.to);
  expect(matrixRows.filter(({ to }) => to !== undefined && KubernetesVersion.parse(to).isAfter(last))).toEqual([]);
});
