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
  type StatedTwins,
  someManifests,
} from "./build-model";
export { findings } from "./findings";
