import {
  type ApiId,
  apiLifecycle,
  formatApiVersion,
  removalsBetween,
  servedReplacement,
} from "../../../lib/domain/api-lifecycle";
import { KubernetesVersion } from "../../../lib/domain/kubernetes-version";
import { findConversion } from "../../../lib/manifests/convert";
import { sameShape } from "../../../lib/manifests/convert/same-shape";
import { convert } from "./fixtures";

const TARGETS = Array.from({ length: 30 }, (_, index) => `1.${index + 8}`);

/** Every step that `tandem convert` could be asked for: an API and what replaces it at some target. */
const steps = removalsBetween("1.7", "1.50")
  .filter(({ category }) => category === "served")
  .flatMap((lifecycle) => {
    const replacements = TARGETS.filter(
      (target) => lifecycle.deprecated === undefined || isAtOrAfter(target, lifecycle.deprecated),
    ).map((target) => servedReplacement(lifecycle, [KubernetesVersion.parse(target)]));
    const known = new Map(replacements.filter((to) => to !== undefined).map((to) => [named(to), to]));
    return [...known.values()].map((to) => ({ from: lifecycle, to }));
  });

function isAtOrAfter(target: string, version: string): boolean {
  return !KubernetesVersion.parse(target).isBefore(KubernetesVersion.parse(version));
}

function named(api: ApiId): string {
  return `${formatApiVersion(api)} ${api.kind}`;
}

describe("every API with a replacement", () => {
  it("has a conversion, but for these: alpha APIs that EKS never served, and betas without a documented way", () => {
    const missing = steps.filter(
      ({ from, to }) => !findConversion(from.kind, formatApiVersion(from), formatApiVersion(to)),
    );
    expect([...new Set(missing.map(({ from }) => named(from)))].sort()).toEqual([
      "admissionregistration.k8s.io/v1alpha1 ExternalAdmissionHookConfiguration",
      "certificates.k8s.io/v1alpha1 PodCertificateRequest",
      "certificates.k8s.io/v1beta1 PodCertificateRequest",
      "discovery.k8s.io/v1alpha1 EndpointSlice",
      "extensions/v1beta1 ThirdPartyResource",
      "networking.k8s.io/v1alpha1 IPAddress",
      "networking.k8s.io/v1alpha1 ServiceCIDR",
      "resource.k8s.io/v1alpha1 ResourceClaim",
      "resource.k8s.io/v1alpha1 ResourceClaimTemplate",
      "resource.k8s.io/v1alpha1 ResourceClass",
      "resource.k8s.io/v1alpha2 ResourceClaim",
      "resource.k8s.io/v1alpha2 ResourceClaimTemplate",
      "resource.k8s.io/v1alpha2 ResourceClass",
      "resource.k8s.io/v1alpha2 ResourceSlice",
      "resource.k8s.io/v1alpha3 DeviceClass",
      "resource.k8s.io/v1alpha3 DeviceTaintRule",
      "resource.k8s.io/v1alpha3 ResourceClaim",
      "resource.k8s.io/v1alpha3 ResourceClaimTemplate",
      "resource.k8s.io/v1alpha3 ResourceSlice",
      "storagemigration.k8s.io/v1alpha1 StorageVersionMigration",
      "storagemigration.k8s.io/v1beta1 StorageVersionMigration",
    ]);
  });

  it("is one that the table knows", () => {
    const unknown = sameShape.flatMap(({ kinds, from }) =>
      kinds.flatMap((kind) =>
        from.filter((apiVersion) => !apiLifecycle(apiVersion, kind)).map((apiVersion) => `${apiVersion} ${kind}`),
      ),
    );
    expect(unknown).toEqual([]);
  });
});

describe("an API of the same shape", () => {
  const cases = sameShape.flatMap(({ kinds, from }) =>
    kinds.flatMap((kind) => from.map((apiVersion) => [apiVersion, kind] as const)),
  );
  it.each(cases)("%s %s only changes its apiVersion", (apiVersion, kind) => {
    const text = `apiVersion: ${apiVersion} # old\nkind: ${kind}\nmetadata:\n  name: a\nspec: {a: 1}\n`;
    const converted = TARGETS.map((target) => convert(text, target)).findLast((each) => each.converted.length > 0);
    const to = converted?.converted[0]?.to;
    expect(converted?.text).toBe(
      text.replace(apiVersion, to ? formatApiVersion(to) : "").replace(`kind: ${kind}`, `kind: ${to?.kind}`),
    );
  });
});
