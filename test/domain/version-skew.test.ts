import {
  kubectlSkew,
  kubeletSkew,
  kubeProxySkew,
  kubeProxyToKubeletSkew,
  skewHorizon,
  skewPolicy,
} from "../../lib/domain/version-skew";

test.each([
  ["1.36", "1.36", true, 0, "1.33"],
  ["1.36", "1.33", true, 3, "1.33"],
  ["1.36", "1.32", false, 4, "1.33"],
  ["1.36", "1.37", false, -1, "1.33"],
  ["1.26", "1.24", true, 2, "1.24"],
  ["1.27", "1.25", true, 2, "1.25"],
  ["1.27", "1.24", false, 3, "1.25"],
  ["1.28", "1.25", true, 3, "1.25"],
  ["1.29", "1.26", true, 3, "1.26"],
  ["1.29", "1.25", false, 4, "1.26"],
  ["1.24", "1.21", false, 3, "1.22"],
  ["1.99", "1.96", true, 3, "1.96"],
  ["1.1", "1.0", true, 1, "1.0"],
  ["2.0", "1.36", false, Number.POSITIVE_INFINITY, "2.0"],
])(
  "a control plane of %s beside a kubelet or kube-proxy of %s: supported %s",
  (controlPlane, node, supported, minorsBehind, oldest) => {
    const skew = { supported, minorsBehind, oldest, newest: controlPlane };
    expect(kubeletSkew(controlPlane, node)).toEqual(skew);
    expect(kubeProxySkew(controlPlane, node)).toEqual(skew);
  },
);

test.each([
  ["1.30", "1.27", true, -3, "1.25", "1.30"],
  ["1.31", "1.27", false, -4, "1.25", "1.30"],
  ["1.24", "1.27", false, 3, "1.25", "1.30"],
  ["1.33", "1.36", true, 3, "1.33", "1.39"],
  ["1.32", "1.36", false, 4, "1.33", "1.39"],
  ["1.25", "1.22", true, -3, "1.20", "1.25"],
  ["1.24", "1.21", false, -3, "1.19", "1.23"],
])(
  "kube-proxy %s beside a kubelet of %s: supported %s",
  (kubeProxy, kubelet, supported, minorsBehind, oldest, newest) => {
    expect(kubeProxyToKubeletSkew(kubeProxy, kubelet)).toEqual({ supported, minorsBehind, oldest, newest });
  },
);

test.each([
  ["1.36", "1.37", true, -1],
  ["1.36", "1.36", true, 0],
  ["1.36", "1.35", true, 1],
  ["1.36", "1.34", false, 2],
  ["1.36", "1.38", false, -2],
])("a control plane of %s and a kubectl of %s: supported %s", (controlPlane, kubectl, supported, minorsBehind) => {
  expect(kubectlSkew(controlPlane, kubectl)).toEqual({ supported, minorsBehind, oldest: "1.35", newest: "1.37" });
});

test.each([kubeletSkew, kubeProxySkew, kubeProxyToKubeletSkew, kubectlSkew])(
  "%p refuses what is not a minor version, on either side",
  (skew) => {
    const message =
      'expected a Kubernetes minor version such as "1.33", got "1.36.2": EKS manages patch releases; write "1.36"';
    expect(() => skew("1.36.2", "1.36")).toThrow(message);
    expect(() => skew("1.36", "1.36.2")).toThrow(message);
  },
);

test("the policy gives its limits as numbers", () => {
  const older = { minors: 3, below: "1.25", minorsBelow: 2 };
  expect(skewPolicy()).toMatchObject({
    ...{
      kubelet: older,
      kubeProxy: older,
      kubeProxyToKubelet: older,
      kubectl: { minors: 1 },
      controllers: { minors: 1 },
    },
    ...{ apiServers: { minors: 1 }, controlPlaneUpdate: { minors: 1 }, stagingAhead: { minors: 1 } },
  });
});

test("the horizon says how far the policy was checked", () => {
  expect(skewHorizon()).toEqual({
    table: "skew",
    retrieved: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    covers: { from: "1.21", to: "1.37" },
  });
});
