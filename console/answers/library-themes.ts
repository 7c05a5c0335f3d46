/** What the ready questions are about, as somebody who sets up a business would look for them. */
export const libraryThemes = {
  place: 'opening-hours open-now holiday-hours weekend-hours address directions parking branches accessibility pets',
  contact: 'phone-number contact-email talk-to-person call-me-back social-media about-business languages-spoken',
  orders:
    'order-status order-late tracking-number order-confirmation order-history change-order add-to-order cancel-order order-twice order-minimum place-order-how order-by-phone preorder bulk-order',
  delivery:
    'delivery-cost free-delivery delivery-time delivery-area express-delivery delivery-date-choose delivery-abroad delivery-address-change pickup pickup-point courier-contact missed-delivery delivered-not-received package-lost',
  returns:
    'return-policy return-how return-time-limit return-cost return-no-receipt return-opened exchange refund-status refund-how store-credit wrong-item damaged-item missing-item faulty-product warranty warranty-claim repair spare-parts',
  prices:
    'price price-list price-quote discount coupon-use coupon-not-working price-match price-difference student-discount gift-card gift-card-balance gift-wrap loyalty-points join-club newsletter unsubscribe',
  payment:
    'payment-methods pay-cash installments pay-by-app pay-on-delivery payment-failed charged-twice unknown-charge payment-safe deposit invoice invoice-company invoice-resend vat',
  products:
    'stock back-in-stock stock-in-branch product-details product-size product-material product-ingredients product-origin product-compatible product-difference product-recommend product-instructions assembly product-dimensions colours custom-made samples kosher vegan-gluten used-items',
  appointments:
    'book-appointment change-appointment cancel-appointment appointment-when next-free-slot walk-in late-to-appointment service-duration service-price home-visit service-area emergency',
  hospitality: 'book-table menu takeaway event-private book-room check-in-out course-register course-schedule trial-lesson kids-age',
  account:
    'account-create login-problem password-reset account-details-change account-delete code-not-received site-problem app-download subscription-start subscription-change subscription-cancel subscription-renewal',
  business:
    'privacy terms complaint compliment leave-review manager partnership franchise donation press jobs proof-documents agent-promised follow-up',
  talk: 'are-you-a-bot greeting thanks goodbye',
} as const;
export type LibraryTheme = keyof typeof libraryThemes | 'other';

const themeById = new Map(
  Object.entries(libraryThemes).flatMap(([theme, ids]) => ids.split(' ').map((id) => [id, theme as LibraryTheme] as const)),
);

export const themeOf = (intentId: string): LibraryTheme => themeById.get(intentId) ?? 'other';

/** Most businesses are asked these: offered together to whoever begins. */
export const firstQuestions =
  'opening-hours address phone-number contact-email delivery-cost delivery-time order-status return-policy payment-methods book-appointment'.split(
    ' ',
  );
