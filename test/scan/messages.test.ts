import { scanManifests } from "../../lib/scan/scan-manifests";

const DEFINITION = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: backups.example.com }
spec:
  group: example.com
  names: { kind: Backup }
  versions: [{ name: v1alpha1, served: false }, { name: v1, served: true }]
`;

/** A scan has no cluster: what it says speaks of the target. */
it.each([
  [
    "a removed API",
    "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: { name: web }\n",
    'Ingress "web" uses extensions/v1beta1, which Kubernetes 1.22 removed; the target is 1.30.',
    "Use networking.k8s.io/v1, which 1.30 serves.",
  ],
  [
    "an API that is not there yet",
    "apiVersion: storage.k8s.io/v1\nkind: VolumeAttributesClass\nmetadata: { name: fast }\n",
    'VolumeAttributesClass "fast" uses storage.k8s.io/v1, which Kubernetes 1.34 introduces; the target is 1.30.',
    "Upgrade to 1.34 first, or leave the object out until then.",
  ],
  [
    "a field",
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  annotations: { "seccomp.security.alpha.kubernetes.io/pod": "runtime/default" }\nspec: { containers: [] }\n',
    'Pod "web" uses what Kubernetes 1.27 ended (seccomp-pod-annotation); the target is 1.30.',
    expect.any(String),
  ],
  [
    "a document that cannot be read",
    "kind: Ingress\n",
    'A document of app.yaml could not be read: Ingress has no apiVersion: write the API that serves it, such as "apps/v1".',
    expect.any(String),
  ],
  [
    "a custom resource that its definition does not serve",
    `${DEFINITION}---\napiVersion: example.com/v1alpha1\nkind: Backup\nmetadata: { name: nightly }\n`,
    'Backup "nightly" uses example.com/v1alpha1, which its CustomResourceDefinition lists but does not serve.',
    "Use example.com/v1, which the CustomResourceDefinition serves.",
  ],
  [
    "a custom resource that nothing defines",
    "apiVersion: example.com/v1\nkind: Backup\nmetadata: { name: nightly }\n",
    'Backup "nightly" uses example.com/v1, which was not judged: no CustomResourceDefinition defines it, and no table knows it.',
    expect.any(String),
  ],
  [
    "a custom resource of a component",
    "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: web }\n",
    'Certificate "web" uses cert-manager.io/v1, which was not judged: it comes with cert-manager, whose version is not known.',
    expect.any(String),
  ],
])("speaks of the target about %s", (_, text, message, remedy) => {
  const { findings } = scanManifests(text, { file: "app.yaml", target: "1.30" });
  expect(findings.map((finding) => [finding.message, finding.remedy])).toEqual([[message, remedy]]);
});
