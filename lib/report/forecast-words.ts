import type { ClusterSupport, Forecast, ForecastHop } from "../upgrade/forecast";
import { listed } from "./layout";
import { counted } from "./summary";

/** How forecasts tell of support and money, in text and in Markdown. */

/** `stage-shop, 1.35: standard support for 122 more days, extended for 488`. */
export function supportText({ cluster, version, status, supportType, ...days }: ClusterSupport): string {
  const { daysOfStandardSupport: standard, daysOfExtendedSupport: extended } = days;
  if (standard === undefined) return `${cluster}, ${version}: EKS's calendar does not have it`;
  const what =
    standard > 0
      ? `standard support for ${counted(standard, "more day")}`
      : `standard support ended ${counted(-standard, "day")} ago`;
  return `${cluster}, ${version}: ${listed([what, extendedText(extended), status === "ended" ? "EKS upgrades it by itself" : undefined])}; support type ${supportType}`;
}

function extendedText(days: number | undefined): string | undefined {
  if (days === undefined) return undefined;
  return days > 0
    ? `extended support for ${counted(days, "more day")}`
    : `extended support ended ${counted(-days, "day")} ago`;
}

/** `in 250 days, extended in 616`. */
export function daysText({ daysOfStandardSupport: standard, daysOfExtendedSupport: extended }: ForecastHop): string {
  if (standard === undefined) return "not known";
  return listed([inDays(standard), extended === undefined ? undefined : `extended ${inDays(extended)}`]);
}

function inDays(days: number): string {
  return days > 0 ? `in ${counted(days, "day")}` : `${counted(-days, "day")} ago`;
}

/** What a control plane costs, and how far that can be believed. */
export function moneyLines({ prices, routes }: Forecast): string[] {
  const { standardPerHour, extendedPerHour, currency, asOf, source, verified } = prices;
  const [first] = routes.flatMap(({ support }) => support);
  if (!first) return [];
  const { standardPerMonth, extendedPerMonth } = first;
  const paying = routes.flatMap(({ support }) => support).filter(({ status }) => status === "extended");
  const names = paying.map(({ cluster }) => cluster).join(", ");
  return [
    `A control plane costs ${money(standardPerMonth)} ${currency} a month in standard support and ${money(extendedPerMonth)} in extended support (${standardPerHour.toFixed(2)} and ${extendedPerHour.toFixed(2)} an hour).`,
    paying.length === 0
      ? "None of these clusters is in extended support."
      : `In extended support now: ${names}; together ${money(paying.length * (extendedPerMonth - standardPerMonth))} ${currency} a month more than in standard support.`,
    ...(verified ? [] : [`The prices are of ${asOf}, from ${source}: check them.`]),
  ];
}

function money(amount: number): string {
  return amount.toFixed(2);
}
