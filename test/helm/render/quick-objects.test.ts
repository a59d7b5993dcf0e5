import * as fs from "node:fs";
import * as path from "node:path";
import type { ObjectFacts } from "../../../lib/domain/model";
import { QuickObjects } from "../../../lib/helm/render/quick-objects";
import { readAsHelm } from "../../../lib/helm/render/read-as-helm";
import { RenderingReader } from "../../../lib/helm/render/read-rendering";
import { splitDocuments } from "../../../lib/manifests/documents";
import { ManifestWriter, Random } from "../../manifests/fast/generated-manifests";
import { CHARTS, helm } from "../chart-repository";

const STREAMS = 400;

/** What the rules need of objects. */
function factsOf(objects: readonly ObjectFacts[]): ObjectFacts[] {
  return objects.map(({ apiVersion, kind, namespace, name, fields, defines }) => ({
    ...{ apiVersion, kind, name },
    ...(namespace !== undefined && { namespace }),
    ...(fields && { fields }),
    ...(defines && { defines }),
  }));
}

describe("objects read quickly", () => {
  it("are those that the whole document holds, or nothing is said, for manifests of all sorts", () => {
    const quick = new QuickObjects();
    const told = { known: 0, unknown: 0 };
    for (let seed = 1; seed <= STREAMS; seed++) {
      for (const { text } of splitDocuments(new ManifestWriter(new Random(seed)).stream()).documents) {
        const objects = quick.in(text);
        told[objects ? "known" : "unknown"] += 1;
        if (!objects) continue;
        const whole = factsOf(readAsHelm({ text }).objects);
        expect({ seed, text, objects: factsOf(objects) }).toEqual({ seed, text, objects: whole });
      }
    }
    expect(told.known).toBeGreaterThan(STREAMS);
    expect(told.unknown).toBeGreaterThan(0);
  });

  it.each(["a: [", "kind: Web", "apiVersion: v1\nkind: Web\nmetadata: {name: 1}"])("are not told of %j", (text) => {
    expect(new QuickObjects().in(text)).toBeUndefined();
  });

  it("do not depend on what was read before", () => {
    const quick = new QuickObjects();
    const object = { apiVersion: "v1", kind: "Web", name: "web" };
    const text = "apiVersion: v1\nkind: Web\nmetadata:\n  name: web";
    expect([quick.in(text), quick.in("a: ["), quick.in(text), quick.in("# nothing\n")]).toEqual([
      [object],
      undefined,
      [object],
      [],
    ]);
  });

  const rendered = fs.readdirSync(CHARTS).filter((name) => !["broken", "looping"].includes(name));

  it.each(rendered)("are those of a rendering of %s that is read whole", (name) => {
    const manifest = helm("template", "web", path.join(CHARTS, name), "--include-crds");
    const whole = manifest.replace(/^# Source: .*$/gm, "$&\n# helm.sh/hook: none, but it is looked for");
    const read = new RenderingReader().read(manifest);
    expect(read).toEqual(new RenderingReader().read(whole));
  });
});
