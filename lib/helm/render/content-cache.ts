import * as fs from "node:fs";
import * as path from "node:path";
import { fieldChangesHorizon } from "../../domain/field-change";
import { writeWhole } from "../../files/write-whole";
import { canonicalJson, sha256 } from "../../manifests/canonical-hash";
import { type Env, userCache } from "../program/user-cache";

/** Raised when what is kept changes its form or its meaning. */
const FORM = 3;

/**
 * What earlier runs have learnt of charts and renderings, in the user's cache, each under the hash of all that it follows from: an
 * unchanged release costs no process. No values are kept, and of rendered objects only what the rules need.
 */
export class ContentCache {
  private readonly folder: string;

  constructor(env: Env) {
    this.folder = path.join(userCache(env), "charts");
  }

  /** What `make` gives, from the cache where it is there. What throws is not kept. */
  remember<T>(kind: string, from: object, make: () => T): T {
    const key = this.keyOf(kind, from);
    const known = this.find<T>(key);
    if (known !== undefined) return known;
    const made = make();
    this.keep(key, made);
    return made;
  }

  keyOf(kind: string, from: object): string {
    const all = { form: FORM, kind, fields: fieldChangesHorizon().retrieved, from };
    return sha256(canonicalJson(all)).slice("sha256:".length);
  }

  /** Undefined where there is none that can be read. */
  find<T>(key: string): T | undefined {
    try {
      return JSON.parse(fs.readFileSync(this.fileOf(key), "utf8")) as T;
    } catch {
      return undefined;
    }
  }

  /** A cache that cannot be written costs time and nothing else: home folders in CI are often read-only. */
  keep(key: string, value: unknown): void {
    try {
      writeWhole(this.fileOf(key), JSON.stringify(value));
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }

  private fileOf(key: string): string {
    return path.join(this.folder, key.slice(0, 2), `${key.slice(2)}.json`);
  }
}

/** Not by its class: in a test runner's sandbox, errors of the file system are of another. */
function isSystemError(error: unknown): boolean {
  return typeof error === "object" && error !== null && "syscall" in error;
}
