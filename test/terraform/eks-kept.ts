export interface Body {
  readonly [key: string]: unknown;
}

/** A request to EKS, by whom and where. */
export interface EksRequest {
  readonly method: string;
  /** The path's parts, decoded: `["clusters", "stage-shop", "addons"]`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly account: string;
  readonly region: string;
}

export interface EksAnswer {
  readonly status: number;
  /** With the name of the error as `__type` where it is one. */
  readonly body: Body;
}

type Place = Pick<EksRequest, "account" | "region">;

/** What the double of EKS keeps, by account, region and path. */
export class EksKept {
  private readonly kept = new Map<string, Body>();

  of(place: Place, path: readonly string[]): Body | undefined {
    return this.kept.get(key(place, path));
  }

  put(place: Place, path: readonly string[], body: Body): void {
    this.kept.set(key(place, path), body);
  }

  below(place: Place, path: readonly string[]): readonly Body[] {
    return [...this.kept].filter(([one]) => one.startsWith(beginning(place, path))).map(([, body]) => body);
  }

  /** With all that hangs on it. */
  forget(place: Place, path: readonly string[]): void {
    const [own, start] = [key(place, path), beginning(place, path)];
    for (const one of this.kept.keys()) if (one === own || one.startsWith(start)) this.kept.delete(one);
  }
}

const key = ({ account, region }: Place, path: readonly string[]) => JSON.stringify([account, region, ...path]);
const beginning = (place: Place, path: readonly string[]) => `${key(place, path).slice(0, -1)},`;

/** What the API says that it was asked at; all that the double does is done at once. */
export const NOW = Date.now() / 1000;

export const ok = (body: Body): EksAnswer => ({ status: 200, body });
export const refused = (status: number, __type: string, message: string): EksAnswer => ({
  status,
  body: { __type, message },
});
export const missing = () => refused(404, "ResourceNotFoundException", "No such resource");

/** Without what there is not. */
export function defined(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

/** Without what the API takes and does not give back. */
export function givenBack({ clientRequestToken, resolveConflicts, bootstrapSelfManagedAddons, ...body }: Body): Body {
  return body;
}
