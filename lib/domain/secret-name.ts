const SECRET =
  /pass(word|wd|phrase)?$|pwd$|secret|token|credential|private[-_.]?key|api[-_.]?key|access[-_.]?key|auth$|^key$|dsn$|webhook/i;

/** Whether what a key, an environment variable or a field of this name holds may be a secret. */
export function namesSecret(name: string): boolean {
  return SECRET.test(name);
}
