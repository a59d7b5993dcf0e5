import { gzipSync } from "node:zlib";
import { decodeHelmRelease } from "../../lib/manifests/helm-release-secret";

const MANIFEST =
  "---\n# Source: web/templates/deployment.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n";
const HOOK = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\n";
const PASSWORD = "correct-horse-battery";

const RELEASE = {
  name: "web",
  info: { first_deployed: "2026-01-02T03:04:05Z", status: "deployed", notes: `log in with ${PASSWORD}` },
  chart: {
    metadata: { name: "web", version: "1.2.3", appVersion: "4.5" },
    templates: [{ name: "templates/deployment.yaml", data: "e30=" }],
    values: { password: PASSWORD },
  },
  config: { password: PASSWORD },
  manifest: MANIFEST,
  hooks: [
    { name: "migrate", kind: "Job", path: "web/templates/migrate.yaml", manifest: HOOK, events: ["pre-upgrade"] },
  ],
  version: 3,
  namespace: "shop",
};

/** As Helm writes it under `data` of a ConfigMap. */
function inConfigMap(json: string): string {
  return gzipSync(json).toString("base64");
}

/** As it stands under `data` of a Secret, whose values are base64 once more. */
function inSecret(json: string): string {
  return Buffer.from(inConfigMap(json)).toString("base64");
}

function refusal(base64: string): string {
  try {
    decodeHelmRelease(base64);
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return "no error";
}

function without(...keys: string[]): string {
  return inSecret(JSON.stringify(Object.fromEntries(Object.entries(RELEASE).filter(([key]) => !keys.includes(key)))));
}

describe("decodeHelmRelease", () => {
  it.each([
    ["a Secret", inSecret(JSON.stringify(RELEASE))],
    ["a ConfigMap", inConfigMap(JSON.stringify(RELEASE))],
    ["a Secret whose base64 is folded", inSecret(JSON.stringify(RELEASE)).replace(/(.{76})/g, "$1\n")],
  ])("reads %s, and takes no values and no notes", (_, base64) => {
    const release = decodeHelmRelease(base64);
    expect(release).toEqual({
      name: "web",
      namespace: "shop",
      revision: 3,
      status: "deployed",
      chart: { name: "web", version: "1.2.3", appVersion: "4.5" },
      manifest: MANIFEST,
      hooks: [HOOK],
    });
    expect(JSON.stringify(release)).not.toContain(PASSWORD);
  });

  it("reads a release that renders nothing, has no hooks and an unnamed app version", () => {
    const { manifest: _, hooks: __, namespace: ___, ...bare } = RELEASE;
    const chart = { metadata: { name: "web", version: "1.2.3", appVersion: "" } };
    expect(decodeHelmRelease(inSecret(JSON.stringify({ ...bare, hooks: null, chart })))).toEqual({
      name: "web",
      namespace: "",
      revision: 3,
      status: "deployed",
      chart: { name: "web", version: "1.2.3" },
      manifest: "",
      hooks: [],
    });
  });

  const whole = gzipSync(JSON.stringify(RELEASE));
  const damaged = Buffer.from(whole);
  damaged.fill(0xff, 12, 40);
  it.each([
    ["nothing", "", "it is empty"],
    ["what is no base64", "{{ .Values.release }}", "it is no base64, as Helm writes it"],
    ["what is base64 of text", Buffer.from("not a release!").toString("base64"), "it is no base64, as Helm writes it"],
    ["what is not compressed", inner(JSON.stringify(RELEASE)), "it is no gzip within base64, as Helm writes it"],
    ["a truncated gzip", whole.subarray(0, 100).toString("base64"), "its gzip stops before its end"],
    ["a damaged gzip", damaged.toString("base64"), "its gzip is damaged"],
    ["a bomb", inSecret(`"${"a".repeat(65 * 1024 * 1024)}"`), "it unpacks to more than 64 MiB, which no release does"],
    [
      "what is no JSON, without quoting it",
      inSecret(PASSWORD),
      "it holds no JSON; Helm 2 wrote its releases in another form, which helm-2to3 migrates",
    ],
    ["JSON that is no object", inSecret("[]"), "it is JSON and no object"],
    ["a record without a name", without("name"), "its name is missing"],
    ["a record without a status", without("info"), "its info.status is missing"],
    ["a record without a chart", without("chart"), "its chart.metadata.name is missing"],
    ["a record without a revision", without("version"), "its version is missing"],
    [
      "a revision that is no number",
      inSecret(JSON.stringify({ ...RELEASE, version: "3" })),
      "its version is no whole number",
    ],
    ["a manifest that is no text", inSecret(JSON.stringify({ ...RELEASE, manifest: {} })), "its manifest is no text"],
    ["hooks that are no list", inSecret(JSON.stringify({ ...RELEASE, hooks: {} })), "its hooks are no list"],
    [
      "a hook without a manifest",
      inSecret(JSON.stringify({ ...RELEASE, hooks: [{}] })),
      "its hooks[].manifest is missing",
    ],
  ])("refuses %s", (_, base64, problem) => {
    expect(refusal(base64)).toBe(
      `TandemError: this is no release that Helm stored: ${problem}; helm history shows whether helm itself can read it`,
    );
  });
});

function inner(text: string): string {
  return Buffer.from(Buffer.from(text).toString("base64")).toString("base64");
}
