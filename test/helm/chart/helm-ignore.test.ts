import { helmIgnore } from "../../../lib/helm/chart/helm-ignore";
import { refusalOf } from "../refusal-of";

describe("helmIgnore", () => {
  it.each<[string, string[], string[]]>([
    ["*.md", ["README.md", "docs/a.md"], ["README.mdx", "md"]],
    ["README.md", ["README.md", "docs/README.md"], ["README.mdx"]],
    ["/README.md", ["README.md"], ["docs/README.md"]],
    ["docs/*.md", ["docs/a.md"], ["a.md", "docs/more/a.md", "more/docs/a.md"]],
    ["ci", ["ci", "ci/", "a/ci"], ["cix"]],
    ["ci/", ["ci/", "a/ci/"], ["ci", "a/ci"]],
    ["a?c", ["abc"], ["ac", "a/c", "abbc"]],
    ["[ab].txt", ["a.txt", "b.txt"], ["c.txt", "[ab].txt"]],
    ["[^ab].txt", ["c.txt"], ["a.txt"]],
    ["[a-c].txt", ["b.txt"], ["d.txt", "-.txt"]],
    ["a\\*b", ["a*b"], ["axb"]],
    ["a.b+(c)", ["a.b+(c)"], ["axb+(c)", "a.bb(c)"]],
    ["  *.swp  ", ["a.swp"], ["a.swp2"]],
    ["# *.md\n\n   # b\nc", ["c"], ["README.md", "# b"]],
    ["*.md\r\n*.txt\r\n", ["a.md", "a.txt"], ["a.mdx"]],
    ["!*.yaml", ["a.md", "templates/"], ["a.yaml"]],
    ["a.yaml\n!*.yaml", ["a.yaml", "b.md"], ["b.yaml"]],
    ["", ["templates/.a.swp"], [".a.swp", "templates/a", "charts/db/templates/.a", "."]],
  ])("%j leaves out %j and not %j", (text, ignored, kept) => {
    const isIgnored = helmIgnore(text, "charts/web/.helmignore");
    const of = (name: string) => isIgnored(name.replace(/\/$/, ""), name.endsWith("/"));
    expect(ignored.filter((name) => !of(name))).toEqual([]);
    expect(kept.filter(of)).toEqual([]);
  });

  it.each(["charts/**", "[ab", "a[", "a\\"])("refuses %j, as Helm does", (pattern) => {
    expect(refusalOf(() => helmIgnore(pattern, "charts/web/.helmignore"))).toBe(
      `charts/web/.helmignore: Helm does not take the pattern ${JSON.stringify(pattern)}: correct it or leave it out`,
    );
  });
});
