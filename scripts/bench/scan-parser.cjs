/**
 * Reads the file that it is given with the scan and with the YAML parser, in turn, and prints the milliseconds of each run. In a process
 * of its own and without tsx, which slows what it runs: users run what is built.
 */
const fs = require("node:fs");
const { parseAllDocuments } = require("yaml");
const { Collector } = require("../../dist/lib/later-scan-collector");
const { Scanner } = require("../../dist/lib/later-scan-scanner");

const PIECES = 32;
const bytes = fs.readFileSync(process.argv[2]);
const text = bytes.toString();
const collector = new Collector(new Scanner({ target: process.argv[3] }).isClean);
const milliseconds = { scan: [], yaml: [] };
for (let run = 0; run < 9; run++) {
  milliseconds.scan.push(
    timed(() => collector.collectNow({ name: "charts", open: () => Array(PIECES).fill(bytes) })) / PIECES,
  );
  milliseconds.yaml.push(timed(() => parseAllDocuments(text).map((document) => document.toJS())));
}
process.stdout.write(JSON.stringify(milliseconds));

function timed(run) {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}
