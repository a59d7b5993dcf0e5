import { App } from "cdktf";
import { addPair } from "./pairs";

/** Synthesises a fleet of as many pairs as the first argument says and prints its milliseconds and its peak of memory in MiB. */
const start = process.hrtime.bigint();
const app = new App();
for (let index = 0; index < Number(process.argv[2]); index++) addPair(app, `pair-${index}`);
app.synth();
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
process.stdout.write(JSON.stringify({ milliseconds, mebibytes: process.resourceUsage().maxRSS / 1024 }));
