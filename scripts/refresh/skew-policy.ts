import type { SkewLimit, SkewPolicy } from "../../lib/domain/version-skew";

/** The limits that Kubernetes itself sets. */
export type KubernetesSkewPolicy = Pick<
  SkewPolicy,
  "kubelet" | "kubeProxy" | "kubeProxyToKubelet" | "kubectl" | "controllers" | "apiServers"
>;

const NUMBERS = ["zero", "one", "two", "three", "four", "five"];

const SENTENCES: Readonly<Record<keyof KubernetesSkewPolicy, RegExp>> = {
  kubelet:
    /kubelet may be up to (?<minors>\w+) minor versions older than kube-apiserver \(kubelet < (?<below>[\d.]+) may only be up to (?<minorsBelow>\w+) minor versions older than kube-apiserver\)/,
  kubeProxy:
    /kube-proxy may be up to (?<minors>\w+) minor versions older than kube-apiserver \(kube-proxy < (?<below>[\d.]+) may only be up to (?<minorsBelow>\w+) minor versions older than kube-apiserver\)/,
  kubeProxyToKubelet:
    /kube-proxy may be up to (?<minors>\w+) minor versions older or newer than the kubelet instance it runs alongside \(kube-proxy < (?<below>[\d.]+) may only be up to (?<minorsBelow>\w+) minor versions older or newer than the kubelet/,
  kubectl: /kubectl is supported within (?<minors>\w+) minor version \(older or newer\) of kube-apiserver/,
  controllers: /match the kube-apiserver minor version, but may be up to (?<minors>\w+) minor version older/,
  apiServers: /newest and oldest kube-apiserver instances must be within (?<minors>\w+) minor version/,
};

/** What must stay true for the rest to be read as it is. */
const NOT_NEWER = ["kubelet must not be newer than kube-apiserver", "kube-proxy must not be newer than kube-apiserver"];

/**
 * Reads the limits from the version skew policy's sentences.
 * @throws Error when a sentence is not there.
 */
export function readSkewPolicy(page: string): KubernetesSkewPolicy {
  const text = page.replaceAll("`", "").replace(/\s+/g, " ");
  const missing = NOT_NEWER.find((sentence) => !text.includes(sentence));
  if (missing) throw new Error(`the version skew policy no longer says "${missing}"`);
  const limits = Object.entries(SENTENCES).map(([name, sentence]) => [
    name,
    limitOf(name, sentence.exec(text)?.groups),
  ]);
  return Object.fromEntries(limits);
}

function limitOf(name: string, groups: Readonly<Record<string, string>> | undefined): SkewLimit {
  if (!groups)
    throw new Error(
      `the version skew policy no longer has the sentence about ${name}: read it, and change its limit or how it is read`,
    );
  const { minors = "", below, minorsBelow } = groups;
  if (below === undefined || minorsBelow === undefined) return { minors: numberOf(minors) };
  return { minors: numberOf(minors), below, minorsBelow: numberOf(minorsBelow) };
}

function numberOf(word: string): number {
  const number = NUMBERS.indexOf(word);
  if (number < 0) throw new Error(`the version skew policy counts "${word}", which is not among ${NUMBERS.join(", ")}`);
  return number;
}
