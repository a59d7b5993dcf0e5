import { record } from "../../lib/history/history-file";
import { recordedOn } from "./recorded";

/** Records one cluster: what the test of several processes starts. */
const [project = "", cluster = ""] = process.argv.slice(2);
void record(project, recordedOn("2026-01-10", {}, cluster));
