import { isDeepStrictEqual } from "node:util";
import { type ImmutableFields, immutableFields } from "../../domain/immutable-field";
import { isRecord } from "../../manifests/plain-value";
import type { WholeObject } from "../render/rendered-objects";

/** Fields that differ and that the API server refuses to change: the upgrade fails on them. Sorted. */
export function immutableChanges(before: WholeObject, after: WholeObject): string[] {
  const rows = immutableFields(after.group, after.kind).filter(({ when }) => !when || before.value[when] === true);
  const changed = rows.flatMap((row) =>
    pathsOf(row, before, after).filter((path) => {
      const now = stated(after, path, row);
      return !(row.onlyIfStated && !now) && !isDeepStrictEqual(stated(before, path, row), now);
    }),
  );
  return [...new Set(changed)].sort();
}

/** Whether an object of this kind stands in no namespace, as far as the table of immutable fields knows the kind. */
export function isClusterScoped({ group, kind }: WholeObject): boolean {
  return immutableFields(group, kind).some(({ clusterScoped }) => clusterScoped);
}

/** With exceptions: every field below that is none of them. */
function pathsOf({ paths, except }: ImmutableFields, ...objects: readonly WholeObject[]): readonly string[] {
  if (!except) return paths;
  return paths.flatMap((path) => {
    const fields = objects.flatMap(({ value }) => Object.keys(mappingAt(value, path)));
    return fields.filter((field) => !except.includes(field)).map((field) => `${path}.${field}`);
  });
}

function stated({ value }: WholeObject, path: string, { defaults }: ImmutableFields): unknown {
  return valueAt(value, path) ?? defaults?.[path];
}

function mappingAt(value: unknown, path: string): Record<string, unknown> {
  const found = valueAt(value, path);
  return isRecord(found) ? found : {};
}

function valueAt(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((found, field) => (isRecord(found) ? found[field] : undefined), value);
}
