import * as fs from "node:fs";
import * as path from "node:path";
import { dataHorizons } from "../../lib/domain/data-horizons";

/** Which kinds have no namespace; a pinned program; what previews know; what a Terraform resource is; pages to read. */
const NOT_JUDGED_BY = [
  "cluster-scoped-kinds",
  "immutable-fields",
  "managed-helm",
  "terraform-resources",
  "upgrade-links",
];

describe("dataHorizons", () => {
  it("has every table that is judged by, sorted", () => {
    const tables = fs
      .readdirSync(path.resolve(__dirname, "../../lib/data"))
      .map((file) => path.basename(file, ".json"));
    const judging = tables.filter((table) => !NOT_JUDGED_BY.includes(table));
    expect(dataHorizons().map(({ table }) => table)).toEqual(judging.sort());
  });
});
