/** The forms that a report comes in. */
export const FORMATS = ["text", "json"] as const;
export type Format = (typeof FORMATS)[number];
