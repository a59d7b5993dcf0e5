import { addonsHorizon } from "./addon-version";
import { amiTypesHorizon } from "./ami-type";
import { kubernetesApisHorizon } from "./api-lifecycle";
import type { DataHorizon } from "./data-horizon";
import { eksVersionsHorizon } from "./eks-calendar";
import { fieldChangesHorizon } from "./field-change";
import { chartsHorizon } from "./known-chart";
import { thirdPartyApisHorizon } from "./third-party-api";
import { skewHorizon } from "./version-skew";

/** How far each data table reaches, sorted by table. */
export function dataHorizons(): DataHorizon[] {
  return [
    addonsHorizon(),
    amiTypesHorizon(),
    chartsHorizon(),
    eksVersionsHorizon(),
    fieldChangesHorizon(),
    kubernetesApisHorizon(),
    skewHorizon(),
    thirdPartyApisHorizon(),
  ];
}
