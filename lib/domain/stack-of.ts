/** The Terraform stack that a construct stands in: the first part of its path. */
export function stackOf({ path }: { readonly path: string }): string {
  return path.split("/")[0] ?? path;
}
