import { parseApiVersion } from "../domain/api-lifecycle";
import type { DefinedResource, KubernetesObject, Manifests, Model } from "../domain/model";
import { chartNotRendered } from "../rules/chart-not-rendered";
import { customResources } from "../rules/custom-resources";
import { findingOf, findingsOf } from "../rules/findings-of";
import { formatSubject } from "../rules/placed-objects";
import { removedField } from "../rules/removed-field";
import type { Finding, Severity } from "../rules/rule";
import { ruleFailed } from "../rules/rule-failed";
import { unknownApi } from "../rules/unknown-api";
import { unreadableManifest } from "../rules/unreadable-manifest";
import { type ApiFacts, apiFacts, fieldFacts, type Targets } from "./api-facts";
import { type CollectedEntry, type CollectedObject, type CollectedProblem, isProblem } from "./collected";
import { OBJECT_RULES } from "./object-rules";
import { notServedYet, withNow } from "./served-now";
import { targetModel } from "./target-model";

/** A scan sees no releases of the components that bring custom resources. */
const ADD_DEFINITION =
  "Scan it together with its CustomResourceDefinition, which then judges it; kubectl api-resources lists what a cluster serves.";

/** A finding of a scan: besides what every finding says, what the tables say of the API. */
export type ScanFinding = Finding & ApiFacts & { readonly within?: string };

/** What is to be said of every object of an API. */
interface Verdict {
  /** About an object of the name `PLACEHOLDER`. */
  readonly findings: readonly (Finding & ApiFacts)[];
  /** The same, of what the version that the cluster runs now makes of it where the target serves it. */
  readonly now: readonly (Finding & ApiFacts)[];
  /** Whether it is a custom resource that nobody could judge. */
  readonly isNotJudged: boolean;
}

/** A name that no object has: the API server takes none with such a character. */
const PLACEHOLDER = "\uE000";

/**
 * What the rules say of objects. They judge one object of each API, and what they say of it holds for all others but for name and place,
 * so that a hundred thousand of them cost no more than one.
 */
export class Verdicts {
  private readonly apis = new Map<string, Verdict>();
  private readonly fields = new Map<string, Verdict["findings"]>();

  /** @param definitions what CustomResourceDefinitions define, by group and kind */
  constructor(
    private readonly targets: Targets,
    private readonly definitions: ReadonlyMap<string, DefinedResource> = new Map(),
  ) {}

  /** Whether there is nothing to say of objects of an API, unless a field change hits them. */
  isClean(apiVersion: string, kind: string): boolean {
    const { findings, now } = this.onApi({ apiVersion, kind });
    return findings.length + now.length === 0;
  }

  /** Whether an object is a custom resource that nobody could judge. */
  isNotJudged(object: CollectedObject): boolean {
    return this.onApi(object).isNotJudged;
  }

  /** What is to be said of an object. */
  ofObject(object: CollectedObject, file: string): ScanFinding[] {
    const { apiVersion, kind, namespace, name } = object;
    const findings = this.onObject(object);
    if (findings.length === 0) return [];
    const subject = namespace === undefined ? { apiVersion, kind, name } : { apiVersion, kind, namespace, name };
    const context = contextOf(object, file);
    const named = formatSubject(subject);
    const sampled = formatSubject({ kind, name: PLACEHOLDER });
    return findings.map((finding) => {
      const message = finding.message.replace(sampled, () => named);
      return { ...finding, ...context, severity: atMost(object.severity, finding.severity), subject, message };
    });
  }

  /** How grave what is to be said of an entry is, each finding by itself. */
  severitiesOf(entry: CollectedEntry): Severity[] {
    if (isProblem(entry)) return this.ofProblem(entry, "").map(({ severity }) => severity);
    return this.onObject(entry).map(({ severity }) => atMost(entry.severity, severity));
  }

  /** What is to be said of what could not be read. */
  ofProblem(problem: CollectedProblem, file: string): ScanFinding[] {
    const { rule, message, what = `A document of ${file}`, remedy, isMild } = problem;
    const where = {
      ...contextOf(problem, file),
      severity: isMild ? "note" : atMost(problem.severity, "error"),
    } as const;
    if (rule !== undefined) return [{ ...findingOf(chartNotRendered, { path: file, message }), ...where }];
    if (isMild) return [{ ...findingOf(unreadableManifest, { path: file, ...notMeant(what, message) }), ...where }];
    const unreadable = { message, what, ...(remedy === undefined ? {} : { remedy }) };
    const model = this.model({ unreadable: [unreadable] }, file);
    return findingsOf(unreadableManifest, model).map((finding) => ({ ...finding, ...where }));
  }

