import * as fs from "node:fs";
import * as path from "node:path";
import type { Model } from "../domain/model";
import { withHistory } from "../history/history-file";
import type { Io } from "./command";
import { modelFile, readProject } from "./project";
import { readModel } from "./read-model";
import { synthesisedModel } from "./synthesised-model";

/**
 * The model that a command reads: the file that the user names, else the model of the last synth with the history as it is now, else that
 * of a synth now.
 * @param named the file, as the user wrote it
 * @param again the command to run once an app that fails is put right
 * @throws TandemError when the model cannot be read, or there is none and the app fails
 */
export async function lastModel(named: string | undefined, io: Io, again: string): Promise<Model> {
  if (named !== undefined) return readModel(path.resolve(io.cwd, named), named);
  const file = modelFile(readProject(io), io);
  if (!fs.existsSync(file)) return synthesisedModel(io, again);
  return withHistory(readModel(file, path.relative(io.cwd, file)), io.cwd);
}
