import { Undecided } from "../editing/undecided";
import type { Conversion } from "./conversion";

/** Source: pkg/apis/certificates/v1beta1/defaults.go of Kubernetes. */
export const certificateSigningRequest: Conversion = {
  kinds: ["CertificateSigningRequest"],
  from: ["certificates.k8s.io/v1beta1"],
  to: ["certificates.k8s.io/v1"],
  changes: "missing `spec.usages` are written out as `digital signature` and `key encipherment`, the old default",
  leaves: "a missing `spec.signerName`, or `kubernetes.io/legacy-unknown`; a usage given twice",
  convert(object, { from, note }) {
    const spec = object.map("spec");
    const signer = spec?.get("signerName");
    if (!spec || signer === undefined || signer === "kubernetes.io/legacy-unknown") {
      const said = signer === undefined ? "it has no spec.signerName" : `spec.signerName is ${signer}`;
      throw new Undecided(
        `${said}, and v1 needs one that signs: write the signer, such as kubernetes.io/kube-apiserver-client`,
      );
    }
    const usages = spec.get("usages");
    if (usages === undefined) {
      spec.set("usages", ["digital signature", "key encipherment"]);
      note(`spec.usages is written out as ${from} had it by default`);
    } else if (Array.isArray(usages) && new Set(usages).size < usages.length) {
      throw new Undecided("spec.usages has a usage twice, which v1 refuses: keep one");
    }
  },
};
