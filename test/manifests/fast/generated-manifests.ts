/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export class Random {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  is(probability: number): boolean {
    return this.next() < probability;
  }
}

const APIS = [
  ["apps/v1", "Deployment"],
  ["extensions/v1beta1", "Ingress"],
  ["networking.k8s.io/v1", "Ingress"],
  ["v1", "Service"],
  ["v1", "ConfigMap"],
  ["v1", "Pod"],
  ["v1", "PersistentVolumeClaim"],
  ["rbac.authorization.k8s.io/v1", "ClusterRole"],
  ["storage.k8s.io/v1", "StorageClass"],
  ["apiextensions.k8s.io/v1beta1", "CustomResourceDefinition"],
  ["example.com/v1", "Widget"],
  ["v1", "List"],
  ["v1", "PodList"],
  ["policy/v1beta1", "PodDisruptionBudget"],
] as const;

const KEYS = [
  ..."spec template metadata name namespace labels annotations containers volumes data kind apiVersion items rules".split(
    " ",
  ),
  ..."apiGroups resources hostPath path paths backend clusterIP serviceAccount key tolerations tcpSocket lifecycle".split(
    " ",
  ),
  ..."affinity nodeSelector topologyKey secretName storageClassName provisioner group names versions served".split(" "),
  ..."a b-c d_e f.g k8s.io/x beta.kubernetes.io/os seccomp.security.alpha.kubernetes.io/pod".split(" "),
  ...["__proto__", "kubernetes.io/ingress.class", '"quoted"', "'single'", '"with space"', "x:y", '"1"', ".", "a "],
];

/** What a reader may stumble over, or should refuse. */
const ODD_KEYS = [
  "y",
  "on",
  "null",
  "1",
  "1.5",
  ".5",
  "~",
  "<<",
  "?",
  "-",
  "true",
  "é",
  '"a\\n"',
  "a b",
  '"a"b',
  "a:",
  ".inf",
  "*a",
  "&a b",
];

const SCALARS = [
  ..."web 1 0755 0x1f 1.5 1e3 -1 +1 .5 .inf .nan ~ null Null yes no on off true FALSE y n 12:30 2020-01-01".split(" "),
  ..."nginx:1.2 http://x/y a#b :8080 -x --flag ?x a,b (x) $x {} [] 1_000 010 0o7".split(" "),
  ...[
    "two words",
    "it's",
    'say "x"',
    "é ü",
    "😀",
    "extensions",
    "podsecuritypolicies",
    "node-role.kubernetes.io/master",
  ],
  ...[
    "al2@x",
    "/var/run/docker.sock",
    "192.168.000.1",
    "kubernetes.io/aws-ebs",
    "a[b",
    "a{b}",
    "x=y",
    "<a>",
    "a\\b",
    "a\u00a0b",
  ],
  ...[
    '"double"',
    '"esc\\n\\t\\""',
    '"\\u00e9"',
    '"a" # b',
    "'single'",
    "'it''s'",
    "''",
    '""',
    "'{{ x }}'",
    '"{{ x }}"',
  ],
  ...[
    "[a, b]",
    "[a b, 'c', \"d\"]",
    "{a: b}",
    '{"a":1,"b":[1,2]}',
    "[1, -1, 1.5]",
    "[a,b]",
    "{a: {b: c}}",
    "[[a], [b]]",
  ],
  ...[
    "{a: b} # c",
    "[http://x/y, a:b]",
    "{'a': b}",
    '{ "a b": c }',
    "[a#b]",
    "[\n      a,\n      b\n      ]",
    "[]",
    "{}",
  ],
];

const ODD_SCALARS = [
  ..."*a &b !!str !x %a @a `a {{x}} << | > 'open \"open [a {a} {a: [a: [a,] {a:b} [*a] - ? : # ,a ]a }a".split(" "),
  ...[
    "a: b",
    "a #b",
    "a : b",
    "x:",
    "-8.1095622e+298",
    "- a",
    "a\tb",
    "\ta",
    "a\t",
    "? a",
    "a\rb",
    "a\u2028b",
    "\uFEFFa",
  ],
  ...[
    '"\\u0061"',
    '"\\x41"',
    '"a\\/b"',
    '"\\q"',
    '"a" b',
    '"a"#b',
    "'a' b",
    "${TfToken[TOKEN.1]}",
    '"a": b',
    "&a b",
    "*b",
  ],
  ...[
    "{a: b, a: c}",
    "[a, ]",
    "{a: }",
    "[a: b]",
    "[ - a ]",
    "[a #b]",
    "{a: b}#",
    "[a, # c\n b]",
    "{a: b,\n c: d}",
    "[a]b",
    '{"a":"b","a":1}',
  ],
  ...[
    "[\na]",
    "[a b\n c]",
    '["a\n b"]',
    "{y: 1}",
    "{1: a}",
    "{? a}",
    "[a, b:c ]",
    "{a:b: c}",
    "{a : b}",
    "[a:]",
    "[:a]",
    "[-a, --b, -1e9]",
  ],
];

