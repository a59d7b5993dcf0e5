import { TandemError } from "../../lib/domain/tandem-error";
import { readManifests } from "../../lib/manifests/read";
import { isUnreadableInput, type ScanInput, type UnreadableInput } from "../../lib/scan/scan-input";
import { isTerraformJson } from "../../lib/scan/terraform-json";
import { MOST_TERRAFORM_BYTES, terraformInputs } from "../../lib/scan/terraform-plan";

const KUBERNETES = "registry.terraform.io/hashicorp/kubernetes";

/** A resource as `terraform show -json` prints it. */
function resource(address: string, values: object, provider = KUBERNETES): object {
  const [type = "", name = ""] = address.replace(/^(module\.[^.]+\.)*/, "").split(".");
  return {
    address,
    mode: "managed",
    type,
    name,
    provider_name: provider,
    schema_version: 0,
    values,
    sensitive_values: {},
  };
}

function plan(resources: readonly object[], more: object = {}): string {
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { resources } },
    resource_changes: [],
    complete: true,
    errored: false,
    ...more,
  });
}

const PDB = { apiVersion: "policy/v1beta1", kind: "PodDisruptionBudget", metadata: { name: "web", namespace: "shop" } };

/** What an input holds, an object a line, as `apiVersion kind namespace/name @ resource`. */
function held(input: ScanInput | UnreadableInput): string[] {
  if (isUnreadableInput(input)) return [`${input.severity ?? "error"}: ${input.message}`];
  const text = [...(input.open() as Iterable<string>)].join("");
  const { objects, unreadable } = readManifests(text, input.name);
  expect(unreadable).toEqual([]);
  return objects.map(
    ({ apiVersion, kind, namespace, name }) =>
      `${apiVersion} ${kind} ${namespace === undefined ? "" : `${namespace}/`}${name} @ ${input.within}`,
  );
}

const heldIn = (text: string) => terraformInputs(text, "plan.json").flatMap(held);

