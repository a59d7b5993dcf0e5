export { aHistory } from "./build-history";
export {
  aCluster,
  aModel,
  aModelOf,
  aModelOfTwins,
  aNodeGroup,
  anAddon,
  anObject,
  aPair,
  aRelease,
  aRenderedObject,
  aRendering,
  chartContents,
  type StatedTwins,
  someManifests,
} from "./build-model";
export { findings } from "./findings";
