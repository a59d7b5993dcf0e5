/** Words that stand for a secret wherever they stand in a name: the source of a regular expression for text of any case. */
export const SECRET_WORDS = "passw(?:or)?d|pwd|passphrase|secret|token|credential|(?:api|access|private)[-_.]?key";

/** Written in one: `dbPassword`, `DB_PASSWORD`, `.dockerconfigjson`. */
const SECRET_IN_NAME = new RegExp(`${SECRET_WORDS}|dockerc(onfig|fg)|kubeconfig|connectionstring|basicauth`);
/** Words of a name: `tls.key`, `SSHKEY`, `sentry-dsn`. */
const SECRET_WORD = /^(\w*keys?|pass|creds?|dsn)$/;
/** Digests of what may be secret: of a chart's own Secret, for one. */
const CHECKSUM = /^checksum[/-]/;
/** Copies of the whole object. */
const COPY = "kubectl.kubernetes.io/last-applied-configuration";

/** Whether what a field, an environment variable, a key of a ConfigMap or a flag of this name holds may be a secret. */
export function namesSecret(name: string): boolean {
  if (CHECKSUM.test(name) || name === COPY) return true;
  if (SECRET_IN_NAME.test(name.toLowerCase().replace(/[^a-z0-9]/g, ""))) return true;
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").split(/[^A-Za-z0-9]+/);
  return words.some((word) => SECRET_WORD.test(word.toLowerCase()));
}