describe("a Terraform plan", () => {
  it.each<[string, object, string[]]>([
    [
      "kubernetes_manifest",
      resource("kubernetes_manifest.web", { manifest: PDB, object: null, computed_fields: null }),
      ["policy/v1beta1 PodDisruptionBudget shop/web @ kubernetes_manifest.web"],
    ],
    [
      "kubernetes_manifest whose manifest is known only as the provider's object",
      resource("kubernetes_manifest.web", { object: PDB }),
      ["policy/v1beta1 PodDisruptionBudget shop/web @ kubernetes_manifest.web"],
    ],
    [
      "kubernetes_manifest whose name is not known yet",
      resource("kubernetes_manifest.web", { manifest: { ...PDB, metadata: { namespace: "shop", name: null } } }),
      ["policy/v1beta1 PodDisruptionBudget shop/(known after apply) @ kubernetes_manifest.web"],
    ],
    [
      "kubectl_manifest",
      resource(
        'kubectl_manifest.web["a"]',
        { yaml_body: "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\n" },
        "registry.terraform.io/alekc/kubectl",
      ),
      ['policy/v1beta1 PodDisruptionBudget web @ kubectl_manifest.web["a"]'],
    ],
    [
      "kubectl_manifest whose text is not known, but what it is",
      resource("kubectl_manifest.web", { api_version: "policy/v1beta1", kind: "PodDisruptionBudget", name: "web" }),
      ["policy/v1beta1 PodDisruptionBudget web @ kubectl_manifest.web"],
    ],
    [
      "kubectl_manifest whose text shows without its secrets",
      resource("kubectl_manifest.web", {
        yaml_body_parsed: "apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\ndata: (sensitive value)\n",
      }),
      ["v1 Secret web @ kubectl_manifest.web"],
    ],
    [
      "kubernetes_ingress, which still calls extensions/v1beta1",
      resource("kubernetes_ingress.web", {
        metadata: [{ name: "web", namespace: "shop", generate_name: null }],
        spec: [{}],
      }),
      ["extensions/v1beta1 Ingress shop/web @ kubernetes_ingress.web"],
    ],
    [
      "kubernetes_pod_security_policy",
      resource("kubernetes_pod_security_policy.web", { metadata: [{ name: "web" }] }),
      ["policy/v1beta1 PodSecurityPolicy web @ kubernetes_pod_security_policy.web"],
    ],
    [
      "a typed resource whose name is made of a prefix",
      resource("kubernetes_cron_job.web", { metadata: [{ name: null, generate_name: "web-", namespace: "shop" }] }),
      ["batch/v1beta1 CronJob shop/web-… @ kubernetes_cron_job.web"],
    ],
    [
      "kubernetes_labels, which says which API it calls",
      resource("kubernetes_labels.web", {
        api_version: "policy/v1beta1",
        kind: "PodDisruptionBudget",
        metadata: [{ name: "web" }],
        labels: {},
      }),
      ["policy/v1beta1 PodDisruptionBudget web @ kubernetes_labels.web"],
    ],
    [
      "helm_release with the provider's experiment manifest",
      resource(
        "helm_release.web",
        {
          name: "web",
          chart: "web",
          manifest: JSON.stringify({
            "shop/poddisruptionbudget.policy/policy/v1beta1/web": PDB,
            x: { ...PDB, apiVersion: "policy/v1" },
          }),
        },
        "registry.terraform.io/hashicorp/helm",
      ),
      [
        "policy/v1beta1 PodDisruptionBudget shop/web @ helm_release.web",
        "policy/v1 PodDisruptionBudget shop/web @ helm_release.web",
      ],
    ],
    [
      "a resource of another provider",
      resource("aws_eks_cluster.web", { name: "web", version: "1.35" }, "registry.terraform.io/hashicorp/aws"),
      [],
    ],
    [
      "a request that leaves no object",
      resource("kubernetes_token_request_v1.web", { metadata: [{ name: "web" }] }),
      [],
    ],
    ["a data source", { ...resource("kubernetes_ingress.web", { metadata: [{ name: "web" }] }), mode: "data" }, []],
  ])("gives %s", (_, given, expected) => {
    expect(heldIn(plan([given]))).toEqual(expected);
  });

  it("holds resources in modules, however deep", () => {
    const deep = {
      address: "module.a.module.b",
      resources: [resource("module.a.module.b.kubernetes_manifest.web", { manifest: PDB })],
    };
    const text = plan([], {
      planned_values: { root_module: { child_modules: [{ address: "module.a", child_modules: [deep] }] } },
    });
    expect(heldIn(text)).toEqual([
      "policy/v1beta1 PodDisruptionBudget shop/web @ module.a.module.b.kubernetes_manifest.web",
    ]);
  });

  it("is judged for what there is once it has been applied, not for what there was", () => {
    const before = { root_module: { resources: [resource("kubernetes_manifest.web", { manifest: PDB })] } };
    const after = resource("kubernetes_manifest.web", { manifest: { ...PDB, apiVersion: "policy/v1" } });
    expect(heldIn(plan([after], { prior_state: { format_version: "1.0", values: before } }))).toEqual([
      "policy/v1 PodDisruptionBudget shop/web @ kubernetes_manifest.web",
    ]);
  });

  it.each<[string, object, string]>([
    [
      "a manifest that only the apply will know",
      resource("kubernetes_manifest.web", { manifest: null }),
      "error: what it gives to Kubernetes will only be known when the plan is applied, so that it was not judged: apply what it depends on first, then plan and scan again",
    ],
    [
      "a kubectl_manifest that only the apply will know",
      resource("kubectl_manifest.web", {}),
      "error: what it gives to Kubernetes will only be known when the plan is applied, so that it was not judged: apply what it depends on first, then plan and scan again",
    ],
    [
      "a type that is younger than the table",
      resource("kubernetes_something_v3", {}),
      "warning: nothing is known of the resource type kubernetes_something_v3, so that it was not judged: look up which API it calls, and update eks-tandem",
    ],
    [
      "a release whose chart nobody rendered",
      resource("helm_release.web", {
        name: "web",
        chart: "https://me:secret@charts.example.com/web.tgz",
        version: "1.2.0",
        values: ["password: hunter2"],
      }),
      "warning: release web of chart https://charts.example.com/web.tgz 1.2.0: the plan does not say what the chart renders, so that it was not judged: set experiments = { manifest = true } in the provider helm, or scan the chart itself (tandem scan CHART --values FILE)",
    ],
    [
      "a release with a broken manifest",
      resource("helm_release.web", { name: "web", chart: "web", manifest: "hunter2" }),
      "error: its manifest is no JSON of Kubernetes objects: scan the chart itself (tandem scan CHART --values FILE)",
    ],
  ])("says that it did not judge %s", (_, given, expected) => {
    expect(heldIn(plan([given]))).toEqual([expected]);
  });

  it.each<[string, object, string]>([
    [
      "ended with errors",
      { errored: true },
      "error: the plan ended with errors, so that it lacks resources: mend them, then plan and scan again",
    ],
    [
      "is not the whole",
      { complete: false },
      "warning: the plan is not complete: it was made with -target, or parts of it are put off to a later plan; what it leaves out was not judged: scan a plan of the whole as well",
    ],
    [
      "was filtered",
      { planned_values: undefined },
      "error: the plan has no planned_values, which hold the objects: give `terraform show -json` unfiltered",
    ],
  ])("says that it %s", (_, more, expected) => {
    expect(heldIn(plan([], more))).toEqual([expected]);
  });

  it("judges manifests among the values of a release whose chart nobody rendered, as far as they are fixed", () => {
    const values = [
      `password: hunter2
extraObjects:
- {apiVersion: policy/v1beta1, kind: PodDisruptionBudget, metadata: {name: a, namespace: shop}}
- {apiVersion: v1, kind: Service, metadata: {name: "{{ .Release.Name }}", namespace: "{{ .Release.Namespace }}"}}
- {apiVersion: "{{ .x }}", kind: Service, metadata: {name: b}}
- |
  apiVersion: batch/v1beta1
  kind: CronJob
  metadata: {name: c}
`,
      "apiVersion: [",
      "a: &a {apiVersion: v1}\nb: *c\n",
    ];
    const inputs = terraformInputs(
      plan([resource("helm_release.web", { name: "web", chart: "web", values })]),
      "plan.json",
    );
    expect(inputs.map(({ severity }) => severity)).toEqual(["warning", "warning", "warning", "warning"]);
    expect(inputs.slice(1).flatMap(held)).toEqual([
      "policy/v1beta1 PodDisruptionBudget shop/a @ helm_release.web",
      "v1 Service (named by a template) @ helm_release.web",
      "batch/v1beta1 CronJob c @ helm_release.web",
    ]);
  });

  it("points at each resource, on one line or on many", () => {
    const text = plan([
      resource('kubernetes_manifest.web["a<b"]', { manifest: PDB, note: 'kubernetes_manifest.web["c"]' }),
      resource('kubernetes_manifest.web["c"]', { manifest: PDB }),
    ]).replaceAll("a<b", "a\\u003cb");
    const pretty = JSON.stringify(JSON.parse(text), null, 2);
    const placesIn = (shown: string) =>
      terraformInputs(shown, "plan.json").map((input) => {
        const { line, column } = (input as ScanInput).origin as { line: number; column: number };
        return (shown.split("\n")[line - 1] ?? "").slice(column - 1, column + 44);
      });
    expect(placesIn(text)).toEqual([
      '"address":"kubernetes_manifest.web[\\"a\\u003cb',
      '"address":"kubernetes_manifest.web[\\"c\\"]","m',
    ]);
    // jq writes < as it is, which is searched for in Go's form only: the file's start stands in.
    expect(placesIn(pretty)).toEqual(["{", '"address": "kubernetes_manifest.web[\\"c\\"]",']);
  });
});

