import { defineRule } from "./rule";

export const unreadableManifest = defineRule({
  id: "unreadable-manifest",
  title: "A manifest could not be read, so that nothing in it has been judged",
  severity: "error",
  remedy: "Correct the document; `kubectl apply --dry-run=client -f FILE` shows what Kubernetes makes of it.",
  source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/#describing-a-kubernetes-object",
  check: (model) =>
    model.clusters.flatMap((cluster) =>
      cluster.manifests.flatMap((manifests) =>
        manifests.unreadable.map(({ message, location = manifests.location }) => ({
          path: manifests.path,
          message: `A document of manifests ${manifests.name} in cluster ${cluster.name} could not be read: ${message.replace(/\.$/, "")}.`,
          location,
        })),
      ),
    ),
});
