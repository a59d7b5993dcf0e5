import { randomUUID } from "node:crypto";
import {
  type Body,
  defined,
  type EksAnswer,
  type EksKept,
  type EksRequest,
  givenBack,
  missing,
  NOW,
  ok,
  refused,
} from "./eks-kept";

interface Kind {
  /** Member of the answer that holds one. */
  readonly one: string;
  /** Member of the answer that holds all; absent where the provider lists none. */
  readonly all?: string;
  /** What its path ends in. */
  readonly id: string;
  /** What the API adds to what was asked for. */
  readonly made: (asked: Body, request: EksRequest) => Body;
}

const ASSOCIATION: Kind = {
  one: "association",
  all: "associations",
  id: "associationId",
  made: (_, request) => {
    const associationId = `a-${randomUUID().replaceAll("-", "").slice(0, 17)}`;
    const associationArn = arn(request, "podidentityassociation", associationId);
    return { associationId, associationArn, tags: {} };
  },
};

/** By the part of the path after the cluster's name. */
const KINDS: Readonly<Record<string, Kind>> = {
  addons: {
    one: "addon",
    id: "addonName",
    made: ({ addonName }, request) => ({
      ...{ status: "ACTIVE", health: { issues: [] }, publisher: "eks", owner: "aws", tags: {} },
      addonArn: arn(request, "addon", `${addonName}/${randomUUID()}`),
    }),
  },
  "access-entries": {
    one: "accessEntry",
    id: "principalArn",
    made: ({ principalArn, type = "STANDARD" }, request) => ({
      ...{ type, kubernetesGroups: type === "STANDARD" ? [] : ["system:nodes"], tags: {} },
      username: type === "STANDARD" ? principalArn : "system:node:{{EC2PrivateDNSName}}",
      accessEntryArn: arn(request, "access-entry", randomUUID()),
    }),
  },
  "pod-identity-associations": ASSOCIATION,
};

const arn = ({ account, region, path }: EksRequest, what: string, id: string) =>
  `arn:aws:eks:${region}:${account}:${what}/${path[1]}/${id}`;

/** What hangs on a cluster, and moto does not know: add-ons, access entries with their policies, pod identity associations. */
export class EksAttachments {
  constructor(private readonly kept: EksKept) {}

  /** @returns nothing where it is something else that is asked for */
  answer(request: EksRequest): EksAnswer | undefined {
    const [, , kind = "", id, verb] = request.path;
    if (verb === "access-policies") return this.policies(request);
    const known = KINDS[kind];
    if (!known) return undefined;
    if (id) return this.one(request, known);
    return request.method === "GET" ? this.all(request, known) : this.create(request, known);
  }

  private create(request: EksRequest, kind: Kind): EksAnswer {
    const asked = this.withAssociations(request, givenBack(request.body));
    const made = { clusterName: request.path[1], ...kind.made(asked, request), createdAt: NOW, modifiedAt: NOW };
    const one = defined({ ...made, ...asked });
    const path = [...request.path, String(one[kind.id])];
    if (this.kept.of(request, path)) return refused(409, "ResourceInUseException", `${kind.one} exists already`);
    this.kept.put(request, path, one);
    return ok({ [kind.one]: one });
  }

  private all(request: EksRequest, { all }: Kind): EksAnswer {
    const wanted = (one: Body) => [...request.query].every(([name, value]) => one[name] === value);
    return all ? ok({ [all]: this.kept.below(request, request.path).filter(wanted) }) : missing();
  }

  private one(request: EksRequest, kind: Kind): EksAnswer {
    const path = request.path.slice(0, 4);
    const one = this.kept.of(request, path);
    if (!one) return missing();
    if (request.method === "DELETE") {
      this.kept.forget(request, path);
      this.forgetAssociations(request, one);
    }
    if (request.method !== "POST") return ok({ [kind.one]: one });
    if (request.body.podIdentityAssociations) this.forgetAssociations(request, one);
    const changed = { ...one, ...this.withAssociations(request, givenBack(request.body)), modifiedAt: NOW };
    this.kept.put(request, path, changed);
    return ok({
      [kind.one]: changed,
      ...(kind.one === "addon" && { update: update(this.kept, request, "AddonUpdate") }),
    });
  }

  /** AssociateAccessPolicy, ListAssociatedAccessPolicies and DisassociateAccessPolicy. */
  private policies(request: EksRequest): EksAnswer {
    const list = request.path.slice(0, 5);
    const [, clusterName, , principalArn, , policy] = request.path;
    if (!this.kept.of(request, list.slice(0, 4))) return missing();
    if (request.method === "DELETE") {
      this.kept.forget(request, [...list, String(policy)]);
      return ok({});
    }
    const associated = this.kept.below(request, list);
    if (request.method === "GET") return ok({ clusterName, principalArn, associatedAccessPolicies: associated });
    const associatedAccessPolicy = { ...request.body, associatedAt: NOW, modifiedAt: NOW };
    this.kept.put(request, [...list, String(request.body.policyArn)], associatedAccessPolicy);
    return ok({ clusterName, principalArn, associatedAccessPolicy });
  }

  /** An add-on's associations go with it, or when it is given others. */
  private forgetAssociations(request: EksRequest, { podIdentityAssociations = [] }: Body): void {
    for (const arn of podIdentityAssociations as readonly string[]) {
      const id = arn.slice(arn.lastIndexOf("/") + 1);
      this.kept.forget(request, [...request.path.slice(0, 2), "pod-identity-associations", id]);
    }
  }

  /** An add-on's associations are made with it; it says their ARNs. */
  private withAssociations(request: EksRequest, asked: Body): Body {
    const wanted = asked.podIdentityAssociations;
    if (!Array.isArray(wanted)) return asked;
    const path = [...request.path.slice(0, 2), "pod-identity-associations"];
    const made = wanted.map((association: Body) => {
      const { body } = this.create(
        { ...request, path, body: { namespace: "kube-system", ...association } },
        ASSOCIATION,
      );
      return (body.association as Body).associationArn;
    });
    return { ...asked, podIdentityAssociations: made };
  }
}

/** An update of a cluster, or of what hangs on it, that is over: DescribeUpdate finds it. */
export function update(kept: EksKept, request: EksRequest, type: string): Body {
  const made = { id: randomUUID(), status: "Successful", type, params: [], createdAt: NOW, errors: [] };
  kept.put(request, [...request.path.slice(0, 2), "updates", made.id], made);
  return made;
}
