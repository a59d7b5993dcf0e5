import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/** What the type checker says of these programs, by the project's own settings: nothing where all is well. */
export function typeErrors(programs: ReadonlyMap<string, string>): string {
  const folder = fs.mkdtempSync(path.join(ROOT, "test", "types-"));
  try {
    for (const [name, text] of programs) fs.writeFileSync(path.join(folder, `${name.replaceAll("/", "-")}.ts`), text);
    const settings = { extends: "../../tsconfig.json", compilerOptions: { noUnusedLocals: false }, include: ["*.ts"] };
    fs.writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(settings));
    const tsc = path.join(ROOT, "node_modules/typescript/bin/tsc");
    const { stdout, stderr } = spawnSync(process.execPath, [tsc, "-p", folder], { cwd: folder, encoding: "utf8" });
    return stdout + stderr;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
