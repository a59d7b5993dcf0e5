import * as fs from "node:fs";
import * as path from "node:path";
import { providerSchema } from "./provider-schema";
import { type Outline, outlineOfProvider, outlineOfTable } from "./real-schema";
import { acceptedExamples, clusterStacksIn, synthesiseExample } from "./synthesised";
import { STAND_IN, VERSIONS, withTerraform } from "./with-terraform";
import { Workspace } from "./workspace";

withTerraform((terraform, hasAws) => {
  it.each<keyof typeof VERSIONS>(hasAws ? ["helm", "aws"] : ["helm"])(
    "describes hashicorp/%s as the table does",
    async (name) => {
      const workspace = new Workspace(path.join(terraform().root, `schema-${name}`), terraform().real);
      const real = await workspace.schema(`hashicorp/${name}`, VERSIONS[name]);
      const types = [...providerSchema().values()].filter(({ type }) => type === name || type.startsWith(`${name}_`));
      const outlines = (of: (type: (typeof types)[number]) => Outline) =>
        Object.fromEntries(types.map((type) => [`${type.kind}.${type.type}`, of(type)]));
      expect(types.length).toBeGreaterThan(0);
      expect(outlines(outlineOfTable)).toEqual(outlines((type) => outlineOfProvider(real(type))));
    },
  );

  it.each(acceptedExamples())("validates every stack of %s", async (example) => {
    const outdir = path.join(terraform().root, example);
    synthesiseExample(example, outdir);
    const stacks = fs.readdirSync(path.join(outdir, "stacks"));
    expect(stacks.length).toBeGreaterThan(0);
    for (const stack of stacks) {
      const workspace = new Workspace(path.join(outdir, "valid", stack), terraform().real);
      await workspace.take(path.join(outdir, "stacks", stack));
      expect(await workspace.validate()).toBe("Success! The configuration is valid.");
    }
  });

  it.each(acceptedExamples())(
    `applies the clusters of %s, staging's first, and finds nothing to do then (${STAND_IN})`,
    async (example) => {
      const outdir = path.join(terraform().root, `${example}-applied`);
      synthesiseExample(example, outdir);
      for (const stack of clusterStacksIn(outdir)) {
        const workspace = new Workspace(path.join(outdir, "applied", stack), terraform().standIn);
        await workspace.take(path.join(outdir, "stacks", stack));
        expect(new Set(Object.values(await workspace.plan()))).toEqual(new Set(["create"]));
        await workspace.apply();
        expect(await workspace.plan()).toEqual({});
      }
    },
  );
});
