import * as fs from "node:fs";
import * as path from "node:path";
import { dataHorizons } from "../../lib/domain/data-horizons";

/** A pinned program judges nothing. */
const NO_FACTS = ["managed-helm"];

describe("dataHorizons", () => {
  it("has every table that is judged by, sorted", () => {
    const tables = fs
      .readdirSync(path.resolve(__dirname, "../../lib/data"))
      .map((file) => path.basename(file, ".json"));
    const judging = tables.filter((table) => !NO_FACTS.includes(table));
    expect(dataHorizons().map(({ table }) => table)).toEqual(judging.sort());
  });
});
