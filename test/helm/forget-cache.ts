import * as fs from "node:fs";

/** After all tests. */
export default function forgetCache(): void {
  const { TANDEM_CACHE } = process.env;
  if (TANDEM_CACHE) fs.rmSync(TANDEM_CACHE, { recursive: true, force: true });
}