const HEADERS = ["|", ">", "|-", ">-", "|+", ">+", "|2", "|2-", "|-2", "| # c"];
const ODD_HEADERS = [">2", "|+-", "|#c", "|1", "|x", "|0", "|10", ">-2"];
const LINES = [
  "text",
  "a: b",
  "# no comment",
  "- a",
  "---x",
  "  more",
  "'",
  '"',
  "{{ x }}",
  "\ttab",
  "é",
  "kind: Policy",
  "mode: ipvs",
];

/** One value in so many is odd. */
const ODD = 0.01;

/** Writes manifests as people and programs do, and as neither should. */
export class ManifestWriter {
  private text = "";

  constructor(private readonly random: Random) {}

  /** A stream of some documents. */
  stream(): string {
    this.text = "";
    const count = 1 + this.random.below(3);
    for (let index = 0; index < count; index++) this.document(index);
    let text = this.text;
    for (let change = this.random.below(5); change > 2; change--) text = this.changed(text);
    if (this.random.is(0.1)) text = text.replaceAll("\n", "\r\n");
    return this.random.is(0.1) ? text.trimEnd() : text;
  }

  private document(index: number): void {
    const { random } = this;
    if (random.is(0.1)) this.text += random.of(["# a comment\n", "\n", "  # indented\n"]);
    if (random.is(0.02)) this.text += random.of(["%YAML 1.1\n", "\t\n", "...\n", "\t# c\n", "# a\u2028b\n"]);
    if (index > 0 || random.is(0.5)) this.text += random.of(["---\n", "---\n", "---\n", "--- # c\n", "---  \n"]);
    if (random.is(0.02)) this.text += random.of(["--- {}\n", "---\t\n", "---\n---\n", "--- |\n  a\n", "--- a\n"]);
    if (random.is(0.15)) this.json();
    else this.manifest(0);
    if (random.is(0.05)) this.text += random.of(["...\n", "... # c\n", "... x\n"]);
  }

  private json(): void {
    const { random } = this;
    const [apiVersion, kind] = random.of(APIS);
    const object = {
      apiVersion,
      kind,
      metadata: { name: "web" },
      spec: { a: [1, "x", null, true], "b/c": { d: "é\n" } },
    };
    const value = random.is(0.3) ? { kind: "List", apiVersion: "v1", items: [object, object] } : object;
    this.text += `${JSON.stringify(value, null, random.of([0, 1, 2, 4]))}\n`;
  }

  private manifest(indent: number, first = ""): void {
    const { random } = this;
    const [apiVersion, kind] = random.of(APIS);
    const pad = " ".repeat(indent);
    const quoted = (text: string) => random.of([text, text, text, `"${text}"`, `'${text}'`]);
    const lines = [`apiVersion: ${quoted(apiVersion)}`, `kind: ${quoted(kind)}`];
    if (random.is(0.3)) lines.reverse();
    if (random.is(0.01)) lines.pop();
    this.text += first;
    for (const [index, line] of lines.entries()) this.text += `${index === 0 && first ? "" : pad}${line}\n`;
    if (random.is(0.97)) this.metadata(pad);
    if (/List/.test(kind)) this.items(indent);
    else this.mapping(indent, 1);
  }

  private metadata(pad: string): void {
    const { random } = this;
    const name = random.of([
      "web",
      "web-1",
      '"web"',
      "'web'",
      "yes",
      "1",
      "a-long-name-of-1",
      "{{ x }}",
      "é",
      "",
      "|\n    x",
    ]);
    this.text += `${pad}metadata:\n${pad}  name: ${random.is(0.9) ? "web-app" : name}\n`;
    if (random.is(0.4))
      this.text += `${pad}  namespace: ${random.of(["shop", '"shop"', "on", '""', "~", "kube-system"])}\n`;
    if (random.is(0.4)) {
      const key = random.of(["a/b", "seccomp.security.alpha.kubernetes.io/pod", "kubernetes.io/ingress.class", '"x"']);
      this.text += `${pad}  annotations:\n${pad}    ${key}: ${random.of(["x", '"{\\"a\\":1}"', "|\n        block"])}\n`;
    }
  }

  private items(indent: number): void {
    const pad = " ".repeat(indent + this.random.of([0, 2]));
    this.text += `${" ".repeat(indent)}items:\n`;
    for (let item = this.random.below(3); item > 0; item--) this.manifest(pad.length + 2, `${pad}- `);
  }

