import type { Environment, Json, Location } from "../domain/model";

/**
 * How often nodes are rolled. `each-hop`: after every upgrade of the control plane, so that they run its version before it goes on.
 * `fewest`: only where the version skew would not allow the next upgrade without, and at the end.
 */
export type NodeStrategy = "each-hop" | "fewest";

/** The way of a fleet to a Kubernetes minor version: what to do, in this order. Plain JSON. */
export interface Plan {
  /** The Kubernetes minor version at the end. */
  readonly to: string;
  /** The day the plan was made on, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly nodes: NodeStrategy;
  /** One for each pair and for each cluster without a twin, in the model's order. They do not depend on each other. */
  readonly routes: readonly Route[];
}

/** The way of the two clusters of a pair, or of a cluster without a twin. */
export interface Route {
  /** Absent for a cluster without a twin. */
  readonly pair?: string;
  /** Days that production waits for what staging runs; absent for a cluster without a twin, and where the pair states none. */
  readonly soakDays?: number;
  /** Where it begins: staging, then production. */
  readonly starts: readonly Start[];
  /** One for each minor version on the way, in order. Those after the first blocked one are left out. Empty where all is there already. */
  readonly hops: readonly Hop[];
  /** What is in the way: all of the first blocked hop, then what is known of later ones. Empty: there is a way to the end. */
  readonly blockers: readonly Blocker[];
  /** Worth knowing of the whole way; sentences. */
  readonly notes: readonly string[];
}

/** What a cluster runs before the first step. */
export interface Start {
  readonly cluster: string;
  readonly environment?: Environment;
  /** Kubernetes minor version of the control plane. */
  readonly version: string;
  /** The oldest and the newest version of its node groups; absent where it has none. */
  readonly nodes?: { readonly oldest: string; readonly newest: string };
  /** `recorded`: from the history. `described`: the history does not know the cluster, so that it is taken to run what the model says. */
  readonly basis: "recorded" | "described";
  /** When it was last recorded: an RFC 3339 time. */
  readonly recordedAt?: string;
  /** What the code says and the history does not, to be deployed before the plan begins; sentences. */
  readonly undeployed: readonly string[];
}

/** The steps from one minor version to the next, over all clusters of a route. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  /** Staging's, then the soak, then production's. */
  readonly steps: readonly Step[];
}

/** `soak`: nothing is deployed, time passes. */
export type StepKind = "chart" | "add-on" | "control-plane" | "nodes" | "soak";

/**
 * Where a step stands in a hop of its cluster. `before`: ahead of the control plane, because what runs does not fit the next version.
 * `control-plane`: the upgrade itself. `after`: what follows it. `soak`: between the clusters.
 */
export type Phase = "before" | "control-plane" | "after" | "soak";

/**
 * `must-now`: the hop is refused or breaks something without. `must-before-next-hop`: the next minor version is. `should`: nothing is
 * refused without, yet.
 */
export type Urgency = "must-now" | "must-before-next-hop" | "should";

/** One change of code, one deploy, one look at the cluster. */
export interface Step {
  /** Stays the same as long as the step means the same: `1.36/stage-aws1/control-plane`, `1.36/stage-aws1/before/chart/cert-manager`. */
  readonly id: string;
  readonly cluster: string;
  readonly environment?: Environment;
  readonly kind: StepKind;
  readonly phase: Phase;
  readonly urgency: Urgency;
  /** What moves, and from where to where; empty for a soak. */
  readonly moves: readonly Move[];
  /** Why it is done, and why here; one sentence or two. */
  readonly why: string;
  /** What to write in the code; empty for a soak. */
  readonly changes: readonly CodeChange[];
  /** Commands that deploy it, in order; empty for a soak. */
  readonly deploy: readonly string[];
  /** Commands that say whether it is right. */
  readonly check: {
    /** Before it is deployed. */
    readonly before: readonly string[];
    /** After it is deployed. */
    readonly after: readonly string[];
  };
  /** How to undo it; one sentence or several. Empty for a soak. */
  readonly wayBack: string;
  /** What nobody knows before the step is taken, and what to look at; sentences. */
  readonly notes: readonly string[];
  /** The first day on which it can be done, if every step before is done on its own first day. */
  readonly day: string;
  /** For a soak: how many days pass. */
  readonly days?: number;
}

/** One thing that goes from a version to another. */
export interface Move {
  readonly kind: "chart" | "add-on" | "control-plane" | "node-group";
  /** Name of the release, the add-on, the cluster or the node group. */
  readonly name: string;
  readonly from: string;
  /** Absent where the table knows no version that fits; `lookUp` tells how to find it. */
  readonly to?: string;
  /** For a chart: the versions of the application, as far as they are known. */
  readonly app?: { readonly from?: string; readonly to?: string };
  /** Why it has to move, or should; a sentence. */
  readonly why: string;
  /** The command that lists the versions there are. */
  readonly lookUp?: string;
}

/** What to write in the code. */
export interface CodeChange {
  /** Where in the description of the pair or the cluster: `versions.controlPlane`, `addons.coredns.version`, `releases.web.chart`. */
  readonly path: string;
  /** The value of this cluster; null where it has to be looked up first. */
  readonly value: Json;
  /** The side of the pair that changes; absent for a cluster without a twin. */
  readonly side?: Environment;
  /** What the twin keeps; absent for a cluster without a twin. */
  readonly twin?: Json;
  /** The line of TypeScript, `controlPlane: differs({ staging: "1.36", production: "1.35", because: "1.36 soaks in staging" })`. */
  readonly code: string;
  /** Where the construct was made. */
  readonly location?: Location;
}

/** What is in the way of a hop. */
export interface Blocker {
  /** The minor version that cannot be reached. */
  readonly hop: string;
  readonly cluster: string;
  readonly environment?: Environment;
  readonly kind: "chart" | "add-on" | "manifests" | "nodes" | "control-plane";
  /** Name of the release, the add-on, the manifests, the node group or the cluster. */
  readonly name: string;
  /** The rule that would refuse the state after the step; absent where no step leads on. */
  readonly rule?: string;
  /** What is in the way; one sentence or two. */
  readonly why: string;
  /** The smallest change that opens the way. */
  readonly unblock: string;
  /** The Kubernetes objects that it is about: `Ingress "web/storefront" (extensions/v1beta1)`. */
  readonly objects?: readonly string[];
  /** Path of the construct. */
  readonly path: string;
  readonly location?: Location;
}
