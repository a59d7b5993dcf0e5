import { parentPort, workerData } from "node:worker_threads";
import { collectHere } from "./collect-here";

/** Runs on a thread of its own: collects the files that it is given. */
parentPort?.postMessage(collectHere(workerData));
