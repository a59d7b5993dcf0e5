import type { EditableMap } from "../editing/editable-map";
import type { Conversion } from "./conversion";

const GROUP = "cert-manager.io";
const ACME_GROUP = "acme.cert-manager.io";
const VERSIONS = ["v1alpha2", "v1alpha3", "v1beta1"];
/** Providers of the DNS challenge whose names changed. */
const PROVIDERS = { acmedns: "acmeDNS", azuredns: "azureDNS", clouddns: "cloudDNS" };

/** Source: pkg/apis and pkg/internal/apis of cert-manager 1.5, the last release that served all of these. */
export const certManager: readonly Conversion[] = [
  {
    kinds: ["Certificate"],
    ...between(GROUP),
    changes:
      "`keyAlgorithm`, `keyEncoding` and `keySize` move under `privateKey`, in capitals; `organization` becomes `subject.organizations`, " +
      "`emailSANs` `emailAddresses` and `uriSANs` `uris`",
    convert: (object) => convertCertificate(object.map("spec")),
  },
  {
    kinds: ["CertificateRequest"],
    ...between(GROUP),
    changes: "`spec.csr` becomes `spec.request`",
    convert: (object) => object.map("spec")?.rename("csr", "request"),
  },
  {
    kinds: ["Order"],
    ...between(ACME_GROUP),
    changes: "`spec.csr` becomes `spec.request`",
    convert: (object) => object.map("spec")?.rename("csr", "request"),
  },
  {
    kinds: ["Issuer", "ClusterIssuer"],
    ...between(GROUP),
    changes: "the DNS providers `acmedns`, `azuredns` and `clouddns` become `acmeDNS`, `azureDNS` and `cloudDNS`",
    convert(object) {
      for (const solver of object.map("spec")?.map("acme")?.maps("solvers") ?? []) renameProviders(solver);
    },
  },
  {
    kinds: ["Challenge"],
    ...between(ACME_GROUP),
    changes: "`spec.authzURL` becomes `spec.authorizationURL`; DNS providers as in an Issuer",
    convert(object) {
      const spec = object.map("spec");
      spec?.rename("authzURL", "authorizationURL");
      renameProviders(spec?.map("solver"));
    },
  },
];

function between(group: string): Pick<Conversion, "from" | "to"> {
  return { from: VERSIONS.map((version) => `${group}/${version}`), to: [`${group}/v1`] };
}

function convertCertificate(spec: EditableMap | undefined): void {
  if (!spec) return;
  const { keyAlgorithm, keyEncoding } = spec.plain();
  if (typeof keyAlgorithm === "string") spec.set("keyAlgorithm", keyAlgorithm.toUpperCase());
  if (typeof keyEncoding === "string") spec.set("keyEncoding", keyEncoding.toUpperCase());
  spec.nest("privateKey", { keyAlgorithm: "algorithm", keyEncoding: "encoding", keySize: "size" });
  spec.nest("subject", { organization: "organizations" });
  spec.rename("emailSANs", "emailAddresses");
  spec.rename("uriSANs", "uris");
}

function renameProviders(solver: EditableMap | undefined): void {
  const dns01 = solver?.map("dns01");
  for (const [old, name] of Object.entries(PROVIDERS)) dns01?.rename(old, name);
}
