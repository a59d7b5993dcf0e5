import { applyCrdsCommand } from "../../lib/domain/apply-crds-command";

test.each([
  ["https://charts.example", "web", "web --repo https://charts.example --version 2.0.0"],
  ["oci://registry.example/charts/web", "web", "oci://registry.example/charts/web --version 2.0.0"],
  ["./charts/my web", "web", "'./charts/my web'"],
])("a chart of %s is named so that helm finds it", (source, name, words) => {
  expect(applyCrdsCommand({ source, name }, "2.0.0")).toBe(
    `helm show crds ${words} | kubectl apply --server-side --filename -`,
  );
});
