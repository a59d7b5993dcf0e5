import type { EditableMap } from "../editing/editable-map";
import { Undecided } from "../editing/undecided";
import type { Conversion, ConversionStep } from "./conversion";

const CLASS_ANNOTATION = "kubernetes.io/ingress.class";

/** As the API server converts them: https://kubernetes.io/docs/reference/using-api/deprecation-guide/#ingress-v122 */
export const ingress: Conversion = {
  kinds: ["Ingress"],
  from: ["extensions/v1beta1", "networking.k8s.io/v1beta1"],
  to: ["networking.k8s.io/v1"],
  changes:
    "`spec.backend` becomes `defaultBackend`; `serviceName` and `servicePort` become `service.name` and `service.port.number` or `.name`; " +
    "a path without `pathType` gets `ImplementationSpecific`, which is what it meant; the annotation `kubernetes.io/ingress.class` becomes " +
    "`ingressClassName` where an IngressClass of that name is among the manifests or given with `--ingress-class`, and else stays, as controllers still read it",
  leaves: "a backend without service or port; a port number in quotes",
  convert(object, step) {
    const spec = object.map("spec");
    if (spec) convertSpec(spec);
    convertClass(object, step);
  },
};

function convertSpec(spec: EditableMap): void {
  spec.rename("backend", "defaultBackend");
  const backends = [spec.map("defaultBackend")];
  for (const rule of spec.maps("rules")) {
    for (const path of rule.map("http")?.maps("paths") ?? []) {
      if (path.get("pathType") === undefined) {
        path.set("pathType", "ImplementationSpecific", path.has("path") ? { after: "path" } : { before: "backend" });
      }
      backends.push(path.map("backend"));
    }
  }
  for (const backend of backends) if (backend) convertBackend(backend);
}

function convertBackend(backend: EditableMap): void {
  if (backend.has("service") || backend.has("resource")) return;
  const port = backend.get("servicePort");
  if (backend.get("serviceName") === undefined || port === undefined) {
    throw new Undecided(
      `${backend.path} does not say both serviceName and servicePort: write which port of which Service it means`,
    );
  }
  if (typeof port === "string" && /^\d+$/.test(port)) {
    throw new Undecided(
      `${backend.pathOf("servicePort")} is the text ${JSON.stringify(port)}: write the number without quotes, or the port's name`,
    );
  }
  const service = backend.nest("service", { serviceName: "name", servicePort: "servicePort" });
  service?.nest("port", { servicePort: typeof port === "number" ? "number" : "name" });
}

function convertClass(object: EditableMap, { ingressClasses, note }: ConversionStep): void {
  const metadata = object.map("metadata");
  const name = metadata?.map("annotations")?.get(CLASS_ANNOTATION);
  const spec = object.map("spec");
  if (name === undefined || !metadata || !spec) return;
  if (spec.get("ingressClassName") !== undefined) {
    throw new Undecided(
      `the annotation ${CLASS_ANNOTATION} and spec.ingressClassName are both there, which networking.k8s.io/v1 refuses: keep one of them`,
    );
  }
  if (!ingressClasses.has(String(name))) {
    note(
      `the annotation ${CLASS_ANNOTATION} stays: with --ingress-class ${name} it becomes spec.ingressClassName, for which an IngressClass of that name must exist`,
    );
    return;
  }
  moveClass(metadata, spec);
}

function moveClass(metadata: EditableMap, spec: EditableMap): void {
  const annotations = metadata.map("annotations");
  const entry = annotations?.take(CLASS_ANNOTATION);
  const [first] = spec.entries;
  if (entry) spec.put(entry, "ingressClassName", first ? { before: first.key } : {});
  if (annotations?.isEmpty) metadata.remove("annotations");
}
