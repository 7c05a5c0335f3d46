/** What the list of renewals shows, as it stands in the address. */
const DAY_MS = 24 * 60 * 60 * 1_000;

/** How many days ahead, or behind. */
const spans = { '14': 14, '30': 30, '90': 90, ended: -30 } as const;
type RenewalSpan = keyof typeof spans;
export const renewalSpans = Object.keys(spans) as RenewalSpan[];

export interface RenewalView {
  span: RenewalSpan;
  /** Whose customers: '' for everybody's, `me`, `nobody` or an agent's id. */
  owner: string;
  hidesRenewed: boolean;
}

export function readRenewalView({ span, owner, renewed }: Record<string, string>): RenewalView {
  return {
    span: renewalSpans.find((one) => one === span) ?? '30',
    owner: /^[\w-]{1,30}$/.test(owner ?? '') ? (owner ?? '') : '',
    hidesRenewed: renewed !== 'shown',
  };
}

export function renewalPath({ span, owner, hidesRenewed }: RenewalView): string {
  const query = new URLSearchParams({ span, ...(owner !== '' && { owner }), ...(!hidesRenewed && { renewed: 'shown' }) });
  return `/console/contacts/renewals?${query}`;
}

export function renewalSpan({ span }: RenewalView, now: number): { from: number; to: number } {
  const days = spans[span];
  return days > 0 ? { from: now, to: now + days * DAY_MS } : { from: now + days * DAY_MS, to: now };
}
