/**
 * Compiles a glob: `*` and `?` stay within a name, `**` spans folders, `{a,b}` is either.
 * Without a slash it is held against the file's name, with one against its path within the folder that is scanned.
 */
export function glob(pattern: string): (path: string) => boolean {
  const form = new RegExp(`^${formOf(pattern)}$`, "s");
  if (pattern.includes("/")) return (path) => form.test(path);
  return (path) => form.test(path.slice(path.lastIndexOf("/") + 1));
}

const PIECES = /\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[\s\S]/g;

function formOf(pattern: string): string {
  return (pattern.match(PIECES) ?? []).map(formOfPiece).join("");
}

function formOfPiece(piece: string): string {
  if (piece === "**/") return "(?:.*/)?";
  if (piece === "**") return ".*";
  if (piece === "*") return "[^/]*";
  if (piece === "?") return "[^/]";
  if (piece.length > 1) return `(?:${piece.slice(1, -1).split(",").map(formOf).join("|")})`;
  return piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
