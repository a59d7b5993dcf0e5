import type { Plan } from "../upgrade/plan";
import { lastDay, routeSize } from "../upgrade/route-size";
import { jsonText } from "./json";

/** Raised when a reader of the old form would misread the new one; until then keys are only added. */
const SCHEMA_VERSION = 1;

/** The plan for programs: `{ schemaVersion, to, asOf, nodes, blocked, routes }`; each route with its size and its first last day. */
export function planJson({ to, asOf, nodes, routes }: Plan): string {
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    to,
    asOf,
    nodes,
    blocked: routes.some(({ blockers }) => blockers.length > 0),
    routes: routes.map((route) => {
      const done = lastDay(route.hops);
      return { ...route, size: routeSize(route.hops), ...(done !== undefined && { done }) };
    }),
  });
}
