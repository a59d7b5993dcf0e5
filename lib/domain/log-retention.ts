import { TandemError } from "./tandem-error";

/** What CloudWatch Logs takes. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** How long logs are kept where nobody says otherwise, in days. */
export const DEFAULT_LOG_RETENTION_DAYS = 90;

/** @throws TandemError when CloudWatch would refuse so many days; the message names the next that it takes */
export function requireLogRetention(prop: string, days: number | undefined): void {
  if (days === undefined || DAYS.includes(days)) return;
  const next = DAYS.find((each) => each > days) ?? DAYS.at(-1);
  throw new TandemError(
    `${prop}: CloudWatch keeps logs for ${DAYS.join(", ")} days, got ${JSON.stringify(days)}; write ${next}`,
  );
}
