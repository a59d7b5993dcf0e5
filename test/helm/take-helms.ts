import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { helmPackages } from "../../lib/domain/helm-package";
import { managedHelm } from "../../lib/helm/program/managed-helm";

/**
 * Before all tests: both helm programs in the user's cache, taken once. What tests learn of charts goes to a cache of this run, lest an
 * earlier run's answers hide what the code does today.
 */
export default function takeHelms(): void {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const { newest, older } = helmPackages;
  process.env.TEST_HELM_NEWEST = managedHelm(process.env, say, newest);
  process.env.TEST_HELM_OLDER = managedHelm(process.env, say, older);
  process.env.TANDEM_HELM = process.env.TEST_HELM_NEWEST;
  process.env.TANDEM_CACHE = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-cache-"));
}
