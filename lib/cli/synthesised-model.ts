import * as path from "node:path";
import type { Model } from "../domain/model";
import { blocks, evaluate } from "../rules/evaluate";
import type { Io } from "./command";
import { modelFile, readProject } from "./project";
import { readModel } from "./read-model";
import { appFailed, synthesise } from "./synthesise";

/**
 * The model of the app as it is now, also of one that our own gate refuses: what it lacks may be what the command is about to put right.
 * @param again the command to run once the app is put right
 * @throws TandemError when the app fails for a reason of its own, or there is none
 */
export async function synthesisedModel(io: Io, again: string): Promise<Model> {
  const project = readProject(io);
  const synthesis = await synthesise(project, undefined, io, again);
  const file = modelFile(project, io);
  const model = readModel(file, path.relative(io.cwd, file));
  if (synthesis.failure && !blocks(evaluate(model))) throw appFailed(String(project.app), synthesis, io, again);
  return model;
}
