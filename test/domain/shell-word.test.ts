import { shellWord } from "../../lib/domain/shell-word";

test.each([
  ["web", "web"],
  ["https://charts.example/stable", "https://charts.example/stable"],
  ["1.2.3+build.1", "1.2.3+build.1"],
  ["", "''"],
  ["a b", "'a b'"],
  ["x; rm -rf /", "'x; rm -rf /'"],
  ["it's", "'it'\\''s'"],
  ["$(id)", "'$(id)'"],
])("%j is written %s", (text, word) => {
  expect(shellWord(text)).toBe(word);
});
