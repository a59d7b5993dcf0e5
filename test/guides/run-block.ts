import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { transformSync } from "@swc/core";
import type { App } from "cdktf";
import { findings } from "eks-tandem/testing";
import type { Model } from "../../lib/domain/model";
import { type StackJson, stacksIn } from "../terraform/synthesised";
import { appWith, type Block } from "./guide-blocks";

/** The day that the guides are judged on. */
const AS_OF = "2026-11-24";

/** What comes of a reader's app. */
export interface Outcome {
  /** The rules that fire, each with its severity, or `acknowledged`. */
  readonly fired: readonly string[];
  /** What Terraform gets, by the stack's name. */
  readonly stacks: ReadonlyMap<string, StackJson>;
  readonly model: Model;
}

/**
 * Synthesises the app that a reader has with a block, and judges it on a day.
 * @throws SynthesisRefused when a finding blocks it, with the whole report
 */
export function run(block: Block, asOf = AS_OF): Outcome {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-guide-"));
  process.env.CDKTF_OUTDIR = outdir;
  process.env.TANDEM_AS_OF = asOf;
  try {
    const app = evaluated(appWith(block));
    const fired = findings(app).map(({ rule, severity, acknowledged }) => {
      return acknowledged ? `acknowledged ${rule}` : `${severity} ${rule}`;
    });
    const model = JSON.parse(fs.readFileSync(path.join(outdir, "tandem.model.json"), "utf8"));
    return { fired: [...new Set(fired)].sort(), stacks: stacksIn(outdir), model };
  } finally {
    delete process.env.CDKTF_OUTDIR;
    delete process.env.TANDEM_AS_OF;
    fs.rmSync(outdir, { recursive: true });
  }
}

function evaluated(text: string): App {
  const { code } = transformSync(`${text}\nmodule.exports = app;`, {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  const module = { exports: {} };
  new Function("require", "module", "exports", code)(require, module, module.exports);
  return module.exports as App;
}