  private mapping(indent: number, depth: number): void {
    const pad = " ".repeat(indent);
    const used = new Set<string>();
    for (let entry = this.random.below(5); entry > 0; entry--) {
      const key = this.key();
      if (used.has(key) && this.random.is(0.99)) continue;
      used.add(key);
      this.text += `${pad}${key}:`;
      this.value(indent, depth);
    }
  }

  private value(indent: number, depth: number): void {
    const { random } = this;
    const deeper = indent + random.of([1, 2, 2, 2, 2, 4]);
    const choice = depth < 5 ? random.next() : 1;
    if (choice < 0.35) {
      this.text += random.of(["\n", "\n", "\n", " # c\n", "\n\n", "\n# c\n", " \n"]);
      this.mapping(deeper, depth + 1);
    } else if (choice < 0.55) {
      this.text += "\n";
      this.sequence(random.of([indent, deeper]), depth + 1);
    } else this.scalar(indent);
  }

  private sequence(indent: number, depth: number): void {
    const pad = " ".repeat(indent);
    for (let item = this.random.below(4); item > 0; item--) {
      this.text += `${pad}-`;
      if (this.random.is(0.3)) this.scalar(indent);
      else this.item(indent, depth);
    }
  }

  private item(indent: number, depth: number): void {
    const { random } = this;
    const space = random.of([" ", " ", " ", "   "]);
    if (random.is(0.1) && depth < 5) {
      this.text += `${space}- ${this.plainOrOdd()}\n`;
      return;
    }
    this.text += `${space}${this.key()}:`;
    this.value(indent + 1 + space.length, depth + 1);
    if (random.is(0.5)) this.mapping(indent + 1 + space.length, depth + 1);
  }

  private scalar(indent: number): void {
    const { random } = this;
    if (random.is(0.15)) this.block(indent);
    else if (random.is(0.1)) this.multiline(indent);
    else if (random.is(0.05)) this.text += `\n${" ".repeat(indent + 2)}${this.plainOrOdd()}\n`;
    else
      this.text += `${random.of([" ", " ", " ", "  "])}${this.plainOrOdd()}${random.of(["", "", "", " ", " # c", " #"])}\n`;
  }

  private key(): string {
    return this.random.of(this.random.is(ODD) ? ODD_KEYS : KEYS);
  }

  private plainOrOdd(): string {
    return this.random.of(this.random.is(ODD) ? ODD_SCALARS : SCALARS);
  }

  private block(indent: number): void {
    const { random } = this;
    this.text += ` ${random.of(random.is(0.9) ? HEADERS : ODD_HEADERS)}\n`;
    const pad = " ".repeat(indent + (random.is(0.9) ? random.of([2, 2, 2, 4]) : random.of([0, 1])));
    for (let line = random.below(4); line > 0; line--) {
      this.text += random.is(0.2) ? random.of(["\n", `${pad}\n`, `${pad}   \n`, " \n"]) : `${pad}${random.of(LINES)}\n`;
    }
  }

  private multiline(indent: number): void {
    const { random } = this;
    const pad = " ".repeat(indent + (random.is(0.9) ? 2 : random.of([0, 1])));
    const quote = random.of(["", "", '"', "'"]);
    this.text += ` ${quote}first${random.is(0.05) ? random.of([":", " #x", "\\"]) : ""}\n`;
    if (random.is(0.2)) this.text += random.of(["\n", "\n", "  \n", "\t\n", "# c\n"]);
    const odd = [
      "- second",
      "second: x",
      "# second",
      "'x",
      "[x",
      "? x",
      "&x y",
      "second:",
      "\tsecond",
      "---",
      "second # c",
      "| x",
    ];
    this.text += `${pad}${random.is(0.1) ? random.of(odd) : "second line"}${quote}\n`;
  }

  /** The text with a small mistake, or what may be one. */
  private changed(text: string): string {
    const { random } = this;
    const at = random.below(text.length + 1);
    const piece = [
      ..."\t\n\r:#-\"'[]{}|>&*!%@`~,? .0a\u00a0\u2028\uFEFFé",
      ": ",
      " #",
      "- ",
      "---\n",
      "...\n",
      "\n\n",
      "  ",
      "\\",
      "\r\n",
    ];
    if (random.is(0.5)) return text.slice(0, at) + random.of(piece) + text.slice(at);
    if (random.is(0.5)) return text.slice(0, at) + text.slice(at + 1 + random.below(3));
    const lines = text.split("\n");
    const line = random.below(lines.length);
    const other = String(lines[random.below(lines.length)]);
    if (random.is(0.5)) lines.splice(line, 0, random.is(0.5) ? other : ` ${other}`);
    else lines[line] = random.is(0.5) ? ` ${lines[line]}` : String(lines[line]).replace(/^ /, "");
    return lines.join("\n");
  }
}
