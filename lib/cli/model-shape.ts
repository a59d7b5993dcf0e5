import { isCalendarDate } from "../domain/calendar-date";
import { chartShape, clusterStateShape } from "../files/cluster-state-shape";
import { objectFacts } from "../files/object-facts-shape";
import {
  anything,
  count,
  flag,
  listOf,
  nullable,
  objectOf,
  oneOf,
  optional,
  recordOf,
  type Shape,
  text,
  value,
  variantOf,
} from "../files/shape";
import { plannedShape } from "./planned-shape";

const stated = nullable(text);
const location = optional(objectOf({ file: text, line: count, column: count }));
const described = { name: text, path: text, location };

const owned = { owner: optional(text), why: optional(text), reviewBy: optional(text) };

const pair = objectOf({
  ...described,
  staging: text,
  production: text,
  differences: listOf(objectOf({ path: text, staging: anything, production: anything, because: text, location })),
  promotion: optional(objectOf({ soakDays: count })),
});

const nodeGroup = objectOf({
  ...described,
  version: stated,
  releaseVersion: optional(stated),
  amiType: stated,
  amiId: optional(stated),
  instanceTypes: listOf(text),
  capacityType: oneOf("ON_DEMAND", "SPOT"),
  size: objectOf({ min: count, max: count, desired: optional(count) }),
});

const podIdentity = optional(
  objectOf({
    serviceAccounts: listOf(text),
    namespace: optional(text),
    policies: listOf(text),
    policyHash: optional(text),
  }),
);

const unreadable = listOf(objectOf({ message: text, location }));

const lockedChart = { digest: text, archive: text };
const lock = variantOf("state", {
  "no-lock-file": objectOf({}),
  "unlocked-folder": objectOf({}),
  "not-locked": objectOf({ others: listOf(text) }),
  locked: objectOf(lockedChart),
  "no-archive": objectOf(lockedChart),
  "digest-mismatch": objectOf({ ...lockedChart, found: text }),
});

const contents = objectOf({
  version: text,
  appVersion: optional(text),
  kubeVersion: optional(text),
  deprecated: optional(flag),
  crds: listOf(objectOf({ name: text, hash: text })),
  imageTags: listOf(objectOf({ key: text, tag: text })),
  invalidValues: listOf(objectOf({ key: text, problem: text, unchecked: optional(flag) })),
  unknownValues: listOf(objectOf({ key: text, nearest: optional(text) })),
  standIns: listOf(text),
});

const rendering = objectOf({
  at: oneOf("current", "before", "next"),
  kubernetes: text,
  failure: optional(objectOf({ reason: text, remedy: text })),
  documents: count,
  objects: listOf(objectOf({ ...objectFacts, template: optional(text), keeper: optional(text) })),
  gone: optional(listOf(text)),
  unreadable,
});

const release = objectOf({
  ...described,
  ...owned,
  namespace: text,
  chart: chartShape,
  appVersion: optional(text),
  valuesHash: text,
  podIdentity,
  lock: optional(lock),
  contents: optional(contents),
  renderings: optional(listOf(rendering)),
});

const kubernetesObject = objectOf({
  ...objectFacts,
  path: optional(text),
  location,
  hash: text,
  images: optional(listOf(text)),
});

const manifests = objectOf({
  ...described,
  ...owned,
  namespace: text,
  files: optional(listOf(text)),
  podIdentity,
  documents: count,
  objects: listOf(kubernetesObject),
  unreadable,
});

const cluster = objectOf({
  ...described,
  pair: optional(text),
  environment: optional(oneOf("staging", "production")),
  region: text,
  accountId: text,
  version: stated,
  supportType: oneOf("STANDARD", "EXTENDED"),
  publicAccess: optional(listOf(stated)),
  rollback: optional(objectOf({ to: text, because: text, location })),
  clients: objectOf({ kubectl: optional(stated) }),
  autoMode: optional(flag),
  nodeGroups: listOf(nodeGroup),
  fargateProfiles: optional(
    listOf(objectOf({ ...described, selectors: listOf(objectOf({ namespace: text, labels: recordOf(text) })) })),
  ),
  karpenter: optional(objectOf({ ...described, namespace: text, serviceAccount: text })),
  addons: listOf(
    objectOf({ ...described, ...owned, version: stated, podIdentity, serviceAccountRole: optional(flag) }),
  ),
  releases: listOf(release),
  manifests: listOf(manifests),
});

const history = objectOf({
  cluster: text,
  latest: objectOf({ id: text, at: text, by: text, commit: optional(text) }),
  state: clusterStateShape,
  held: recordOf(listOf(objectOf({ pin: text, from: text, until: optional(text) }))),
  diverged: optional(listOf(text)),
});

/** The shape of a model, as far as rules and reports rely on it. */
export const modelShape: Shape = objectOf({
  asOf: value('a date such as "2026-11-23"', isCalendarDate),
  pairs: listOf(pair),
  clusters: listOf(cluster),
  acknowledgements: listOf(
    objectOf({ rule: text, reason: text, until: optional(text), paths: listOf(text), location }),
  ),
  planned: optional(plannedShape),
  history: optional(listOf(history)),
  undescribed: optional(listOf(objectOf({ cluster: text, at: text }))),
});
