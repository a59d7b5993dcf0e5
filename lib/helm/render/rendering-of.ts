import type { Rendering } from "../../domain/model";
import type { RenderedVersion } from "../../domain/rendered-versions";
import { identityOf } from "../../domain/twin-differences";
import type { RenderAnswer } from "./renderer";

/**
 * A rendering as the model holds it. Of another version than the cluster's own only the difference: most objects are the same.
 * @param current the release's rendering for the cluster's own version, where there is one
 */
export function renderingOf({ at, kubernetes }: RenderedVersion, answer: RenderAnswer, current?: Rendering): Rendering {
  const stated = { at, kubernetes: String(kubernetes) };
  if ("reason" in answer) return { ...stated, failure: answer, documents: 0, objects: [], unreadable: [] };
  if (at === "current" || !current) return { ...stated, ...answer };
  const own = new Set(current.objects.map(identityOf));
  const others = new Set(answer.objects.map(identityOf));
  return {
    ...stated,
    ...answer,
    objects: answer.objects.filter((object) => !own.has(identityOf(object))),
    gone: [...own].filter((identity) => !others.has(identity)).sort(),
  };
}
