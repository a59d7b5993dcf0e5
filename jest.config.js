const swc = [
  "@swc/jest",
  { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
];
/** Packages of ES modules alone, which jest reads no other way. */
const ES_MODULES = ["@kubernetes/client-node", "openid-client", "oauth4webapi", "jose"].join("|");

/** @type {import("jest").Config} */
module.exports = {
  globalSetup: "<rootDir>/test/helm/take-helms.ts",
  globalTeardown: "<rootDir>/test/helm/forget-cache.ts",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: { "^.+\\.ts$": swc, [`/node_modules/(${ES_MODULES})/.+\\.js$`]: swc },
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES})/)`],
  moduleNameMapper: {
    "^eks-tandem$": "<rootDir>/lib/index.ts",
    "^eks-tandem/testing$": "<rootDir>/lib/testing/index.ts",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/cdktf.out/"],
  clearMocks: true,
  // The tests wait for helm, servers and child processes more than they compute.
  maxWorkers: "100%",
  testTimeout: 60_000,
};
