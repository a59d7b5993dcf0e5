import { randomUUID } from "node:crypto";
import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isCalendarDate } from "../domain/calendar-date";
import { withBudgetedAlone } from "../domain/disruption";
import type { Model } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { MODEL_FILE } from "../files/model-file";
import { writeWhole } from "../files/write-whole";
import { withRenderedReleases } from "../helm/render/rendered-releases";
import { withHistory } from "../history/history-file";
import { textReport } from "../report/text";
import { blocks, evaluate } from "../rules/evaluate";
import { describe } from "./describe";

const NO_VALUES = { values: {}, standIns: [], unseen: [] };
/** Values may hold secrets. */
const OWN_EYES = 0o600;
const GATE = Symbol.for("eks-tandem/gate");

/** Thrown by synth when an error-level finding blocks it; the message is the whole report. */
export class SynthesisRefused extends TandemError {
  override readonly name = "SynthesisRefused";

  constructor(report: string) {
    super(report);
    // The report points at the user's lines; where the gate stands in cdktf helps nobody.
    this.stack = `${this.name}:\n\n${report}`;
  }
}

/** Apps whose stacks have all been given their gate in the synth that is under way. */
const prepared = new WeakSet<IConstruct>();

/** Stacks that have seen the verdict on their app; when one comes again, a new synth has begun. */
const seen = new WeakMap<IConstruct, Set<IConstruct>>();

/**
 * Makes an app that holds `stack` refuse to be written while a finding blocks. cdktf writes stack by stack and stops at the first
 * whose validation fails, so every stack of the app has to judge all of it, the user's own included, wherever they stand. Which
 * those are is known when cdktf prepares, which it does with every stack before it writes the first.
 */
export function attachGate(stack: TerraformStack): void {
  if (GATE in stack) return;
  addGate(stack);
  const prepare = stack.prepareStack.bind(stack);
  stack.prepareStack = () => {
    addGates(stack.node.root);
    prepare();
  };
}

function addGates(root: IConstruct): void {
  if (prepared.has(root)) return;
  prepared.add(root);
  for (const construct of root.node.findAll()) {
    if (TerraformStack.isStack(construct) && !(GATE in construct)) addGate(construct);
  }
}

function addGate(stack: TerraformStack): void {
  Object.defineProperty(stack, GATE, { value: true });
  stack.node.addValidation({ validate: () => judge(stack) });
}

function judge(stack: IConstruct): string[] {
  const { root } = stack.node;
  const stacks = seen.get(root);
  if (stacks && !stacks.has(stack)) {
    stacks.add(stack);
    return [];
  }
  seen.delete(root);
  prepared.delete(root);
  refuseOrPass(root);
  seen.set(root, new Set([stack]));
  return [];
}

function refuseOrPass(root: IConstruct): void {
  const model = modelOf(root);
  if (App.isApp(root)) writeWhole(path.join(root.outdir, MODEL_FILE), serialise(model));
  const result = evaluate(model);
  if (blocks(result)) throw new SynthesisRefused(textReport(result));
}

/**
 * The model of the app that `root` is the root of, with what Helm makes of its releases and what the project's history says, judged on
 * the day that `TANDEM_AS_OF` names, today without it.
 */
export function modelOf(root: IConstruct): Model {
  const { model, values } = describe(root, asOf());
  const { TANDEM_VALUES_FILE: valuesFile } = process.env;
  if (valuesFile) writeWhole(valuesFile, JSON.stringify(Object.fromEntries(values)), OWN_EYES);
  const rendered = withRenderedReleases(withHistory(model, process.cwd()), (path) => values.get(path) ?? NO_VALUES, {
    project: process.cwd(),
    env: process.env,
    say: (text) => process.stderr.write(`${text}\n`),
  });
  return { ...rendered, clusters: rendered.clusters.map(withBudgetedAlone) };
}

function asOf(): string {
  const { TANDEM_AS_OF: fixed } = process.env;
  if (fixed === undefined) return new Date().toISOString().slice(0, "YYYY-MM-DD".length);
  if (isCalendarDate(fixed)) return fixed;
  throw new TandemError(`TANDEM_AS_OF: expected a date such as "2026-11-23", got ${JSON.stringify(fixed)}`);
}

/** One line per entry, so that a model can be compared and reviewed; one per object, of which charts have many. */
function serialise(model: Model): string {
  const mark = randomUUID();
  const objects: string[] = [];
  const text = JSON.stringify(
    model,
    (key, value) => {
      if (key !== "objects" || !Array.isArray(value)) return value;
      return value.map((object) => `${mark}${objects.push(JSON.stringify(object)) - 1}`);
    },
    1,
  );
  return `${text.replace(new RegExp(`"${mark}(\\d+)"`, "g"), (_match, index) => objects[Number(index)] ?? "")}\n`;
}
