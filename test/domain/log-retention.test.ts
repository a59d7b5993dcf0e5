import { requireLogRetention } from "../../lib/domain/log-retention";

describe("requireLogRetention", () => {
  it.each([undefined, 1, 90, 3653])("takes %p", (days) => {
    expect(() => requireLogRetention("logging.retentionDays", days)).not.toThrow();
  });

  it.each([
    [45, 60],
    [0, 1],
    [5000, 3653],
  ])("refuses %d and names %d", (days, next) => {
    expect(() => requireLogRetention("logging.retentionDays", days)).toThrow(
      new Error(
        "logging.retentionDays: CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, " +
          `1827, 2192, 2557, 2922, 3288, 3653 days, got ${days}; write ${next}`,
      ),
    );
  });
});
