import * as fs from "node:fs";
import * as path from "node:path";

const TOKEN = "a-token-for";

/** What the AWS CLI does for `aws eks get-token`; the provider runs it at each run. */
const AWS_COMMAND = `#!/bin/sh
[ "$1 $2 $3" = "eks get-token --cluster-name" ] || exit 1
echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","spec":{},"status":{"token":"${TOKEN}-'"$4"'"}}'
`;

/** The token that the double of the AWS CLI has for a cluster. */
export const tokenFor = (cluster: string) => `${TOKEN}-${cluster}`;

/** Writes a double of the AWS CLI into a folder. @returns the environment in which it is `aws` */
export function awsCommandIn(folder: string): { readonly PATH: string } {
  fs.writeFileSync(path.join(folder, "aws"), AWS_COMMAND, { mode: 0o755 });
  return { PATH: `${folder}:${process.env.PATH}` };
}
