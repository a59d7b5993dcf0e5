import type { Environment } from "../../domain/model";
import type { Link } from "../../domain/upgrade-links";
import type { Blocker, Start } from "../plan";

/** The checklist of an upgrade: what a plan does, and what people look at before, between and after. Plain JSON. */
export interface Runbook {
  readonly schemaVersion: 1;
  /** The Kubernetes minor version at the end. */
  readonly to: string;
  /** The day it was made, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly routes: readonly RunbookRoute[];
}

/** The way of a pair, or of a cluster without a twin. */
export interface RunbookRoute {
  /** Name of the pair, or of the cluster. */
  readonly name: string;
  readonly starts: readonly Start[];
  readonly notes: readonly string[];
  readonly hops: readonly RunbookHop[];
  /** What is in the way of the hop after the last one. */
  readonly blockers: readonly Blocker[];
}

/** From one minor version to the next, staging's part first. */
export interface RunbookHop {
  readonly from: string;
  readonly to: string;
  readonly clusters: readonly RunbookCluster[];
}

export interface RunbookCluster {
  readonly cluster: string;
  readonly environment?: Environment;
  readonly sections: readonly RunbookSection[];
}

export interface RunbookSection {
  /** `1.36/stage-aws1/before`. */
  readonly id: string;
  readonly title: string;
  readonly lines: readonly Line[];
}

/**
 * Who ticks a line. `AUTO`: it is checked here, and ticked when it holds. `EVIDENCE`: people do, and name a file or page that shows it.
 * `HUMAN`: people do.
 */
export type TickedBy = "AUTO" | "EVIDENCE" | "HUMAN";

/** A line with a box. */
export interface Line {
  /** Stays the same as long as the line means the same: `1.36/stage-aws1/before/removed-apis`. */
  readonly id: string;
  readonly by: TickedBy;
  /** One sentence without a full stop. */
  readonly text: string;
  /** For AUTO: whether it holds. */
  readonly holds?: boolean;
  /** For AUTO: it holds when every line whose id begins with this is ticked; then `holds` is left out. */
  readonly needs?: string;
  /** For AUTO: what was looked at; a sentence. */
  readonly seen?: string;
  /** For EVIDENCE: what is wanted. */
  readonly wanted?: string;
  readonly links: readonly Link[];
  readonly details: readonly Detail[];
  /** What to do if it goes wrong; empty where nothing can. */
  readonly ifWrong: string;
}

/** What is folded away below a line. */
export type Detail =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "code"; readonly about: string; readonly language: "sh" | "ts"; readonly code: string };

/** A line with nothing to it but what is stated. */
export function line(stated: Pick<Line, "id" | "by" | "text"> & Partial<Line>): Line {
  return { links: [], details: [], ifWrong: "", ...stated };
}

/** Commands for a shell. */
export function commands(about: string, ...lines: readonly string[]): Detail {
  return { kind: "code", about, language: "sh", code: lines.join("\n") };
}
