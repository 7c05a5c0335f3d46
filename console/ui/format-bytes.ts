/** 350 kB, 2.4 MB: from left to right in every language. */
export function formatBytes(bytes: number): string {
  const isSmall = bytes < 1_000_000;
  const amount = isSmall ? Math.max(1, Math.round(bytes / 1_000)) : bytes / 1_048_576;
  return `\u2066${new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(amount)} ${isSmall ? 'kB' : 'MB'}\u2069`;
}
