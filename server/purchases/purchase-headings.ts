/** What the columns of a file of purchases may be called, in Hebrew and English. */

const columns = {
  externalId: [
    'external id',
    'externalid',
    'order id',
    'orderid',
    'id',
    'transaction id',
    'מזהה חיצוני',
    'מזהה הזמנה',
    'מזהה',
    'מזהה עסקה',
  ],
  number: [
    'number',
    'order',
    'order number',
    'order no',
    'invoice',
    'invoice number',
    'מספר',
    'מספר הזמנה',
    'הזמנה',
    'חשבונית',
    'מספר חשבונית',
  ],
  contactId: ['contact id', 'contactid', 'file id', 'מזהה תיק לקוח', 'מזהה תיק'],
  customerId: ['customer id', 'customerid', 'customer external id', 'member id', 'מזהה לקוח', 'מספר לקוח', 'קוד לקוח'],
  email: ['email', 'e-mail', 'mail', 'customer email', 'דוא"ל', 'דואל', 'אימייל', 'מייל', 'כתובת מייל'],
  phone: ['phone', 'mobile', 'telephone', 'customer phone', 'cell', 'טלפון', 'נייד', 'טלפון נייד', 'מספר טלפון'],
  name: ['name', 'customer', 'customer name', 'full name', 'שם', 'לקוח', 'שם לקוח', 'שם הלקוח', 'שם מלא'],
  status: ['status', 'payment status', 'סטטוס', 'מצב', 'סטטוס תשלום'],
  currency: ['currency', 'מטבע'],
  total: ['total', 'amount', 'sum', 'order total', 'grand total', 'סכום', 'סה"כ', 'סהכ', 'סך הכל', 'סכום כולל'],
  at: ['date', 'at', 'order date', 'purchase date', 'created at', 'time', 'תאריך', 'תאריך רכישה', 'תאריך הזמנה', 'מועד'],
  note: ['note', 'notes', 'comment', 'הערה', 'הערות'],
  product: ['product', 'item', 'product name', 'description', 'מוצר', 'פריט', 'שם מוצר', 'תיאור'],
  sku: ['sku', 'product code', 'item code', 'catalog number', 'מק"ט', 'מקט', 'קוד מוצר'],
  quantity: ['quantity', 'qty', 'units', 'כמות', 'יחידות'],
  unitPrice: ['unit price', 'price', 'unitprice', 'מחיר', 'מחיר יחידה', 'מחיר ליחידה'],
  lineTotal: ['line total', 'linetotal', 'item total', 'סכום שורה', 'סה"כ שורה'],
  startsAt: ['starts', 'starts at', 'start date', 'from', 'valid from', 'תחילה', 'תאריך התחלה', 'בתוקף מ'],
  endsAt: ['ends', 'ends at', 'end date', 'until', 'expires', 'valid until', 'expiry', 'סיום', 'תאריך סיום', 'בתוקף עד', 'תוקף'],
} as const;
export type PurchaseColumn = keyof typeof columns;

const known = new Map(Object.entries(columns).flatMap(([column, names]) => names.map((name) => [plain(name), column as PurchaseColumn])));

/** Null for a heading that means nothing here. */
export function purchaseColumnOf(heading: string): PurchaseColumn | null {
  return known.get(plain(heading)) ?? null;
}

/** Whether these say when, and how much. */
export function isPurchaseTable(columns: readonly (PurchaseColumn | null)[]): boolean {
  return columns.includes('at') && (['total', 'unitPrice', 'lineTotal'] as const).some((column) => columns.includes(column));
}

function plain(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[״“”]/g, '"')
    .replace(/[\p{Cf}*:.()]/gu, '')
    .replace(/[\s_-]+/g, ' ')
    .trim();
}

const statuses: Record<string, string> = {
  paid: 'paid',
  complete: 'paid',
  completed: 'paid',
  שולם: 'paid',
  שולמה: 'paid',
  הושלם: 'paid',
  pending: 'pending',
  unpaid: 'pending',
  open: 'pending',
  ממתין: 'pending',
  פתוח: 'pending',
  'לא שולם': 'pending',
  refunded: 'refunded',
  refund: 'refunded',
  זוכה: 'refunded',
  הוחזר: 'refunded',
  זיכוי: 'refunded',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  בוטל: 'cancelled',
  בוטלה: 'cancelled',
  מבוטל: 'cancelled',
};

export function statusOf(text: string): string | null {
  return statuses[plain(text)] ?? null;
}
