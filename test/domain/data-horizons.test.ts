import * as fs from "node:fs";
import * as path from "node:path";
import { dataHorizons } from "../../lib/domain/data-horizons";

/** By a pinned program nothing is judged, and by immutable fields only previews are made. */
const NOT_JUDGED_BY = ["immutable-fields", "managed-helm"];

describe("dataHorizons", () => {
  it("has every table that is judged by, sorted", () => {
    const tables = fs
      .readdirSync(path.resolve(__dirname, "../../lib/data"))
      .map((file) => path.basename(file, ".json"));
    const judging = tables.filter((table) => !NOT_JUDGED_BY.includes(table));
    expect(dataHorizons().map(({ table }) => table)).toEqual(judging.sort());
  });
});
