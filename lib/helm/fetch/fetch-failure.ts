import { TandemError } from "../../domain/tandem-error";

const SLOW = "it is slow or hangs: try again, or give it longer (--timeout SECONDS)";
const UNREACHABLE = "look at its address, at the network and at the proxy (HTTPS_PROXY, NO_PROXY), and try again";

/** What to do for reasons that helm and servers give. The first that fits counts. */
const REMEDIES: readonly { readonly reason: RegExp; readonly remedy: string }[] = [
  { reason: /took longer than|timeout|deadline exceeded/i, remedy: SLOW },
  {
    reason: /certificate|x509|tls:/i,
    remedy: "trust its certificate: helm repo add has --ca-file, helm registry login too",
  },
  {
    reason: /unmarshal|converting YAML|empty index|no API version|no index/i,
    remedy:
      "what it serves as index.yaml is no index of charts; a page in HTML, such as one to sign in, reads like this: open it in a browser and look",
  },
  { reason: /larger than/i, remedy: "no honest one is: look at what is served there" },
  { reason: /not found|\b404\b/i, remedy: "look at the address and the chart's name: nothing is there" },
];

/**
 * The error for a chart or a repository that could not be fetched.
 * @param subject what could not be fetched, such as `chart web 1.2.0 of https://charts.example.com`
 * @param reason what helm or the server said, cleaned of secrets
 * @param login the command that logs in there
 */
export function fetchFailure(subject: string, reason: string, login: string): TandemError {
  const isLogin = /\b40[13]\b|unauthori[sz]ed|forbidden|denied|authentication|credential/i.test(reason);
  const remedy = isLogin ? `log in: ${login}` : REMEDIES.find((each) => each.reason.test(reason))?.remedy;
  return new TandemError(`${subject} could not be fetched: ${reason}; ${remedy ?? UNREACHABLE}`);
}