describe("a Terraform state", () => {
  it("gives what it holds", () => {
    const state = {
      format_version: "1.0",
      terraform_version: "1.11.4",
      values: {
        root_module: {
          resources: [resource("kubernetes_manifest.web", { manifest: PDB, object: { ...PDB, spec: null } })],
        },
      },
    };
    expect(heldIn(JSON.stringify(state))).toEqual([
      "policy/v1beta1 PodDisruptionBudget shop/web @ kubernetes_manifest.web",
    ]);
  });

  it("may be empty", () => expect(heldIn('{"format_version":"1.0"}')).toEqual([]));

  it.each([
    '{\n  "version": 4,\n  "terraform_version": "1.11.4",\n  "serial": 1,\n  "resources": []\n}',
    '{"check_results":null,"lineage":"3a","outputs":{},"resources":[],"serial":1,"terraform_version":"1.11.4","version":4}',
  ])("is not taken raw: %s", (raw) => {
    expect(heldIn(raw)).toEqual(["error: a raw Terraform state: scan what `terraform show -json` prints of it"]);
  });
});

describe("what Terraform printed", () => {
  const shown = { format_version: "1.2", terraform_version: "1.11.4" };
  /** As `jq -S` prints it. */
  const sorted = (value: Record<string, unknown>) =>
    JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))), null, 2);

  it.each([
    ["a plan", plan([]), true],
    ["a plan with a byte order mark, written by jq", `\uFEFF{\n  "format_version": "1.2"`, true],
    ["a plan with its keys sorted", sorted({ ...shown, applyable: true, complete: true, errored: false }), true],
    ["a plan of an older Terraform, sorted", sorted({ ...shown, configuration: { root_module: {} } }), true],
    ["a plan with providers, sorted", sorted({ ...shown, configuration: { provider_config: {} } }), true],
    ["a plan with checks, sorted", sorted({ ...shown, checks: [{ address: { kind: "resource" } }] }), true],
    ["a plan with no checks, sorted", sorted({ ...shown, checks: [], errored: false }), true],
    ["a plan of OpenTofu, sorted", sorted({ ...shown, complete: true, configuration: {} }), true],
    ["a state, sorted", sorted({ ...shown, values: {} }), true],
    ["a raw state, sorted", sorted({ version: 4, lineage: "3a", outputs: {}, serial: 1 }), true],
    ["a raw state with checks, sorted", sorted({ version: 4, check_results: null, lineage: "3a" }), true],
    ["somebody's checks", '{"checks": ["a"]}', false],
    ["somebody's configuration", '{"configuration": {"apiVersion": "v1"}}', false],
    ["a raw state", '{\n  "version": 4,\n  "terraform_version": "1.11.4"', true],
    [
      "a Kubernetes object",
      '{"apiVersion":"v1","kind":"ConfigMap","data":{"plan":"{\\"format_version\\":\\"1.2\\"}"}}',
      false,
    ],
    ["YAML", "format_version: 1", false],
  ])("is told from its beginning: %s", (_, text, expected) => expect(isTerraformJson(text)).toBe(expected));

  it.each(["0.1", "0.2", "1.0", "1.99"])("is read in format %s", (format_version) => {
    expect(heldIn(JSON.stringify({ format_version }))).toEqual([]);
  });

  it.each(["2.0", "banana", 1])("is refused in format %j", (format_version) => {
    expect(() => terraformInputs(JSON.stringify({ format_version }), "plan.json")).toThrow(
      new TandemError(
        `plan.json is JSON of Terraform in format ${JSON.stringify(format_version)}; 0.1 to 1.x can be read: update eks-tandem, or run terraform show -json with an older Terraform`,
      ),
    );
  });

  it("is said to be cut short, and nothing of it repeated", () => {
    expect(heldIn('{"format_version":"1.2","password":"hunter2')).toEqual([
      "error: JSON of Terraform that stops or breaks off: write it anew with `terraform show -json`",
    ]);
  });

  it("is refused where it is too large to be parsed at once", () => {
    const huge = '{"format_version":"1.2"}'.padEnd(MOST_TERRAFORM_BYTES + 1);
    expect(() => terraformInputs(huge, "plan.json")).toThrow(
      new TandemError(
        "plan.json is a Terraform plan or state of more than 256 MiB, which is more than is read at once: leave out what is not looked at (terraform show -json PLAN | jq '{format_version, planned_values, values}'), or plan in parts with -target",
      ),
    );
  });
});
