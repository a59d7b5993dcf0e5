import { isDeepStrictEqual } from "node:util";
import { servedApiVersions } from "../../domain/api-lifecycle";
import { kubeVersionFit } from "../../domain/kube-version-fit";
import type { Cluster, DefinedResource, Release } from "../../domain/model";
import type { ReleaseValues } from "../../domain/release-values";
import type { RenderedVersion } from "../../domain/rendered-versions";
import type { LookedUpRelease } from "./looked-up-release";
import type { RenderAnswer, Renderer, RenderRequest } from "./renderer";

/** A rendering that is wanted. */
export interface WantedRendering extends RenderedVersion {
  readonly release: Release;
  readonly cluster: Cluster;
  readonly found: LookedUpRelease;
  readonly values: ReleaseValues;
  /** Whether its text is wanted as well. */
  readonly isTextWanted?: boolean;
}

/** CRDs of one chart may bring those of another about; real clusters have settled long before. */
const MOST_ROUNDS = 4;

/**
 * Renders what is wanted, round by round: what a chart renders may depend on the CRDs that another one brings to its cluster. There is no
 * answer where the chart's kubeVersion keeps Helm from rendering.
 */
export function renderWanted(
  wanted: readonly WantedRendering[],
  renderer: Renderer,
): Map<WantedRendering, RenderAnswer> {
  const answers = new Map<WantedRendering, RenderAnswer>();
  const possible = wanted.filter((each) => !isExcluded(each));
  for (const each of possible) if (each.found.failure) answers.set(each, each.found.failure);
  const renderable = possible.filter(({ found }) => !found.failure);
  render(
    renderable.filter((each) => !asks(each)),
    new Map(),
    renderer,
    answers,
  );
  renderAsking(renderable.filter(asks), wanted, renderer, answers);
  return answers;
}

/** Charts that ask which APIs their cluster has, which the others' CRDs tell, and their own: again until these bring no more about. */
function renderAsking(
  asking: readonly WantedRendering[],
  wanted: readonly WantedRendering[],
  renderer: Renderer,
  answers: Map<WantedRendering, RenderAnswer>,
): void {
  if (asking.length === 0) return;
  const isCurrent = ({ at }: WantedRendering) => at === "current";
  let definitions = definitionsOf(wanted, answers);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    render(asking.filter(isCurrent), definitions, renderer, answers);
    const now = definitionsOf(wanted, answers);
    if (isDeepStrictEqual(now, definitions)) break;
    definitions = now;
  }
  render(
    asking.filter((each) => !isCurrent(each)),
    definitions,
    renderer,
    answers,
  );
}

function asks({ found }: WantedRendering): boolean {
  return found.asksForApis === true;
}

/** Helm refuses such a chart. What it cannot understand it says itself. */
function isExcluded({ found: { contents }, kubernetes }: WantedRendering): boolean {
  if (contents?.kubeVersion === undefined) return false;
  return ["excluded", "excluded-by-suffix"].includes(kubeVersionFit(contents.kubeVersion, kubernetes).status);
}

function render(
  wanted: readonly WantedRendering[],
  definitions: ReadonlyMap<Cluster, readonly string[]>,
  renderer: Renderer,
  answers: Map<WantedRendering, RenderAnswer>,
): void {
  const built = new Map<string, readonly string[]>();
  const requests = wanted.flatMap((each): RenderRequest[] => {
    const { release, found, values, kubernetes, cluster } = each;
    if (!found.chart) return [];
    const served = built.get(String(kubernetes)) ?? servedApiVersions(kubernetes);
    built.set(String(kubernetes), served);
    return [
      {
        name: release.name,
        namespace: release.namespace,
        chart: found.chart,
        values: values.values,
        kubernetes,
        apiVersions: [...served, ...(definitions.get(cluster) ?? [])],
        asksForApis: asks(each),
        ...(each.isTextWanted && { isTextWanted: true }),
      },
    ];
  });
  for (const [index, answer] of renderer.render(requests).entries()) {
    const each = wanted[index];
    if (each) answers.set(each, answer);
  }
}

/** What the CustomResourceDefinitions of a cluster make it serve: those of its manifests, of `crds/` and of what is rendered now. */
function definitionsOf(
  wanted: readonly WantedRendering[],
  answers: ReadonlyMap<WantedRendering, RenderAnswer>,
): Map<Cluster, readonly string[]> {
  const defined = new Map<Cluster, DefinedResource[]>();
  for (const each of wanted) {
    const { cluster, found, at } = each;
    const of = defined.get(cluster) ?? cluster.manifests.flatMap(({ objects }) => definesOf(objects));
    defined.set(cluster, of);
    const answer = answers.get(each);
    of.push(...(found.defines ?? []));
    if (at === "current" && answer && "objects" in answer) of.push(...definesOf(answer.objects));
  }
  return new Map([...defined].map(([cluster, definitions]) => [cluster, apiVersionsOf(definitions)]));
}

function definesOf(objects: readonly { readonly defines?: DefinedResource }[]): DefinedResource[] {
  return objects.flatMap(({ defines }) => (defines ? [defines] : []));
}

/** What `--api-versions` says of custom resources: the served versions and the kinds in them. */
export function apiVersionsOf(definitions: readonly DefinedResource[]): string[] {
  const all = definitions.flatMap(({ group, kind, versions }) =>
    versions.filter(({ served }) => served).flatMap(({ name }) => [`${group}/${name}`, `${group}/${name}/${kind}`]),
  );
  return [...new Set(all)].sort();
}
