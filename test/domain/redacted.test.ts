import { redacted } from "../../lib/domain/redacted";

it.each([
  ["Get https://user:pass@charts.example.com/index.yaml", "Get https://(redacted)@charts.example.com/index.yaml"],
  ["Get https://token@charts.example.com/x", "Get https://(redacted)@charts.example.com/x"],
  [
    'Get "https://s3.example.com/web.tgz?X-Amz-Signature=1f2e": EOF',
    'Get "https://s3.example.com/web.tgz?(redacted)": EOF',
  ],
  ["sent Authorization: Bearer eyJhbGciOi.J9x", "sent Authorization: Bearer (redacted)"],
  ["sent Basic dXNlcjpwYXNz", "sent Basic (redacted)"],
  ["basic credential not found", "basic credential not found"],
  ["password=hunter2 for ann", "password=(redacted) for ann"],
  ['{"access_token":"abc","n":1}', '{"access_token":"(redacted)","n":1}'],
  ["oci://registry.example.com/charts/web:1.2.0: not found", "oci://registry.example.com/charts/web:1.2.0: not found"],
])("of %j shows %j", (text, shown) => {
  expect(redacted(text)).toBe(shown);
});
