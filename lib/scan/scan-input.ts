import type { Location } from "../domain/model";

/**
 * A text of Kubernetes manifests to scan: a file, or what something else holds, such as a manifest in a Terraform plan, a
 * template that Helm rendered or YAML in a ConfigMap.
 */
export interface ScanInput {
  /** What the findings' locations call it: a path as the user gave it, with forward slashes. */
  readonly name: string;
  /**
   * Where in `name` the text stands, when it was taken out of it.
   * @default it is the whole of it
   */
  readonly origin?: Origin;
  /**
   * What it belongs to, for reports: `kubernetes_manifest.web`, `release shop/web, revision 4, deployed`.
   * @default nothing but the file
   */
  readonly within?: string;
  /**
   * Whether it was taken in for its name alone, as the files of a folder are: a document that does not even look like a manifest is then
   * worth a note and no error.
   * @default false
   */
  readonly isGuess?: boolean;
  /**
   * What a finding about it is at most, where nobody can tell whether it will ever reach a cluster: a manifest in a ConfigMap.
   * @default what each rule says
   */
  readonly severity?: "warning";
  /**
   * Set where it is made for the target alone, as what a chart renders for it and for no version before: what the cluster runs now need
   * not serve it.
   * @default it is the same before and after the upgrade
   */
  readonly isForTarget?: true;
  /** The content, whole or in pieces that may be cut anywhere, as text or UTF-8 bytes. Asked for once. */
  open(): Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>;
}

/**
 * Where in its file a text stands. `lines`: it is there as it is, its first line in `line`, all its lines indented by `indent`
 * characters. `point`: it is there in another form (within JSON, base64, a template), so that everything in it is at one place.
 */
export type Origin =
  | { readonly is: "lines"; readonly line: number; readonly indent: number }
  | { readonly is: "point"; readonly line: number; readonly column: number };

/** What should have given manifests and could not: a finding, never a silent pass. */
export interface UnreadableInput {
  /** @default "unreadable-manifest" */
  readonly rule?: "chart-not-rendered";
  /**
   * Less than an error, where it is not known whether anything was missed.
   * @default "error"
   */
  readonly severity?: "warning";
  /** What is wrong and how to fix it, in one or two sentences. */
  readonly message: string;
  readonly location: Location;
  readonly within?: string;
}

/** Whether a source could not give its manifests. */
export function isUnreadableInput(input: ScanInput | UnreadableInput): input is UnreadableInput {
  return "message" in input;
}
