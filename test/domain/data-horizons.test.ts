import * as fs from "node:fs";
import * as path from "node:path";
import { dataHorizons } from "../../lib/domain/data-horizons";

/** A pinned program; what previews of charts know; what a Terraform resource is, which the other tables judge; pages to read. */
const NOT_JUDGED_BY = ["immutable-fields", "managed-helm", "terraform-resources", "upgrade-links"];

describe("dataHorizons", () => {
  it("has every table that is judged by, sorted", () => {
    const tables = fs
      .readdirSync(path.resolve(__dirname, "../../lib/data"))
      .map((file) => path.basename(file, ".json"));
    const judging = tables.filter((table) => !NOT_JUDGED_BY.includes(table));
    expect(dataHorizons().map(({ table }) => table)).toEqual(judging.sort());
  });
});
