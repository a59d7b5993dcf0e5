import { isTerraformJson } from "../scan/terraform-json";

/**
 * What a file that a scan meets is. `chart-archive`: to be rendered. `terraform`: a plan or state, as JSON. `kustomization`: instructions
 * for kustomize and no manifest. `manifests`: whatever else, to be read as YAML or JSON.
 */
export type SourceKind = "chart-archive" | "terraform" | "kustomization" | "manifests";

/** How many characters of a file tell what it is. */
export const BEGINNING = 4096;

/** https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#kustomization */
const KUSTOMIZATIONS = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** The API of a file that is a manifest all the same: Flux has a custom resource Kustomization. */
const OTHER_API = /^apiVersion:[ \t]*["']?(?!kustomize\.config\.k8s\.io\/)\S/m;

/**
 * What a file is, by its name and, where that does not tell, by how it begins.
 * @param beginning gives its first `BEGINNING` characters; not asked for of most files
 */
export function kindOfFile(path: string, beginning: () => string): SourceKind {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/\.(tgz|tar\.gz)$/.test(name)) return "chart-archive";
  if (KUSTOMIZATIONS.includes(name)) return OTHER_API.test(beginning()) ? "manifests" : "kustomization";
  if (/\.ya?ml$/.test(name)) return "manifests";
  return isTerraformJson(beginning()) ? "terraform" : "manifests";
}

/**
 * Whether a folder is a chart, which is rendered as a whole: nothing in it is scanned by itself, and what lies in its `charts/` belongs
 * to it.
 * @param entries the names of what the folder holds
 */
export function isChartFolder(entries: readonly string[]): boolean {
  return entries.includes("Chart.yaml");
}

const MOST_NAMED = 3;

/**
 * What a scan says of kustomizations: their files were scanned one by one and no overlay was built. Nothing where there are none.
 * @param files the kustomization files that were met
 */
export function kustomizationNote(files: readonly string[], target: string): string | undefined {
  const [first] = files;
  if (first === undefined) return undefined;
  const folder = (file: string) => file.replace(/\/?[^/]*$/, "") || ".";
  const named = files.slice(0, MOST_NAMED).map(folder).join(", ");
  const more = files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more` : "";
  const count = files.length === 1 ? "1 kustomization was" : `${files.length} kustomizations were`;
  return `${count} not built (${named}${more}), their files were scanned as they are: kustomize build ${folder(first)} | tandem scan - --target ${target}`;
}
