import type { NodeGroupState } from "../../domain/cluster-state";
import type { Seen, SeenRelease } from "../../domain/seen";
import { TandemError } from "../../domain/tandem-error";
import { textAt, textsAt } from "../../guard/resource-values";
import { RAW_STATE } from "../../scan/terraform-json";
import type { TerraformResource } from "../../scan/terraform-manifest";
import { parseTerraformJson, requireKnownFormat, resourcesIn } from "../../scan/terraform-plan";

const SHOW = "terraform show -json > state.json, in the folder of the stack";

/**
 * What a state that `terraform show -json` printed has of a cluster: its own stack, or the one of its releases.
 * @param name how the file is called
 * @throws TandemError when it is no state, or has nothing of the cluster. No message repeats a value.
 */
export function seenInState(text: string, name: string, cluster: string): Seen {
  const values = stateIn(text, name);
  const managed = resourcesIn(values, "managed");
  const isCluster = ({ type, values: of }: TerraformResource) =>
    type === "aws_eks_cluster" && textAt(of, "name") === cluster;
  const resource = managed.find(isCluster);
  const hasReleases = resourcesIn(values, "data").some(isCluster);
  if (!resource && !hasReleases) {
    throw new TandemError(
      `${name} has nothing of cluster ${cluster}: neither its aws_eks_cluster nor the data source that its releases find it by; give the ` +
        `state of its stack or of its releases' stack (${SHOW})`,
    );
  }
  return {
    source: name,
    isAll: true,
    ...(resource && clusterStack(resource, managed)),
    ...(hasReleases && { releases: releasesIn(managed) }),
  };
}

function stateIn(text: string, name: string): unknown {
  if (RAW_STATE.test(text)) throw noState(name, "it is a raw state");
  const shown = parseTerraformJson(text, name);
  if (!shown) throw noState(name, "it is no JSON object, or one that breaks off");
  requireKnownFormat(shown.format_version, name);
  if ("planned_values" in shown) throw noState(name, "it is a plan, which says what there will be");
  if (shown.values === undefined) throw noState(name, "it is empty: nothing is deployed there");
  return shown.values;
}

function noState(name: string, why: string): TandemError {
  return new TandemError(`${name} is not what terraform show -json prints of a state: ${why}; write it with ${SHOW}`);
}

function clusterStack({ values }: TerraformResource, managed: readonly TerraformResource[]): Partial<Seen> {
  const supportType = textAt(values, "upgrade_policy", 0, "support_type");
  return {
    version: textAt(values, "version") ?? "unknown",
    ...(supportType !== undefined && { supportType }),
    nodeGroups: Object.fromEntries(of("aws_eks_node_group", managed).map(nodeGroupIn)),
    addons: Object.fromEntries(
      of("aws_eks_addon", managed).map((addon) => [
        textAt(addon.values, "addon_name") ?? addon.address,
        textAt(addon.values, "addon_version") ?? "unknown",
      ]),
    ),
  };
}

/** AWS's name of a group is its prefix and a time, so that a new one can stand beside the old. */
function nodeGroupIn({ address, values }: TerraformResource): [string, Partial<NodeGroupState>] {
  const prefix = textAt(values, "node_group_name_prefix")?.replace(/-$/, "");
  const releaseVersion = textAt(values, "release_version");
  const amiType = textAt(values, "ami_type");
  const capacityType = textAt(values, "capacity_type");
  return [
    prefix ?? textAt(values, "node_group_name") ?? address,
    {
      version: textAt(values, "version") ?? "unknown",
      ...(releaseVersion !== undefined && { releaseVersion }),
      ...(amiType !== undefined && { amiType }),
      ...(capacityType !== undefined && { capacityType: capacityType === "SPOT" ? "SPOT" : "ON_DEMAND" }),
      ...("instance_types" in values && { instanceTypes: textsAt(values, "instance_types") }),
    },
  ];
}

/** The provider writes `metadata` as a list up to version 2, and as an object from 3 on. */
function releasesIn(managed: readonly TerraformResource[]): SeenRelease[] {
  return of("helm_release", managed).map(({ address, values }) => {
    const said = (key: string) => textAt(values, "metadata", key) ?? textAt(values, "metadata", 0, key);
    const version = said("version") ?? textAt(values, "version");
    const appVersion = said("app_version");
    return {
      name: textAt(values, "name") ?? address,
      namespace: textAt(values, "namespace") ?? "default",
      status: textAt(values, "status") ?? "unknown",
      ...(version !== undefined && { version }),
      ...(appVersion !== undefined && { appVersion }),
    };
  });
}

function of(type: string, resources: readonly TerraformResource[]): TerraformResource[] {
  return resources.filter((resource) => resource.type === type);
}
