import { namesSecret } from "../../lib/domain/secret-name";

describe("a name that may stand for a secret", () => {
  it.each([
    "password",
    "DB_PASSWORD",
    "rootPasswd",
    "passphrase",
    "clientSecret",
    "secret",
    "API_TOKEN",
    "tokens",
    "aws-credentials",
    "cred",
    "apiKey",
    "APIKEY",
    "SSHKEY",
    "tls.key",
    "key",
    "root-pwd",
    "DB_PASS",
    ".dockerconfigjson",
    "kubeconfig",
    "connectionString",
    "accessKeyId",
    "privateKey",
    "basicAuth",
    "SENTRY_DSN",
    "checksum/config",
    "kubectl.kubernetes.io/last-applied-configuration",
  ])("%s", (name) => expect(namesSecret(name)).toBe(true));

  it.each([
    "replicas",
    "passive",
    "keepAlive",
    "image",
    "author",
    "keyspace",
    "LOG_LEVEL",
    "tls.crt",
    "compass",
    "webhooks",
    "auth",
    "authority",
  ])("not %s", (name) => expect(namesSecret(name)).toBe(false));
});
