/** @type {import("jest").Config} */
module.exports = {
  globalSetup: "<rootDir>/test/helm/take-helms.ts",
  globalTeardown: "<rootDir>/test/helm/forget-cache.ts",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  moduleNameMapper: {
    "^eks-tandem$": "<rootDir>/lib/index.ts",
    "^eks-tandem/testing$": "<rootDir>/lib/testing/index.ts",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/cdktf.out/"],
  clearMocks: true,
  testTimeout: 60_000,
};
