import { withoutSecrets } from "../../../lib/helm/render/without-secrets";

const KEY = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQ\n-----END PRIVATE KEY-----\n";

describe("text without the secrets among values", () => {
  it.each<[string, object, string, string]>([
    ["a text under a name that says so", { db: { password: "hunter2" } }, "no hunter2 here", "no (redacted) here"],
    ["what stands deeper below such a name", { secrets: { a: [{ b: "hunter2" }] } }, "hunter2!", "(redacted)!"],
    ["a text that looks like one", { url: "amqp://shop:h2@mq" }, "at amqp://shop:h2@mq", "at (redacted)"],
    ["a text in quotes", { token: 'a"b\\c' }, 'value "a\\"b\\\\c"', 'value "(redacted)"'],
    ["a text in base64", { token: "hunter2" }, "data: aHVudGVyMg==", "data: (redacted)"],
    [
      "the longer of two that begin alike",
      { token: "hunter2", apiKey: "hunter2-live" },
      "x hunter2-live",
      "x (redacted)",
    ],
    ["a line of several", { tls: { key: KEY } }, "bad: MIIEvQIBADANBg", "bad: (redacted)"],
    ["a number", { pinKey: 1234 }, "got 1234", "got (redacted)"],
    ["a number as Go prints it", { pinKey: 12345678 }, "got 1.2345678e+07", "got (redacted)"],
    [
      "a short one where it stands alone",
      { keys: 3 },
      "3 of v1.33, line 3: 13",
      "(redacted) of v1.33, line (redacted): 13",
    ],
    ["what names itself a secret", {}, "password=hunter2 of a default", "password=(redacted) of a default"],
  ])("takes out %s", (_what, values, text, expected) => {
    expect(withoutSecrets(text, values as Record<string, unknown>)).toBe(expected);
  });

  it.each<[string, object, string]>([
    ["other values", { image: "web", replicas: 2 }, "image web, 2 replicas"],
    ["switches and what is empty", { auth: { token: "", secret: null, useKey: true } }, "null is not true"],
    ["short lines of a long text", { key: "{\n}\n" }, "{ } stay"],
  ])("leaves %s", (_what, values, text) => {
    expect(withoutSecrets(text, values as Record<string, unknown>)).toBe(text);
  });
});
