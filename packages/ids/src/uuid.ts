const grouped = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const spelling = new RegExp(`^(?:(?:urn:uuid:)?${grouped}|\\{${grouped}\\}|[0-9a-f]{32})$`, "i");

/**
 * The 128 bits of a UUID of any version or variant, or undefined. Accepts the form of RFC 9562, the same in
 * braces or after `urn:uuid:`, and 32 digits without hyphens; case does not matter.
 */
export function parseUuid(text: string): bigint | undefined {
  return spelling.test(text) ? BigInt(`0x${text.replace(/^urn:uuid:|[{}-]/gi, "")}`) : undefined;
}

/** The form of RFC 9562, section 4: lower case, groups of 8, 4, 4, 4 and 12 digits. */
export function formatUuid(value: bigint): string {
  const digits = value.toString(16).padStart(32, "0");
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join("-");
}
