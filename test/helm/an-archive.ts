import { gzipSync } from "node:zlib";
import { Header, Pax } from "tar";

/** An entry of an archive, honest or not. */
export interface Entry {
  readonly path: string;
  readonly text?: string | Buffer;
  readonly type?: "File" | "OldFile" | "Directory" | "SymbolicLink" | "Link" | "CharacterDevice" | "FIFO";
  readonly linkpath?: string;
}

/** A tar archive, byte by byte, so that it can hold what no tool would pack. */
export function tarOf(entries: readonly Entry[]): Buffer {
  return Buffer.concat([...entries.map(packed), Buffer.alloc(1024)]);
}

export function archiveOf(entries: readonly Entry[]): Buffer {
  return gzipSync(tarOf(entries), { level: 1 });
}

/** The archive of a chart `web` with these files beside its Chart.yaml. */
export function chartArchive(files: Readonly<Record<string, string | Buffer>> = {}, name = "web"): Buffer {
  const all = { "Chart.yaml": `apiVersion: v2\nname: ${name}\nversion: 1.2.3\n`, ...files };
  return archiveOf(Object.entries(all).map(([path, text]) => ({ path: `${name}/${path}`, text })));
}

function packed({ path, text = "", type = "File", linkpath }: Entry): Buffer {
  const content = Buffer.from(text);
  const block = Buffer.alloc(512);
  const header = new Header({
    path,
    type,
    size: content.length,
    mode: 0o644,
    ...(linkpath !== undefined && { linkpath }),
  });
  const isLong = header.encode(block, 0);
  return Buffer.concat([
    ...(isLong ? [new Pax({ path }).encode()] : []),
    block,
    content,
    Buffer.alloc((512 - (content.length % 512)) % 512),
  ]);
}
