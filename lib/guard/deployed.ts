import type { Chart, Cluster, Manifests, ObjectFacts, Release, Rendering, Unreadable } from "../domain/model";
import { redacted } from "../domain/redacted";
import { readManifests } from "../manifests/read";
import { type Held, manifestsOf, type TerraformResource } from "../scan/terraform-manifest";
import { textAt } from "./resource-values";

/** What Terraform gives to Kubernetes, as a plan leaves it. */
export interface Deployed {
  readonly releases: readonly PlannedRelease[];
  readonly manifests: readonly Manifests[];
}

/** A release, without what depends on the cluster that it goes to. */
export interface PlannedRelease {
  readonly path: string;
  in(cluster: Cluster): Release;
}

/** @param file how the plan is called */
export function deployedIn(resources: readonly TerraformResource[], file: string): Deployed {
  const isRelease = ({ type }: TerraformResource) => type === "helm_release";
  return {
    releases: resources.filter(isRelease).map((resource) => releaseOf(resource, file)),
    manifests: resources.filter((resource) => !isRelease(resource)).flatMap((resource) => manifestsIn(resource, file)),
  };
}

function releaseOf(resource: TerraformResource, file: string): PlannedRelease {
  const { address, values } = resource;
  const [held] = manifestsOf(resource);
  return {
    path: address,
    in: ({ version }) => ({
      name: textAt(values, "name") ?? address,
      path: address,
      namespace: textAt(values, "namespace") ?? "default",
      chart: chartOf(resource),
      // Of the values nothing is compared.
      valuesHash: "",
      renderings: version === null || !held ? [] : [renderingOf(held, version, file)],
    }),
  };
}

function chartOf({ address, values }: TerraformResource): Chart {
  const [chart = address, repository] = [textAt(values, "chart"), textAt(values, "repository")].map(
    (text) => text && redacted(text),
  );
  const name = chart.split("/").at(-1) ?? chart;
  const version = textAt(values, "version") ?? "";
  if (repository?.startsWith("oci://"))
    return { source: "oci", reference: `${repository.replace(/\/$/, "")}/${chart}`, name, version };
  if (repository !== undefined) return { source: "repository", url: repository, name, version };
  if (chart.startsWith("oci://")) return { source: "oci", reference: chart, name, version };
  return { source: "local", folder: chart, name };
}

function renderingOf(held: Held, kubernetes: string, file: string): Rendering {
  const rendering = { at: "current", kubernetes, documents: 0, objects: [], unreadable: [] } as const;
  if (!("message" in held)) {
    const { documents, objects, unreadable } = readManifests(held.text(), file);
    return { ...rendering, documents, objects: objects.map(factsAlone), unreadable };
  }
  const isRenderable = held.rule === "chart-not-rendered";
  const failure = {
    reason: isRenderable
      ? "the plan does not say what the chart renders"
      : "the plan holds something else for its manifest",
    remedy:
      "Set experiments = { manifest = true } in the provider helm and plan again, or scan the chart: " +
      `tandem scan CHART --values FILE --target ${kubernetes}.`,
  };
  return { ...rendering, failure: { ...failure, ...(isRenderable && { severity: "warning" }) } };
}

/** Places in what a plan holds as text lead nowhere. */
function factsAlone({ apiVersion, kind, namespace, name, fields, defines }: ObjectFacts): ObjectFacts {
  return {
    apiVersion,
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    ...(fields && { fields }),
    ...(defines && { defines }),
  };
}

function manifestsIn(resource: TerraformResource, file: string): Manifests[] {
  const { address } = resource;
  return manifestsOf(resource).map((held) => {
    const manifests = { name: address, path: address, namespace: "default" };
    if ("message" in held) return { ...manifests, documents: 1, objects: [], unreadable: [notKnown(held, address)] };
    const { documents, objects, unreadable } = readManifests(held.text(), file);
    return {
      ...manifests,
      documents,
      objects: objects.map(({ location: _, ...object }) => object),
      unreadable: unreadable.map(({ message, remedy }) => ({
        message,
        what: address,
        ...(remedy !== undefined && { remedy }),
      })),
    };
  });
}

function notKnown({ message, severity }: Extract<Held, { readonly message: string }>, address: string): Unreadable {
  return {
    message,
    what: address,
    remedy: "Until then, judge what it is made of where it is written: tandem scan FILES --target VERSION.",
    ...(severity && { severity }),
  };
}