  private onObject(object: CollectedObject): Verdict["findings"] {
    const { findings, now } = this.onApi(object);
    const { fields = [], isForTarget } = object;
    const ofFields = fields.flatMap((field) => this.onField(object, field));
    return [...findings, ...ofFields, ...(isForTarget ? [] : now)];
  }

  private onApi({ apiVersion, kind }: Api): Verdict {
    const key = `${apiVersion} ${kind}`;
    const known = this.apis.get(key);
    if (known) return known;
    const model = this.model({ objects: [sample(apiVersion, kind), ...this.definitionOf(apiVersion, kind)] });
    const facts = apiFacts(apiVersion, kind, this.targets);
    const verdict = {
      findings: judged(model).map((finding) => this.withFacts(finding, facts, kind)),
      now: notServedYet({ apiVersion, kind, shown: formatSubject({ kind, name: PLACEHOLDER }) }, this.targets),
      isNotJudged: customResources(model).some((resource) => resource.verdict.is === "not-judged"),
    };
    this.apis.set(key, verdict);
    return verdict;
  }

  private onField({ apiVersion, kind }: Api, field: string): Verdict["findings"] {
    const key = `${apiVersion} ${kind} ${field}`;
    const known = this.fields.get(key);
    if (known) return known;
    const findings = judged(this.model({ objects: [{ ...sample(apiVersion, kind), fields: [field] }] }));
    const facts = fieldFacts(field, apiVersion, kind, this.targets);
    const own = findings.filter(({ rule }) => rule === removedField.id).map((finding) => ({ ...finding, ...facts }));
    this.fields.set(key, own);
    return own;
  }

  private model(read: Partial<Pick<Manifests, "objects" | "unreadable">>, file = ""): Model {
    const manifests = { documents: 1, objects: [], unreadable: [], ...read };
    return targetModel(String(this.targets.target), manifests, file);
  }

  /** The CustomResourceDefinition of an API, of which nothing is known but what it defines. */
  private definitionOf(apiVersion: string, kind: string): KubernetesObject[] {
    const defines = this.definitions.get(definitionKey(parseApiVersion(apiVersion).group, kind));
    if (!defines) return [];
    return [{ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", name: "", hash: "", defines }];
  }

  /** Says what holds for the version that the cluster runs now. */
  private withFacts(finding: Finding, facts: ApiFacts, kind: string): Finding & ApiFacts {
    if (finding.rule === unknownApi.id && finding.severity === "warning") return { ...finding, remedy: ADD_DEFINITION };
    return withNow(finding, facts, kind, this.targets);
  }
}

function contextOf({ line, column, within }: CollectedEntry, file: string) {
  const place = { path: file, location: { file, line, column } };
  return within === undefined ? place : { ...place, within };
}

function atMost(most: CollectedEntry["severity"], severity: Severity): Severity {
  return most === "warning" && severity === "error" ? most : severity;
}

type Api = Pick<CollectedObject, "apiVersion" | "kind">;

function sample(apiVersion: string, kind: string): KubernetesObject {
  return { apiVersion, kind, name: PLACEHOLDER, hash: "" };
}

/** What the rules say of the sample in a model. */
function judged(model: Model): Finding[] {
  return OBJECT_RULES.flatMap((rule) => findingsOf(rule, model)).filter(
    ({ subject, rule }) => subject?.name === PLACEHOLDER || rule === ruleFailed.id,
  );
}

/** Of a file of a folder it is not known that it was ever meant as a manifest. */
function notMeant(what: string, message: string): Pick<Finding, "message" | "remedy"> {
  return {
    message: `${what} was taken for no Kubernetes manifest: ${message}.`,
    remedy: "Nothing, if it is none. Name the file itself, and what cannot be judged in it is an error.",
  };
}

/** By what a definition is found. */
export function definitionKey(group: string, kind: string): string {
  return `${group} ${kind}`;
}
