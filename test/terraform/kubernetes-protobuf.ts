/** Fields of a protobuf message by number, those of the length-delimited kind, which is all that is looked at here. */
type Fields = ReadonlyMap<number, readonly Buffer[]>;

const MAGIC = Buffer.from("k8s\0");
const [VARINT, FIXED64, DELIMITED, FIXED32] = [0, 1, 2, 5];

/** True for a body in Kubernetes' protobuf form, in which its Go client sends secrets and namespaces. */
export function isProtobuf(body: Buffer): boolean {
  return body.subarray(0, MAGIC.length).equals(MAGIC);
}

/** A Secret or a Namespace as JSON has it: its name, labels and data. https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding */
export function fromProtobuf(body: Buffer): object {
  const unknown = fieldsOf(body.subarray(MAGIC.length));
  const type = fieldsOf(first(unknown, 1));
  const object = fieldsOf(first(unknown, 2));
  const metadata = fieldsOf(first(object, 1));
  const data = mapOf(object, 2, "base64");
  return {
    apiVersion: text(type, 1),
    kind: text(type, 2),
    metadata: { name: text(metadata, 1), namespace: text(metadata, 3), labels: mapOf(metadata, 11, "utf8") },
    ...(Object.keys(data).length > 0 && { data, type: text(object, 3) }),
  };
}

function fieldsOf(message: Buffer): Fields {
  const fields = new Map<number, Buffer[]>();
  let at = 0;
  while (at < message.length) {
    const [tag, start] = varint(message, at);
    const [length, from] = sizeOf(tag & 7, message, start);
    fields.set(tag >> 3, [...(fields.get(tag >> 3) ?? []), message.subarray(from, from + length)]);
    at = from + length;
  }
  return fields;
}

/** Length of a field's value, and where it begins. */
function sizeOf(wire: number, message: Buffer, at: number): readonly [number, number] {
  if (wire === DELIMITED) return varint(message, at);
  if (wire === VARINT) return [varint(message, at)[1] - at, at];
  if (wire === FIXED64) return [8, at];
  if (wire === FIXED32) return [4, at];
  throw new Error(`a protobuf field of the wire type ${wire}`);
}

function varint(message: Buffer, at: number): readonly [number, number] {
  let [value, next] = [0, at];
  for (let shift = 1; ; shift *= 128) {
    const byte = message.readUInt8(next);
    next += 1;
    value += (byte & 127) * shift;
    if (byte < 128) return [value, next];
  }
}

const first = (fields: Fields, number: number) => fields.get(number)?.[0] ?? Buffer.alloc(0);
const text = (fields: Fields, number: number) => first(fields, number).toString("utf8");

function mapOf(fields: Fields, number: number, encoding: "utf8" | "base64"): Readonly<Record<string, string>> {
  const entries = (fields.get(number) ?? []).map(fieldsOf);
  return Object.fromEntries(entries.map((entry) => [text(entry, 1), first(entry, 2).toString(encoding)]));
}
