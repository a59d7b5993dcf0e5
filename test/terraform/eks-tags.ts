import { type Body, type EksAnswer, type EksKept, type EksRequest, missing, ok } from "./eks-kept";

/** Members of answers that hold what has tags, with the name of its ARN. */
const ARNS: Readonly<Record<string, string>> = {
  cluster: "arn",
  nodegroup: "nodegroupArn",
  fargateProfile: "fargateProfileArn",
  addon: "addonArn",
  accessEntry: "accessEntryArn",
  association: "associationArn",
};

/** Longest path that something is made at: `clusters/shop/addons`. */
const COLLECTION = 3;

/** Tags, by the ARN of what has them: moto changes those of clusters alone. */
export class EksTags {
  constructor(private readonly kept: EksKept) {}

  /** TagResource, UntagResource and ListTagsForResource. @returns nothing where it is something else that is asked for */
  answer(request: EksRequest): EksAnswer | undefined {
    const [root, ...arn] = request.path;
    if (root !== "tags") return undefined;
    const path = ["tags", arn.join("/")];
    const tags = this.kept.of(request, path);
    if (!tags) return missing();
    if (request.method === "GET") return ok({ tags });
    this.kept.put(request, path, changed(tags, request));
    return ok({});
  }

  /** Whatever is made, described or deleted, with the tags that it has. */
  show(request: EksRequest, answer: EksAnswer): EksAnswer {
    const [member, arn] = Object.entries(ARNS).find(([member]) => member in answer.body) ?? [];
    if (!member || !arn) return answer;
    const one = answer.body[member] as Body;
    const path = ["tags", String(one[arn])];
    const isMade = request.method === "POST" && request.path.length <= COLLECTION;
    if (isMade) this.kept.put(request, path, (request.body.tags ?? {}) as Body);
    const tags = this.kept.of(request, path) ?? one.tags;
    if (request.method === "DELETE") this.kept.forget(request, path);
    return { ...answer, body: { ...answer.body, [member]: { ...one, tags } } };
  }
}

function changed(tags: Body, { method, query, body }: EksRequest): Body {
  if (method === "POST") return { ...tags, ...(body.tags as Body) };
  const gone = query.getAll("tagKeys");
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.includes(key)));
}
