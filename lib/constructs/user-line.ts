import * as path from "node:path";
import type { Location } from "../domain/model";

/** The folder of this library, whose own frames are never the user's line. */
const LIBRARY = path.resolve(__dirname, "..") + path.sep;
const FRAME = /(?:\(|at )((?:file:\/\/)?(?:[A-Za-z]:)?[^():]+):(\d+):(\d+)\)?$/;
/** The first is as deep as our own frames lie above a plain call, and cheap; the second deep enough for a user's own wrappers around ours. */
const DEPTHS = [12, 40];

/** The nearest line outside of this library and of node_modules that led here: what a finding points at. */
export function userLine(): Location | undefined {
  for (const depth of DEPTHS) {
    const location = userLineWithin(depth);
    if (location) return location;
  }
  return undefined;
}

function userLineWithin(depth: number): Location | undefined {
  for (const line of stackLines(depth)) {
    const frame = FRAME.exec(line);
    const file = frame?.[1]?.replace(/^file:\/\//, "");
    if (!file || !path.isAbsolute(file) || isForeign(file)) continue;
    return { file: relativeToFolder(file), line: Number(frame?.[2]), column: Number(frame?.[3]) };
  }
  return undefined;
}

function stackLines(depth: number): string[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, userLine);
  const lines = String(holder.stack).split("\n");
  Error.stackTraceLimit = limit;
  return lines.slice(1);
}

function isForeign(file: string): boolean {
  return file.startsWith(LIBRARY) || file.includes(`${path.sep}node_modules${path.sep}`);
}

/** Relative to the folder that synth runs in, with forward slashes: the same on every machine. */
export function relativeToFolder(file: string): string {
  return path.relative(process.cwd(), file).split(path.sep).join("/");
}
