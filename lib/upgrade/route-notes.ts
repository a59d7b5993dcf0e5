import { enumerated } from "../rules/release-subject";
import type { Itinerary } from "./itinerary";
import { endedAmi } from "./node-turn";
import type { Section } from "./sections";
import type { StartingPoint } from "./starting-point";

/** What is worth knowing of a whole way. */
export function routeNotes(section: Section, points: readonly StartingPoint[], itinerary: Itinerary): string[] {
  return [
    ...basisNotes(points),
    ...divergedNotes(section),
    ...errorNotes(itinerary),
    ...(section.pair !== undefined && section.soakDays === undefined
      ? ["The pair states no promotion.soakDays: production does not wait for staging."]
      : []),
    ...amiNotes(section, itinerary),
  ];
}

function basisNotes(points: readonly StartingPoint[]): string[] {
  const names = points.filter(({ start }) => start.basis === "described").map(({ start }) => start.cluster);
  if (names.length === 0) return [];
  return [
    `The history does not know ${enumerated(names)}: the plan takes what the code describes for what runs. npx tandem record writes down what runs.`,
  ];
}

function divergedNotes({ model }: Section): string[] {
  return (model.history ?? [])
    .filter(({ diverged }) => diverged !== undefined)
    .map(
      ({ cluster }) =>
        `Two branches recorded ${cluster}; the plan takes the newer line. Look at what runs, and record it again.`,
    );
}

function errorNotes({ walk }: Itinerary): string[] {
  const count = walk.errorsAtStart;
  if (count === 0) return [];
  return [
    `The rules find ${count === 1 ? "an error" : `${count} errors`} before the first step; the plan does not mend what they find. npx tandem check lists it.`,
  ];
}

function amiNotes({ clusters }: Section, { walk, target }: Itinerary): string[] {
  return clusters.flatMap(({ name }) =>
    walk.cluster(name).nodeGroups.flatMap((group) => {
      const ended = endedAmi(group, target);
      if (!ended) return [];
      return [
        `Node group ${group.name} of ${name} stays at ${group.version}: of its AMI type ${group.amiType}, EKS has no AMI after ${ended.last}.`,
      ];
    }),
  );
}
