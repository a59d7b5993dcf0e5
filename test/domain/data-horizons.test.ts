import * as fs from "node:fs";
import * as path from "node:path";
import { dataHorizons } from "../../lib/domain/data-horizons";

describe("dataHorizons", () => {
  it("has every data table, sorted", () => {
    const tables = fs
      .readdirSync(path.resolve(__dirname, "../../lib/data"))
      .map((file) => path.basename(file, ".json"));
    expect(dataHorizons().map(({ table }) => table)).toEqual(tables.sort());
  });
});
