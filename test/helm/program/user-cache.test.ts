import * as os from "node:os";
import * as path from "node:path";
import { userCache } from "../../../lib/helm/program/user-cache";

describe("userCache", () => {
  const here = process.platform;
  const platform = (value: string) => Object.defineProperty(process, "platform", { value });
  afterEach(() => platform(here));

  it.each([
    ["linux", { TANDEM_CACHE: "/cache", XDG_CACHE_HOME: "/xdg", HOME: "/home/me" }, "/cache"],
    ["linux", { TANDEM_CACHE: "cache" }, path.resolve("cache")],
    ["linux", { TANDEM_CACHE: "", XDG_CACHE_HOME: "/xdg", HOME: "/home/me" }, "/xdg/eks-tandem"],
    ["linux", { HOME: "/home/me" }, "/home/me/.cache/eks-tandem"],
    ["linux", { XDG_CACHE_HOME: "", HOME: "/home/me" }, "/home/me/.cache/eks-tandem"],
    ["linux", {}, path.join(os.homedir(), ".cache/eks-tandem")],
    ["darwin", { HOME: "/Users/me" }, "/Users/me/Library/Caches/eks-tandem"],
    ["darwin", { XDG_CACHE_HOME: "/xdg", HOME: "/Users/me" }, "/xdg/eks-tandem"],
  ])("on %s with %j is %s", (system, env, expected) => {
    platform(system);
    expect(userCache(env)).toBe(expected);
  });

  it("passes over a relative XDG_CACHE_HOME, as the XDG specification asks", () => {
    platform("linux");
    expect(userCache({ XDG_CACHE_HOME: "xdg", HOME: "/home/me" })).toBe("/home/me/.cache/eks-tandem");
  });
});
