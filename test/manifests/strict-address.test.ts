import { isAmbiguousCidr, isAmbiguousIp } from "../../lib/manifests/strict-address";

test.each([
  ["10.0.0.5", false],
  ["0.0.0.0", false],
  ["010.0.0.5", true],
  ["10.0.0.005", true],
  ["2001:db8::1", false],
  ["2001:0db8:0000:0000:0000:0000:0000:0001", false],
  ["::", false],
  ["::ffff:10.0.0.1", true],
  ["::FFFF:0a00:0001", true],
  ["0:0:0:0:0:ffff:a00:1", true],
  ["64:ff9b::10.0.0.1", false],
  ["64:ff9b::10.0.0.01", true],
  ["10.0.0.256", false],
  ["10.0.0", false],
  ["None", false],
  ["", false],
  ["fe80::1%eth0", false],
])("the IP address %j is ambiguous: %j", (text, expected) => {
  expect(isAmbiguousIp(text)).toBe(expected);
});

test.each([
  ["10.0.0.0/8", false],
  ["0.0.0.0/0", false],
  ["10.0.0.5/32", false],
  ["10.0.0.5/24", true],
  ["192.168.0.128/25", false],
  ["192.168.0.128/24", true],
  ["010.0.0.0/8", true],
  ["10.0.0.0/08", true],
  ["10.0.0.0/33", false],
  ["2001:db8::/32", false],
  ["2001:db8::1/128", false],
  ["2001:db8::1/64", true],
  ["2001:db8:0:0:8000::/65", false],
  ["2001:db8:0:0:8000::/64", true],
  ["::/0", false],
  ["::1/0", true],
  ["::ffff:10.0.0.0/104", true],
  ["2001:db8::/129", false],
  ["10.0.0.5", false],
  ["text/24", false],
])("the network %j is ambiguous: %j", (text, expected) => {
  expect(isAmbiguousCidr(text)).toBe(expected);
});
