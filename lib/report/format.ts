/** The forms that a report comes in. */
export const FORMATS = ["text", "json", "sarif", "junit", "github", "markdown", "html"] as const;
export type Format = (typeof FORMATS)[number];
