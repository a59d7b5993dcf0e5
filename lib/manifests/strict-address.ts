import { isIP } from "node:net";

/**
 * Whether the API server used to accept this IP address but refuses it under strict validation: numbers with leading zeros, which some
 * programs read as octal, and IPv4 addresses written as IPv6. False for a proper address and for what is no address at all.
 */
export function isAmbiguousIp(text: string): boolean {
  const address = parseLeniently(text);
  return address !== undefined && (isIP(text) === 0 || isIpv4InIpv6(address));
}

/** The same for a network in CIDR notation, which must also have no bits set beyond its prefix. */
export function isAmbiguousCidr(text: string): boolean {
  const [, ip = "", digits = ""] = /^([^/]+)\/(\d+)$/.exec(text) ?? [];
  const address = parseLeniently(ip);
  const prefix = Number(digits);
  if (!address || prefix > address.width) return false;
  const hostBits = (1n << BigInt(address.width - prefix)) - 1n;
  return isAmbiguousIp(ip) || String(prefix) !== digits || (address.value & hostBits) !== 0n;
}

interface Address {
  readonly value: bigint;
  /** 32 or 128 bits. */
  readonly width: number;
}

function isIpv4InIpv6({ value, width }: Address): boolean {
  return width === 128 && value >> 32n === 0xffffn;
}

const OCTETS = /\d+\.\d+\.\d+\.\d+$/;

/** Accepts leading zeros in IPv4, also within IPv6. */
function parseLeniently(text: string): Address | undefined {
  if (!/^[\da-f:.]+$/i.test(text)) return undefined;
  const plain = text.replace(OCTETS, (octets) => octets.split(".").map(Number).join("."));
  const version = isIP(plain);
  if (version === 4) return { value: numberOf(plain.split(".").map(Number), 8n), width: 32 };
  return version === 6 ? { value: numberOf(groupsOf(plain), 16n), width: 128 } : undefined;
}

/** The eight groups of an IPv6 address. */
function groupsOf(ip: string): number[] {
  const groups = ip.replace(OCTETS, (octets) => {
    const value = numberOf(octets.split(".").map(Number), 8n);
    return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  });
  const [head = [], tail = []] = groups.split("::").map((side) => (side ? side.split(":") : []));
  const zeros = Array<string>(8 - head.length - tail.length).fill("0");
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16));
}

function numberOf(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((value, part) => (value << bits) | BigInt(part), 0n);
}
