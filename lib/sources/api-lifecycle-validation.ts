import * as fs from "node:fs";
import { KubernetesVersion } from "../domain/kubernetes-version";
import { TandemError } from "../domain/tandem-error";
import { type Scan, scanTexts } from "../scan/scan-manifests";

/** `properties` of the plugin in cdk8s.yaml. */
export interface ApiLifecycleValidationProps {
  /** The Kubernetes minor version to judge for, such as `"1.35"`: in quotes, because YAML reads 1.30 as the number 1.3. */
  readonly target: string;
  /**
   * The least severity that fails the synth.
   * @default "error"
   */
  readonly failOn?: "error" | "warning" | "note";
}

/** What cdk8s-cli gives a plugin, as far as this one uses it. https://cdk8s.io/docs/latest/plugins/validation/ */
export interface Cdk8sValidationContext {
  /** Paths of the manifests that were synthesised. */
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: Cdk8sViolation): void;
    submit(status: "success" | "failure", metadata?: { readonly [key: string]: string }): void;
  };
}

/** What the report shows of a rule; cdk8s adds the construct's path, which it looks up by the resource's name. */
export interface Cdk8sViolation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly {
    readonly resourceName: string;
    readonly locations: readonly string[];
    readonly manifestPath: string;
  }[];
}

type Finding = Scan["findings"][number];

const SEVERITIES = ["note", "warning", "error"] as const;

/**
 * Validation plugin of cdk8s: refuses manifests that use an API which the target version does not serve. In cdk8s.yaml:
 *
 *     validations:
 *       - package: ./node_modules/eks-tandem
 *         version: 0.1.0
 *         class: ApiLifecycleValidation
 *         properties: { target: "1.35" }
 */
export class ApiLifecycleValidation {
  private readonly target: string;
  private readonly failOn: (typeof SEVERITIES)[number];

  /** @throws TandemError for a property that is missing or makes no sense */
  constructor({ target, failOn = "error" }: Partial<ApiLifecycleValidationProps> = {}) {
    if (typeof target !== "string") {
      throw wrong(
        `properties.target must be a Kubernetes minor version in quotes, such as "1.35", got ${shown(target)}`,
      );
    }
    if (!SEVERITIES.includes(failOn)) {
      throw wrong(`properties.failOn must be one of error, warning, note, got ${shown(failOn)}`);
    }
    this.target = String(KubernetesVersion.parse(target));
    this.failOn = failOn;
  }

  /** Judges the manifests together, so that a custom resource may be defined in another file than its own. */
  async validate({ manifests, report }: Cdk8sValidationContext): Promise<void> {
    const texts = manifests.map((file) => ({ name: file, open: () => [fs.readFileSync(file)] }));
    const scan = scanTexts(texts, { target: this.target });
    for (const findings of byRemedy(scan.findings)) report.addViolation(violationOf(findings));
    report.submit(scan.findings.some((each) => this.isBlocking(each)) ? "failure" : "success", this.summaryOf(scan));
  }

  private isBlocking({ severity }: Finding): boolean {
    return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(this.failOn);
  }

  private summaryOf({ scanned, dataHorizon }: Scan): Record<string, string> {
    const apis = dataHorizon.find(({ table }) => table === "kubernetes-apis");
    return {
      Target: `Kubernetes ${this.target}`,
      Objects: String(scanned.objects),
      Unreadable: String(scanned.unreadable),
      "API table": `of ${apis?.retrieved}`,
    };
  }
}

/** Findings of a rule that are to be put right in the same way. */
function byRemedy(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.severity, finding.remedy]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()];
}

function violationOf(findings: readonly Finding[]): Cdk8sViolation {
  const [first] = findings as [Finding];
  return {
    ruleName: `${first.rule} (${first.severity})`,
    recommendation: first.remedy,
    fix: `see ${first.docsUrl}`,
    violatingResources: findings.map(({ subject, location, message }) => ({
      resourceName: subject?.name ?? "(unreadable)",
      locations: [location ? `${location.line}:${location.column} ${message}` : message],
      manifestPath: location?.file ?? "(unknown)",
    })),
  };
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}

function wrong(message: string): TandemError {
  return new TandemError(`cdk8s.yaml, validation ApiLifecycleValidation: ${message}`);
}
