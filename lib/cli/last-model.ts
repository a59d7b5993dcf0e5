import * as fs from "node:fs";
import * as path from "node:path";
import type { Model } from "../domain/model";
import type { Io } from "./command";
import { modelFile, readProject } from "./project";
import { readModel } from "./read-model";
import { synthesisedModel } from "./synthesised-model";

/**
 * The model that a command reads: the file that the user names, else the model of the last synth, else that of a synth now.
 * @param named the file, as the user wrote it
 * @param again the command to run once an app that fails is put right
 * @throws TandemError when the model cannot be read, or there is none and the app fails
 */
export async function lastModel(named: string | undefined, io: Io, again: string): Promise<Model> {
  if (named !== undefined) return readModel(path.resolve(io.cwd, named), named);
  const file = modelFile(readProject(io), io);
  return fs.existsSync(file) ? readModel(file, path.relative(io.cwd, file)) : synthesisedModel(io, again);
}
